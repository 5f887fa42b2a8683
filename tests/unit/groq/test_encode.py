"""Requests in Groq's words."""

from __future__ import annotations

from typing import Any

import pytest

from mirascope.core import AudioPart, BaseMessageParam, DocumentPart, ImageURLPart, TextPart
from mirascope.core.base._adapter import Request
from mirascope.core.groq._encode import encode

HELLO = [BaseMessageParam(role="user", content="Hi")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"stream_options": {"include_usage": True}}),
        ({"debug": True}, {"debug": True, "stream_options": {"include_usage": True}}),
        (
            {"stream_options": {"include_usage": False}},
            {"stream_options": {"include_usage": False}},
        ),
        (
            {"stream_options": {"other": 1}},
            {"stream_options": {"include_usage": True, "other": 1}},
        ),
    ],
)
def test_usage_is_asked_for_beside_the_users_body(
    given: dict[str, Any], expected: dict[str, Any]
) -> None:
    """The user's `extra_body` is kept, has the last word, and is not changed."""
    before = repr(given)
    request = Request(model="m", messages=HELLO, stream=True, params={"extra_body": given})

    kwargs = encode(request)

    assert expected == kwargs["extra_body"]
    assert before == repr(given)


def test_a_plain_call_asks_for_nothing() -> None:
    """Usage of a whole reply comes unasked."""
    kwargs = encode(Request(model="m", messages=HELLO, params={"seed": 1}))

    assert kwargs == {"model": "m", "messages": [{"role": "user", "content": "Hi"}], "seed": 1}


def test_images() -> None:
    """An image goes by its address."""
    parts = [TextPart(text="What?"), ImageURLPart(url="https://x/y.png", detail="low")]

    kwargs = encode(Request(model="m", messages=[BaseMessageParam(role="user", content=parts)]))

    image = {"type": "image_url", "image_url": {"url": "https://x/y.png", "detail": "low"}}
    assert [{"type": "text", "text": "What?"}, image] == kwargs["messages"][0]["content"]


@pytest.mark.parametrize(
    "part",
    [
        AudioPart(media_type="audio/wav", audio=b"x"),
        DocumentPart(media_type="application/pdf", document=b"x"),
    ],
)
def test_what_groq_does_not_take(part: Any) -> None:
    """A part the API has no word for is refused by its name."""
    messages = [BaseMessageParam(role="user", content=[part])]

    with pytest.raises(ValueError, match=f"Groq does not take a {type(part).__name__}"):
        encode(Request(model="m", messages=messages))
