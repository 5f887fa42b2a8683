"""Events with text that repeat the last one: what is recognised, and what goes the long way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirascope.core.base._text_pattern import Recognise
from mirascope.core.openai.responses._text_event import TextEventPattern

EVENT: dict[str, Any] = {
    "type": "response.output_text.delta",
    "sequence_number": 9,
    "item_id": "msg_1",
    "output_index": 0,
    "content_index": 0,
    "delta": "Hel",
    "logprobs": [],
    "obfuscation": "aB3",
}


def raw(separators: tuple[str, str] = (",", ":"), **said: Any) -> bytes:
    """The event's bytes, with other values in some fields."""
    return json.dumps({**EVENT, **said}, separators=separators, ensure_ascii=False).encode()


def learnt(first: bytes, text: str = "Hel") -> Recognise:
    """What recognises the event's like."""
    recognise = TextEventPattern().learn(first, text)
    assert recognise is not None
    return recognise


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
@pytest.mark.parametrize("order", [1, -1])
def test_what_always_differs_may_differ(separators: tuple[str, str], order: int) -> None:
    """Text, number and padding, wherever in the event they are."""
    first, other = (
        json.dumps(dict(list(fields.items())[::order]), separators=separators).encode()
        for fields in (
            EVENT,
            {**EVENT, "delta": "lo 'there'", "sequence_number": 10, "obfuscation": ""},
        )
    )

    assert "lo 'there'" == learnt(first)(other)


@pytest.mark.parametrize(
    "other",
    [
        raw(item_id="msg_2"),
        raw(content_index=1),
        raw(logprobs=[{"token": "Hel"}]),
        raw(delta="a\nb"),
        raw(delta='a"b'),
        raw(delta="a\\b"),
        raw(obfuscation="\\n"),
        raw(delta=None),
        raw(sequence_number=-1),
        raw(delta="\u2028"),
        raw(extra=1),
        raw()[:-1],
        raw() + b" ",
        raw().replace(b"Hel", b"\xff"),
        raw().replace(b"aB3", b"a\nB"),
        b"",
    ],
)
def test_anything_else_goes_the_long_way(other: bytes) -> None:
    """Another item, other data, escapes, and what is no UTF-8."""
    assert learnt(raw())(other) is None


@given(
    text=st.text(),
    number=st.integers(0, 10**6),
    padding=st.from_regex(r"[a-zA-Z0-9]*", fullmatch=True),
)
def test_what_is_recognised_is_what_json_says(text: str, number: int, padding: str) -> None:
    """The text that is cut out is the one that parsing gives."""
    other = json.dumps({**EVENT, "delta": text, "sequence_number": number, "obfuscation": padding})

    assert learnt(json.dumps(EVENT).encode())(other.encode()) in (None, text)


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (raw(item_id="a\nb"), "Hel"),
        (raw(delta=""), "x"),
        (raw(delta={"delta": "Hel"}), "Hel2"),
        (b'{"delta":"a","x":{"delta":"a"}}', "a"),
        (b'{"text":"a"}', "a"),
    ],
)
def test_an_event_that_gives_no_pattern(first: bytes, text: str) -> None:
    """What has no text, or not in a certain place, teaches nothing."""
    assert TextEventPattern().learn(first, text) is None
