"""Messages and parts: defaults, immutability, and what survives JSON."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from mirascope.core.base.message_param import (
    AudioPart,
    AudioURLPart,
    BaseMessageParam,
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
from mirascope.core.errors import PromptError

PART = TypeAdapter[Part](Part)
PNG = b"\x89PNG\r\n\x1a\n"
# Bytes whose base64 differs between the two alphabets, and needs padding.
AWKWARD = b"\xfb\xff\xfe\x00"

PARTS = [
    TextPart(text="hi"),
    ImagePart(media_type="image/png", image=AWKWARD, detail="low"),
    ImageURLPart(url="https://x.org/a.png"),
    AudioPart(media_type="audio/wav", audio=AWKWARD),
    AudioURLPart(url="https://x.org/a.wav"),
    DocumentPart(media_type="application/pdf", document=AWKWARD),
    DocumentURLPart(url="https://x.org/a.pdf"),
    CacheControlPart(),
    ToolCallPart(name="f", args={"x": [1, None]}, id="c1"),
    ToolResultPart(name="f", content={"y": 1}, id="c1", is_error=True),
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.type)
def test_part_survives_json_text(part):
    """A part written as JSON and read again is the same part."""
    assert part == PART.validate_json(PART.dump_json(part))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.type)
def test_part_survives_json_data(part):
    """A part dumped to JSON data, which loses the difference of text and bytes, comes back."""
    assert part == PART.validate_python(PART.dump_python(part, mode="json"))


def test_message_survives_json():
    """A message with every kind of part survives JSON, its parts in order."""
    message = BaseMessageParam(role="user", content=PARTS)
    assert message == BaseMessageParam.model_validate_json(message.model_dump_json())


@given(st.binary(), st.sampled_from([base64.b64encode, base64.urlsafe_b64encode]))
def test_base64_text_is_taken_for_bytes(data, encode):
    """Bytes may be given as base64 text, in either alphabet, with or without padding."""
    text = encode(data).decode()
    assert data == AudioPart(media_type="audio/wav", audio=text).audio
    assert data == AudioPart(media_type="audio/wav", audio=text.rstrip("=")).audio


@pytest.mark.parametrize("text", ["/tmp/a.png", "not base64!", "a", "ü"])  # noqa: S108
def test_other_text_is_no_content(text):
    """A text that is not base64, such as a path, is refused where bytes are expected."""
    with pytest.raises(ValidationError, match="not base64"):
        ImagePart(media_type="image/png", image=text)


def test_defaults():
    """Everything that can have a default has one."""
    result = ToolResultPart(content="7")
    assert (
        result.type,
        result.name,
        result.id,
        result.is_error,
    ) == ("tool_result", "", None, False)
    assert CacheControlPart().cache_type == "ephemeral"
    assert (ToolCallPart(name="f").args, ToolCallPart(name="f").id) == (None, None)


def test_values_are_frozen():
    """A part cannot be changed under the message that holds it."""
    with pytest.raises(ValidationError, match="frozen"):
        TextPart(text="a").text = "b"


def test_unknown_field_is_refused():
    """A field that nobody would send is an error, not dropped."""
    with pytest.raises(ValidationError, match="name"):
        BaseMessageParam(role="user", content="x", name="ada")


def test_part_of_unknown_type_is_refused():
    """The error of an unknown part names the types there are."""
    with pytest.raises(ValidationError, match="tool_result"):
        PART.validate_python({"type": "video", "url": "https://x.org"})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PNG, ImagePart(media_type="image/png", image=PNG)),
        (b"OggS", AudioPart(media_type="audio/ogg", audio=b"OggS")),
        (b"%PDF-1.7", DocumentPart(media_type="application/pdf", document=b"%PDF-1.7")),
    ],
)
@pytest.mark.parametrize("as_path", [str, Path])
def test_from_path(tmp_path, content, expected, as_path):
    """A local file becomes a part with its content and the media type its content tells."""
    path = tmp_path / "file"
    path.write_bytes(content)
    assert expected == type(expected).from_path(as_path(path))


def test_from_path_with_options(tmp_path):
    """A given media type is believed, also for content nobody recognises."""
    path = tmp_path / "file"
    path.write_bytes(b"?")
    part = ImagePart.from_path(path, media_type="image/avif", detail="high")
    assert ImagePart(media_type="image/avif", image=b"?", detail="high") == part


def test_from_path_of_unknown_content(tmp_path):
    """Unrecognised content names the file, what is recognised, and the way out."""
    path = tmp_path / "notes.txt"
    path.write_bytes(b"hello")
    with pytest.raises(PromptError, match=r"notes\.txt.*application/pdf.*media_type="):
        DocumentPart.from_path(path)


def test_from_path_of_missing_file(tmp_path):
    """A file that is not there is the operating system's own error."""
    with pytest.raises(FileNotFoundError):
        AudioPart.from_path(tmp_path / "nothing.wav")
