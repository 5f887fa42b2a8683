"""The JSON text of arguments that come value by value."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mirascope.core._shapes._args_text import ArgsText
from mirascope.core._shapes._partial_args import PartialArgs
from mirascope.core.base._json import JsonReader
from mirascope.core.base._partial import PartialTree
from mirascope.core.base._partial_plan import UNTYPED

NAMES = st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=4)
SCALARS = st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=6)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(NAMES, inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)
OBJECTS = st.dictionaries(NAMES, VALUES, min_size=1, max_size=3)


def leaves(value: Any, steps: tuple[str | int, ...] = ()) -> list[tuple[list[str | int], Any]]:
    """The scalars of a value, in order, each with where it stands."""
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in leaves(item, (*steps, key))]
    if isinstance(value, list):
        return [leaf for place, item in enumerate(value) for leaf in leaves(item, (*steps, place))]
    return [(list(steps), value)]


def read(text: str) -> Any:
    """What a reader has seen after a text."""
    tree = PartialTree(UNTYPED)
    JsonReader(tree).feed(text)
    return tree.live


@given(value=OBJECTS)
def test_the_text_says_what_the_values_say(value: dict[str, Any]) -> None:
    """Values in their order, strings in pieces of one character, make the object's text."""
    text = ArgsText()
    written = ""
    for steps, leaf in leaves(value):
        pieces = list(leaf) if isinstance(leaf, str) and leaf else [leaf]
        for at, piece in enumerate(pieces, 1):
            written += text.add(steps, piece, continues=at < len(pieces))

    assert value == read(written)


def test_a_string_that_was_not_ended_ends_with_the_next_value() -> None:
    """What comes next tells that what came before is complete."""
    text = ArgsText()
    written = text.add(["a"], "x", continues=True) + text.add(["b", 0], 1, continues=False)

    assert {"a": "x", "b": [1]} == read(written)


def test_the_wires_pieces() -> None:
    """Arguments give the text that each piece adds, and that of arguments that come whole."""
    args = PartialArgs()
    pieces = [
        {"jsonPath": "$.place.name", "stringValue": "New ", "willContinue": True},
        {"jsonPath": "$.place.name", "stringValue": "York"},
        {"jsonPath": "$.days[0]", "numberValue": 3},
    ]
    written = "".join(args.add(piece) for piece in pieces)

    assert '{"place":{"name":"New York"},"days":[3 ' == written
    assert {"place": {"name": "New York"}, "days": [3]} == args.data()
    assert {"a": ["é"]} == json.loads(PartialArgs().update({"a": ["é"]}))
