"""`Messages`: content in every form it may be given."""

from __future__ import annotations

import io
import sys
import wave

import pytest
from PIL import Image

from mirascope.core.base._media import sniff
from mirascope.core.base.message_param import (
    AudioPart,
    BaseMessageParam,
    DocumentPart,
    ImagePart,
    ImageURLPart,
    TextPart,
)
from mirascope.core.base.messages import Messages
from mirascope.core.errors import PromptError

URL = ImageURLPart(url="https://x.org/a.png")


@pytest.mark.parametrize(
    ("make", "role"),
    [(Messages.System, "system"), (Messages.User, "user"), (Messages.Assistant, "assistant")],
)
def test_roles(make, role):
    """Each function gives a message of its role, and a text stays a text."""
    assert BaseMessageParam(role=role, content="hi") == make("hi")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (URL, [URL]),
        (["see", URL], [TextPart(text="see"), URL]),
        (("see",), [TextPart(text="see")]),
        ([], []),
        ([b"GIF89a"], [ImagePart(media_type="image/gif", image=b"GIF89a")]),
        (b"fLaC", [AudioPart(media_type="audio/flac", audio=b"fLaC")]),
        (bytearray(b"%PDF-"), [DocumentPart(media_type="application/pdf", document=b"%PDF-")]),
    ],
)
def test_content(content, expected):
    """Everything but a text alone becomes a list of parts."""
    assert expected == Messages.User(content).content


@pytest.mark.parametrize(("mode", "kept"), [("RGB", "RGB"), ("LA", "LA"), ("CMYK", "RGB")])
def test_pil_image_becomes_png(mode, kept):
    """A PIL image becomes a PNG file of the same picture, whatever its colours are."""
    (part,) = Messages.User([Image.new(mode, (3, 2))]).content
    picture = Image.open(io.BytesIO(part.image))
    assert ("image/png", "PNG", kept, (3, 2)) == (
        part.media_type,
        picture.format,
        picture.mode,
        picture.size,
    )


def test_wave_reader_becomes_wav():
    """An open recording is taken whole, and left where it was."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((1, 2, 8000, 0, "NONE", "not compressed"))
        writer.writeframes(b"\x01\x00" * 50)
    file.seek(0)
    with wave.open(file, "rb") as reader:
        reader.readframes(10)
        (part,) = Messages.User([reader]).content
        assert reader.tell() == 10
    assert "audio/wav" == part.media_type == sniff("audio", part.audio)
    assert file.getvalue() == part.audio


@pytest.mark.parametrize("module", ["PIL.Image", "wave"])
def test_media_modules_are_not_imported(monkeypatch, module):
    """Where a media module is not loaded, nothing loads it."""
    monkeypatch.delitem(sys.modules, module)
    with pytest.raises(PromptError):
        Messages.User([object()])
    assert module not in sys.modules


@pytest.mark.parametrize("content", [3, [None], [["nested"]], [b"\x00unknown"], {"a": 1}])
def test_what_is_no_content(content):
    """Anything else is an error that names where it happened."""
    with pytest.raises(PromptError, match=r"Messages\.User: "):
        Messages.User(content)
