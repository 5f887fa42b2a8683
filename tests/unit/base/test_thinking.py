"""Where the thinking in a text ends, however the text is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirascope.core.base._thinking import Thinking


def answer(pieces: list[str]) -> str:
    """What a reader that begins anew when it is told to has read at the end."""
    thinking, read = Thinking(), ""
    for piece in pieces:
        new = thinking.feed(piece)
        read = new if thinking.was_told else read + new
    return read


def cut(text: str, places: list[int]) -> list[str]:
    """A text in pieces."""
    ends = sorted({place % (len(text) + 1) for place in places})
    return [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<think>{"a": 0}</think>{"a": 1}', '{"a": 1}'),
        ('\n <think>\nA set {b}.\n</think>\n\n{"a": 1}', '\n\n{"a": 1}'),
        ('I take {"a": 0}.</think>{"a": 1}', '{"a": 1}'),
        ("<think>{}</think>a</think>b", "a</think>b"),
        ('{"a": "<think></think>"}', '{"a": "<think></think>"}'),
        ('\n{"a": "</think>"}', '\n{"a": "</think>"}'),
        ('Here: {"a": 1}', 'Here: {"a": 1}'),
        ("<thin>{}", "<thin>{}"),
        ('<think>{"a": 0}', ""),
        ("<think>", ""),
        ("", ""),
    ],
)
@given(places=st.lists(st.integers(0, 60), max_size=6))
def test_what_is_left_is_the_answer(text: str, expected: str, places: list[int]) -> None:
    """Thinking with both of its marks or the last alone is taken out; nothing else is."""
    assert expected == answer([text])
    assert expected == answer(cut(text, places))


def test_marked_thinking_is_never_told() -> None:
    """What begins with the mark is not taken for an answer on the way either."""
    thinking = Thinking()

    told = [thinking.feed(piece) for piece in ["<th", "ink>{", "}</thi", "nk>", "{", "}"]]

    assert ["", "", "", "", "{", "}"] == told
    assert not thinking.was_told
