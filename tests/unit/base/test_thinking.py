"""Where the thinking in a text ends, however the text is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirascope.core.base._answer import json_in
from mirascope.core.base._json import JsonReader
from mirascope.core.base._partial import PartialTree
from mirascope.core.base._partial_plan import UNTYPED
from mirascope.core.base._thinking import AnswerReader


def read(pieces: list[str]) -> tuple[JsonReader, PartialTree]:
    """A reader that was fed with the pieces, and what it was told of them."""
    tree = PartialTree(UNTYPED)
    reader = JsonReader(tree)
    answer = AnswerReader(reader)
    for piece in pieces:
        answer.feed(piece)
    return reader, tree


def cut(text: str, places: list[int]) -> list[str]:
    """A text in pieces."""
    ends = sorted({place % (len(text) + 1) for place in places})
    return [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<think>{"a": 0}</think>{"a": 1}', '{"a": 1}'),
        ('\n <think>\nA set {b}.\n</think>\n\n{"a": 1}', '{"a": 1}'),
        ('I take {"a": 0}.</think>{"a": 1}', '{"a": 1}'),
        ('I take {"a": 0} and more.\n</think> So: {"a": 1} is it.', '{"a": 1}'),
        ('<think>{}</think>{"a": "</think>"}', '{"a": "</think>"}'),
        ('{"a": "<think></think>"}', '{"a": "<think></think>"}'),
        ('Here: {"a": "<think>b</think>"}', '{"a": "<think>b</think>"}'),
        ('```json\n{"a": "</think>", "b": 1}\n```', '{"a": "</think>", "b": 1}'),
        ('Here: {"a": 1}', '{"a": 1}'),
        ('<thin>{"a": 1}', '{"a": 1}'),
        ('<think>{"a": 0}', None),
        ("<think>", None),
        ("", None),
    ],
)
@given(places=st.lists(st.integers(0, 60), max_size=6))
def test_what_is_read_is_the_answer(text: str, expected: str | None, places: list[int]) -> None:
    """Thinking with both of its marks or the last alone is passed over; nothing else is."""
    assert expected == json_in(text)

    reader, tree = read(cut(text, places))

    found = None if reader.start is None else text[reader.start : reader.end]
    assert expected == found
    assert (expected is not None) == bool(tree._root)


def test_marked_thinking_is_never_told() -> None:
    """What begins with the mark is not taken for an answer on the way either."""
    pieces = ["<th", 'ink>{"a": ', "0}</thi", "nk>", '{"a": 1', "}"]

    assert [False] * 4 == [bool(read(pieces[:n])[1]._root) for n in range(1, 5)]
    assert {"a": 1} == read(pieces)[1].live
