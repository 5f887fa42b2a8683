"""Values turned into message parts, with an error that says what would have been accepted.

A text is never taken for the name of a file: it is a URL or an error.  A `pathlib.Path` is an
explicit wish and is read.  Nothing is fetched from a network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, TypeAlias

from ..errors import PromptError
from ._media import (
    MediaKind,
    is_media_object,
    parse_data_url,
    pil_to_png,
    read_media,
    sniff,
    supported,
    wave_to_wav,
)
from ._narrow import is_iterable, is_mapping
from .message_param import (
    AudioPart,
    AudioURLPart,
    CacheControlPart,
    DocumentPart,
    DocumentURLPart,
    ImagePart,
    ImageURLPart,
    Part,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

__all__ = [
    "PART_CLASSES",
    "PART_READERS",
    "PartReader",
    "content_part",
    "is_answer",
    "is_content",
    "items",
    "shown",
    "why_no_message",
]

PartReader: TypeAlias = Callable[[Any, str, str | None], "Part | None"]
"""Makes one part of (value, where it stands, detail); `None` where the value is empty."""

PART_CLASSES: Final = (
    TextPart,
    ImagePart,
    ImageURLPart,
    AudioPart,
    AudioURLPart,
    DocumentPart,
    DocumentURLPart,
    CacheControlPart,
    ToolCallPart,
    ToolResultPart,
)
"""The classes of `Part`, for `isinstance`."""

_REMOTE: Final = ("https://", "http://", "gs://")
_SHOWN: Final = 60


def shown(text: str) -> str:
    """`text` as a literal, short enough for an error message."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")


def items(value: Any, where: str) -> Iterable[Any]:
    """The items of a list-like value; none of `None`.

    Args:
        value: Any iterable that is not a text, bytes or a mapping.
        where: The field, for the error.

    Raises:
        PromptError: `value` is something else.
    """
    if value is None:
        return ()
    if not is_iterable(value):
        raise PromptError(f"{where}: takes a list (or tuple, set, ...), got {_name(value)}")
    return value


def why_no_message(item: Any) -> str | None:
    """Say why something cannot be one of several messages; `None` for what may be one.

    The providers' own messages have no form in common, so that only mistakes are told.
    """
    kind = type(item).__name__
    if is_content(item):
        return f"is no message, but {kind}: put it into one, such as Messages.User([...])"
    if item is None or isinstance(item, (bool, int, float)):
        return f"is no message, but {item!r}"
    if is_answer(item):
        return f"is no message, but {kind}: give its `message_param`"
    return None


def is_answer(value: Any) -> bool:
    """Whether a value is a response or a stream, from which a message can be had."""
    owners = type(value).__mro__
    return not is_mapping(value) and any("message_param" in vars(owner) for owner in owners)


def is_content(value: Any) -> bool:
    """Whether `content_part` would try to make a part of `value`."""
    texts_and_parts = (str, bytes, bytearray, *PART_CLASSES)
    return isinstance(value, texts_and_parts) or is_media_object(value)


def content_part(value: Any, where: str) -> Part:
    """One item of a message's content as a part.

    Args:
        value: A text, a part, bytes of a known media type, a PIL image or a `wave.Wave_read`.
        where: What is being made, for the error.

    Raises:
        PromptError: `value` is nothing of these.
    """
    if isinstance(value, str):
        return TextPart(text=value)
    if isinstance(value, PART_CLASSES):
        return value
    if (png := pil_to_png(value)) is not None:
        return ImagePart(media_type="image/png", image=png)
    if (wav := wave_to_wav(value)) is not None:
        return AudioPart(media_type="audio/wav", audio=wav)
    if isinstance(value, (bytes, bytearray)):
        data = bytes(value)
        for kind, make in _FROM_BYTES.items():
            if (media_type := sniff(kind, data)) is not None:
                return make(media_type, data, None)
        raise PromptError(
            f"{where}: the {len(data)} bytes are of no known media type; wrap them in an"
            " ImagePart, AudioPart or DocumentPart that names it"
        )
    raise PromptError(
        f"{where}: takes a text, a part, bytes, a PIL image or a wave.Wave_read, got {_name(value)}"
    )


def _text(value: Any, where: str, detail: str | None) -> Part | None:
    del detail
    if value is None or value == "":
        return None
    if isinstance(value, TextPart):
        return value
    if isinstance(value, str):
        return TextPart(text=value)
    raise _refusal(value, where, "a text or a TextPart")


def _part(value: Any, where: str, detail: str | None) -> Part | None:
    del detail
    if value is None or isinstance(value, PART_CLASSES):
        return value
    raise _refusal(value, where, "a message part (TextPart, ImagePart, ...)")


def _image(value: Any, where: str, detail: str | None) -> Part | None:
    if isinstance(value, (ImagePart, ImageURLPart)):
        return _detailed(value, detail)
    if (png := pil_to_png(value)) is not None:
        return ImagePart(media_type="image/png", image=png, detail=detail)
    accepted = "an http(s):, gs: or data: URL, bytes, a pathlib.Path, a PIL image or an ImagePart"
    return _media_part("image", value, where, detail, accepted)


def _audio(value: Any, where: str, detail: str | None) -> Part | None:
    del detail
    if isinstance(value, (AudioPart, AudioURLPart)):
        return value
    if (wav := wave_to_wav(value)) is not None:
        return AudioPart(media_type="audio/wav", audio=wav)
    accepted = "an http(s):, gs: or data: URL, bytes, a pathlib.Path, a Wave_read or an AudioPart"
    return _media_part("audio", value, where, None, accepted)


def _document(value: Any, where: str, detail: str | None) -> Part | None:
    del detail
    if isinstance(value, (DocumentPart, DocumentURLPart)):
        return value
    accepted = "an http(s):, gs: or data: URL, bytes, a pathlib.Path or a DocumentPart"
    return _media_part("document", value, where, None, accepted)


def _media_part(
    kind: MediaKind, value: Any, where: str, detail: str | None, accepted: str
) -> Part | None:
    if value is None:
        return None
    if isinstance(value, str):
        return _from_text(kind, value, where, detail) if value else None
    if isinstance(value, Path):
        media_type, data = read_media(kind, value)
        return _FROM_BYTES[kind](media_type, data, detail)
    if not isinstance(value, (bytes, bytearray)):
        raise _refusal(value, where, accepted)
    return _from_bytes(kind, "", bytes(value), where, detail) if value else None


def _from_text(kind: MediaKind, value: str, where: str, detail: str | None) -> Part:
    if value[:8].lower().startswith(_REMOTE):
        return _FROM_URL[kind](value, detail)
    if value[:5].lower() != "data:":
        raise PromptError(
            f"{where}: the text {shown(value)} is not an http(s):, gs: or data: URL, and a text"
            f" is never read as a file: pass pathlib.Path(...) or {kind.capitalize()}Part"
            ".from_path(...) to read a local file"
        )
    try:
        media_type, data = parse_data_url(value)
    except ValueError as error:
        raise PromptError(f"{where}: {shown(value)}: {error}") from error
    return _from_bytes(kind, media_type, data, where, detail)


def _from_bytes(
    kind: MediaKind, declared: str, data: bytes, where: str, detail: str | None
) -> Part:
    # What a data: URL says of itself counts, unless it is of another kind altogether.
    fits = declared != "" if kind == "document" else declared.startswith(f"{kind}/")
    media_type = declared if fits else sniff(kind, data)
    if media_type is None:
        raise PromptError(
            f"{where}: the {len(data)} bytes are not recognised as {kind} ({supported(kind)});"
            f" pass a {kind.capitalize()}Part to name the media type yourself"
        )
    return _FROM_BYTES[kind](media_type, data, detail)


def _detailed(part: ImagePart | ImageURLPart, detail: str | None) -> Part:
    return part if detail is None else part.model_copy(update={"detail": detail})


def _refusal(value: Any, where: str, accepted: str) -> PromptError:
    hint = ""
    if isinstance(value, (list, tuple, set, frozenset)):
        hint = "; for several values use the plural, such as {x:images}"
    return PromptError(f"{where}: takes {accepted}, got {_name(value)}{hint}")


def _name(value: Any) -> str:
    return "None" if value is None else type(value).__name__


_FROM_BYTES: Final[dict[MediaKind, Callable[[str, bytes, str | None], Part]]] = {
    "image": lambda kind, data, detail: ImagePart(media_type=kind, image=data, detail=detail),
    "audio": lambda kind, data, _: AudioPart(media_type=kind, audio=data),
    "document": lambda kind, data, _: DocumentPart(media_type=kind, document=data),
}
_FROM_URL: Final[dict[MediaKind, Callable[[str, str | None], Part]]] = {
    "image": lambda url, detail: ImageURLPart(url=url, detail=detail),
    "audio": lambda url, _: AudioURLPart(url=url),
    "document": lambda url, _: DocumentURLPart(url=url),
}

PART_READERS: Final[dict[str, PartReader]] = {
    "text": _text,
    "part": _part,
    "image": _image,
    "audio": _audio,
    "document": _document,
}
"""How the value of `{x:text}`, `{x:image}`, ... becomes a part."""
