"""Content as a text or as a list of parts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirascope.core._shapes._chat_parts import ContentParts
from mirascope.core._shapes.chat_content import reasoning_in, text_of


def text(said: str) -> dict[str, Any]:
    """A text part."""
    return {"type": "text", "text": said}


def thinking(*said: str, **more: Any) -> dict[str, Any]:
    """A thinking part."""
    return {"type": "thinking", "thinking": [text(each) for each in said], **more}


REFERENCE = {"type": "reference", "reference_ids": [1, 2]}


def added(*contents: Any) -> Any:
    """The content that the contents of deltas make."""
    parts = ContentParts()
    for content in contents:
        parts.add(content)
    return parts.data()


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        ([], None),
        ([None, None], None),
        ([""], ""),
        (["", "a", "b"], "ab"),
        (["", [thinking("a")], [thinking("b")], "c", "d"], [thinking("ab"), text("cd")]),
        ([[thinking("a"), text("b")], [text("c")]], [thinking("a"), text("bc")]),
        (
            [[thinking("a", signature="s1")], [thinking("b")]],
            [thinking("a", signature="s1"), thinking("b")],
        ),
        (
            [[thinking("a")], [thinking(closed=True, signature="s")], [thinking("b")]],
            [thinking("a", closed=True, signature="s"), thinking("b")],
        ),
        (["a", [REFERENCE], "b"], [text("a"), REFERENCE, text("b")]),
        ([[REFERENCE], [REFERENCE]], [REFERENCE, REFERENCE]),
        (
            [[{"type": "thinking", "thinking": [text("a"), REFERENCE]}], [thinking("b")]],
            [{"type": "thinking", "thinking": [text("a"), REFERENCE, text("b")]}],
        ),
        ([[{"type": "thinking", "thinking": "a"}], [thinking("b")]], [thinking("ab")]),
        (["a", ["b"]], [text("ab")]),
        ([[7], {"odd": 1}], [7, {"odd": 1}]),
        ([[{"type": []}], [{"type": []}]], [{"type": []}, {"type": []}]),
    ],
)
def test_deltas_make_a_content(contents: list[Any], expected: Any) -> None:
    """Pieces of text and of thinking are joined; everything else stands by itself."""
    assert expected == added(*contents)


@given(st.lists(st.tuples(st.booleans(), st.text(max_size=3)), max_size=8), st.data())
def test_how_it_is_cut_does_not_matter(runs: list[tuple[bool, str]], data: st.DataObject) -> None:
    """One delta for each character, or one for all of them, make the same content."""
    whole = [thinking(said) if is_thought else text(said) for is_thought, said in runs if said]
    single = [
        [thinking(character) if is_thought else text(character)]
        for is_thought, said in runs
        for character in said
    ]
    cut = data.draw(st.integers(0, len(whole)))

    assert added(*(single or [[]])) == added(whole) == added(whole[:cut], whole[cut:])


@pytest.mark.parametrize(
    ("content", "said", "thought"),
    [
        ("a", "a", None),
        (None, "", None),
        ([thinking("a", "b"), text("c"), REFERENCE, "d"], "cd", "ab"),
        ([{"type": "thinking", "thinking": "a"}], "", "a"),
        ([{"type": "image_url", "text": "no"}, 7, {"text": 7}], "", None),
        ([{"type": ["text"], "text": "no"}, {"type": {}, "thinking": "no"}], "", None),
        ({"text": "no"}, "", None),
    ],
)
def test_text_and_thinking_of_a_content(content: Any, said: str, thought: str | None) -> None:
    """Text is that of text parts, reasoning that of thinking parts; nothing else is either."""
    assert (said, thought) == (text_of(content), reasoning_in(content))
