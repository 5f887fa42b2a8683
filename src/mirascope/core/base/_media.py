"""Media types recognised from a file's first bytes, and `data:` URLs taken apart.

Nothing here opens a network connection, and only `read_media`, which is given a path by somebody
who asked for it, opens a file.  A text is never taken for a path.
"""

from __future__ import annotations

import base64
import binascii
import io
import os
import re
import sys
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import unquote_to_bytes

from ..errors import PromptError

__all__ = [
    "MediaKind",
    "decode_base64",
    "is_media_object",
    "parse_data_url",
    "pil_to_png",
    "read_media",
    "sniff",
    "supported",
    "wave_to_wav",
]

MediaKind: TypeAlias = Literal["audio", "document", "image"]
"""The three kinds of binary content a message can carry."""

_SIGNATURES: Final[dict[MediaKind, tuple[tuple[str, bytes], ...]]] = {
    "image": (
        ("image/jpeg", rb"\xff\xd8\xff"),
        ("image/png", rb"\x89PNG\r\n\x1a\n"),
        ("image/gif", rb"GIF8[79]a"),
        ("image/webp", rb"RIFF.{4}WEBP"),
        ("image/heic", rb".{4}ftyp(?:hei[cmsx]|hev[cmsx])"),
        ("image/heif", rb".{4}ftyp(?:mif1|msf1)"),
    ),
    "audio": (
        ("audio/wav", rb"RIFF.{4}WAVE"),
        ("audio/mp3", rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"),
        ("audio/aiff", rb"FORM.{4}AIF[FC]"),
        ("audio/aac", rb"\xff[\xf0\xf1\xf8\xf9]"),
        ("audio/ogg", rb"OggS"),
        ("audio/flac", rb"fLaC"),
    ),
    # Readers of PDF accept the signature anywhere in the first kilobyte.
    "document": (("application/pdf", rb".{0,1024}?%PDF-"),),
}
_DATA_URL: Final = re.compile(r"data:([^,;]*)((?:;[^,;]*)*),(.*)", re.DOTALL | re.IGNORECASE)
_URL_SAFE: Final = str.maketrans("-_", "+/")
_MEDIA_CLASSES: Final = (("PIL.Image", "Image"), ("wave", "Wave_read"))
_PNG_MODES: Final = frozenset({"1", "I", "I;16", "L", "LA", "P", "RGB", "RGBA"})


def sniff(kind: MediaKind, data: bytes) -> str | None:
    """The media type (`image/png`, ...) of `data`, or `None` if it is not of that kind."""
    for media_type, pattern in _SIGNATURES[kind]:
        if re.match(pattern, data, re.DOTALL):
            return media_type
    return None


def supported(kind: MediaKind) -> str:
    """The media types `sniff` knows for `kind`, as a text for error messages."""
    return ", ".join(media_type for media_type, _ in _SIGNATURES[kind])


def decode_base64(text: str) -> bytes:
    """The bytes behind a base64 text: either alphabet, with or without padding.

    Raises:
        ValueError: The text is not base64.
    """
    compact = "".join(text.split()).rstrip("=").translate(_URL_SAFE)
    try:
        return base64.b64decode(compact + "=" * (-len(compact) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError(f"not base64: {error}") from error


def parse_data_url(url: str) -> tuple[str, bytes]:
    """Take a `data:` URL apart.

    Args:
        url: The URL, with base64 or percent-encoded content.

    Returns:
        The media type in lower case (empty if the URL names none) and the content.

    Raises:
        ValueError: It is not a `data:` URL, or its base64 is broken.
    """
    match = _DATA_URL.fullmatch(url)
    if match is None:
        raise ValueError("not a data: URL of the form data:<media type>;base64,<content>")
    media_type, parameters, content = match.groups()
    encoded = any(word.strip().lower() == "base64" for word in parameters.split(";"))
    raw = unquote_to_bytes(content)
    # Base64 may itself be percent-encoded in a URL ("%2B" for "+").
    data = decode_base64(raw.decode("latin-1")) if encoded else raw
    return media_type.strip().lower(), data


def read_media(
    kind: MediaKind, path: str | os.PathLike[str], *, media_type: str | None = None
) -> tuple[str, bytes]:
    """Read a local file.

    Args:
        kind: What the file has to be.
        path: Where it is.
        media_type: Its media type, where the content must not decide.

    Returns:
        The media type and the content.

    Raises:
        PromptError: The content is not recognised and no media type was given.
        OSError: The file cannot be read.
    """
    data = Path(path).read_bytes()
    found = media_type or sniff(kind, data)
    if found is None:
        raise PromptError(
            f"{os.fspath(path)!r} is not recognised as {kind} ({supported(kind)});"
            " pass media_type= if you know better"
        )
    return found, data


def is_media_object(value: Any) -> bool:
    """Whether `value` is a PIL image or a `wave.Wave_read`."""
    return any(_is_loaded_instance(value, module, name) for module, name in _MEDIA_CLASSES)


def pil_to_png(value: Any) -> bytes | None:
    """`value` as a PNG file if it is a PIL image, else `None`."""
    if not _is_loaded_instance(value, "PIL.Image", "Image"):
        return None
    image: Any = value
    target = io.BytesIO()
    # PNG has no CMYK, YCbCr, LAB or floating-point images.
    (image if image.mode in _PNG_MODES else image.convert("RGB")).save(target, format="PNG")
    return target.getvalue()


def wave_to_wav(value: Any) -> bytes | None:
    """`value` as a WAV file if it is an open `wave.Wave_read`, else `None`.

    The whole recording is taken; the reader is left at the position it had.
    """
    if not _is_loaded_instance(value, "wave", "Wave_read"):
        return None
    reader: Any = value
    position = reader.tell()
    reader.rewind()
    frames = reader.readframes(reader.getnframes())
    reader.setpos(position)
    target = io.BytesIO()
    with sys.modules["wave"].open(target, "wb") as writer:
        writer.setparams(reader.getparams())
        writer.writeframes(frames)
    return target.getvalue()


def _is_loaded_instance(value: Any, module: str, name: str) -> bool:
    # Nothing is imported for this: whoever holds such an object has its module loaded already.
    loaded = sys.modules.get(module)
    return loaded is not None and isinstance(value, getattr(loaded, name))
