"""Text cut out of an event's bytes is the text that a JSON parser finds there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirascope.core.base._text_pattern import Recognise, TextPattern

AROUND = [
    ('{"text":"', '"}'),
    ('{"a": {"text": "', '"}, "b": ""}'),
]
PADDED = ('{"text":"', '","pad":"', '","z":0}')
TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
ODD = st.text(st.sampled_from('ab"\\nu0041{},: \n\x7f'), max_size=12)


def learnt(before: str, after: str, *, padding: str = "", spaced: bool = False) -> Recognise:
    """What recognises the like of one event."""
    pattern = TextPattern("text", padding, spaced=spaced)
    recognise = pattern.learn(f"{before}abc{after}".encode(), "abc")
    assert recognise is not None
    return recognise


@pytest.mark.parametrize(("before", "after"), AROUND)
@given(text=TEXT, ascii_only=st.booleans())
def test_any_text_is_recognised(before: str, after: str, text: str, *, ascii_only: bool) -> None:
    """Escapes and all: what a server writes as JSON comes back as it was."""
    written = json.dumps(text, ensure_ascii=ascii_only)[1:-1]

    assert text == learnt(before, after)(f"{before}{written}{after}".encode())


@pytest.mark.parametrize(("before", "after"), AROUND)
@given(first=TEXT, text=TEXT, ascii_only=st.booleans())
def test_any_text_can_be_learnt_from(
    before: str, after: str, first: str, text: str, *, ascii_only: bool
) -> None:
    """Its escapes are no part of the pattern."""

    def event(said: str) -> bytes:
        written = json.dumps(said, ensure_ascii=ascii_only)
        return f"{before}{written[1:-1]}{after}".encode()

    recognise = TextPattern("text").learn(event(first), first)

    assert recognise is not None
    assert text == recognise(event(text))


@pytest.mark.parametrize(("before", "after"), AROUND)
@given(inner=ODD)
def test_what_is_recognised_is_what_is_parsed(before: str, after: str, inner: str) -> None:
    """Nothing is taken for text that a parser would not take for exactly that text."""
    raw = f"{before}{inner}{after}"
    found = learnt(before, after)(raw.encode())

    if found is not None:
        assert json.loads(f'"{inner}"') == found
        assert json.loads(raw) == json.loads(f"{before}{json.dumps(found)[1:-1]}{after}")


@given(text=TEXT, padding=ODD)
def test_padding_may_be_any(text: str, padding: str) -> None:
    """Padding is not looked at, where it is letters and digits or nothing."""
    before, between, after = PADDED
    written = json.dumps(text)[1:-1]
    raw = f"{before}{written}{between}{padding}{after}"
    recognise = learnt(before, f"{between}xx{after}", padding="pad")

    found = recognise(raw.encode())

    assert found is None or json.loads(raw)["text"] == found == text
    if padding.isalnum() or not padding:
        assert text == found


@pytest.mark.parametrize("spaces", ["", " ", "     "])
def test_spaces_before_the_end_are_padding(spaces: str) -> None:
    """Of an event that ends in spaces, their number does not matter."""
    recognise = learnt('{"d":{"text":"', '"}  }', spaced=True)

    assert "x" == recognise(f'{{"d":{{"text":"x"}}{spaces}}}'.encode())
    assert recognise(f'{{"d":{{"text":"x"}}{spaces},"e":1}}'.encode()) is None


@pytest.mark.parametrize(
    "raw",
    [
        b'{"text":"a","text":"b"}',
        b'{"text":"a\\n"}',
        b'{"text":"a","b":"\\u007d"}',
        b'{"other":"a"}',
        b'{"text":7}',
    ],
)
def test_an_event_that_is_no_pattern(raw: bytes) -> None:
    """An event in which the text's place is not certain teaches nothing."""
    assert TextPattern("text").learn(raw, "a") is None


def test_what_is_no_bytes_is_not_recognised() -> None:
    """Once the SDK has gone on, objects come in the place of bytes."""
    assert learnt('{"text":"', '"}')({"text": "a"}) is None


@pytest.mark.parametrize(
    ("after", "options"),
    [('"}', {}), ('"} }', {"spaced": True}), ('","pad":"x"}', {"padding": "pad"})],
)
@pytest.mark.parametrize("text", ['"}', '"', '"} }', '","pad":"x"}', '\\"}'])
def test_text_that_looks_like_what_follows_it(after: str, options: Any, text: str) -> None:
    """Where the text ends is not taken from the text."""
    recognise = learnt('{"text":"', after, **options)

    assert text == recognise(f'{{"text":{json.dumps(text)[:-1]}{after}'.encode())
