"""Media types told from content, base64, and data: URLs."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirascope.core.base._media import decode_base64, parse_data_url, sniff, supported

SAMPLES = [
    ("image", b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
    ("image", b"\x89PNG\r\n\x1a\n\x00", "image/png"),
    ("image", b"GIF87a", "image/gif"),
    ("image", b"GIF89a", "image/gif"),
    ("image", b"RIFF\n\x00\x00\x00WEBPVP8 ", "image/webp"),
    ("image", b"\x00\x00\x00\x18ftypheic", "image/heic"),
    ("image", b"\x00\x00\x00\n" + b"ftypmif1", "image/heif"),
    ("audio", b"RIFF\n\x00\x00\x00WAVEfmt ", "audio/wav"),
    ("audio", b"ID3\x04", "audio/mp3"),
    ("audio", b"\xff\xfb\x90", "audio/mp3"),
    ("audio", b"FORM\x00\x00\x00\nAIFF", "audio/aiff"),
    ("audio", b"FORM\x00\x00\x00\nAIFC", "audio/aiff"),
    ("audio", b"\xff\xf1P", "audio/aac"),
    ("audio", b"OggS\x00", "audio/ogg"),
    ("audio", b"fLaC", "audio/flac"),
    ("document", b"%PDF-1.4", "application/pdf"),
    ("document", b"\xef\xbb\xbf\n%PDF-1.4", "application/pdf"),
]


@pytest.mark.parametrize(("kind", "data", "expected"), SAMPLES)
def test_sniff(kind, data, expected):
    """Each format is told from its first bytes, and is named among the supported ones."""
    assert expected == sniff(kind, data)
    assert expected in supported(kind)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("image", b""),
        ("image", b"RIFF....WAVE"),
        ("image", b"\x00\x00\x00\x18ftypisom"),
        ("audio", b"RIFF....WEBP"),
        ("audio", b"\xff\xd8\xff"),
        ("document", b"x" * 1025 + b"%PDF-"),
    ],
)
def test_sniff_of_something_else(kind, data):
    """Content of another kind is not recognised."""
    assert None is sniff(kind, data)


@given(st.binary(), st.sampled_from(["image/png", "", "TEXT/plain"]))
def test_data_url_with_base64(data, media_type):
    """The content of a base64 data: URL comes back byte for byte."""
    url = f"data:{media_type};charset=utf-8;base64,{base64.b64encode(data).decode()}"
    assert (media_type.lower(), data) == parse_data_url(url)


@given(st.binary())
def test_data_url_with_percent_encoding(data):
    """The content of a percent-encoded data: URL comes back byte for byte."""
    assert ("image/gif", data) == parse_data_url(f"DATA:image/gif,{quote(data)}")


def test_data_url_with_percent_encoded_base64():
    """Base64 whose plus signs are percent-encoded is understood."""
    assert parse_data_url("data:image/png;base64,%2B%2B%2B%2B") == ("image/png", b"\xfb\xef\xbe")


@pytest.mark.parametrize("url", ["data:image/png;base64", "https://x.org", "", "data:;base64,*"])
def test_malformed_data_url(url):
    """What is no data: URL, or holds no base64 where it says so, is an error."""
    with pytest.raises(ValueError, match=r"not a data: URL|not base64"):
        parse_data_url(url)


@given(st.text())
def test_decode_base64_is_total(text):
    """Any text is decoded or refused with a ValueError."""
    try:
        decode_base64(text)
    except ValueError as error:
        assert "not base64" in str(error)  # noqa: PT017  # both outcomes are right
