"""The incremental JSON reader: the same values as `json.loads`, however the text is cut."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mirascope.core.base._absent import ABSENT
from mirascope.core.base._json import JsonLimit, JsonReader
from mirascope.core.base._partial import PartialTree
from mirascope.core.base._partial_plan import UNTYPED

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec=None, exclude_categories=()))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=20,
)
OBJECTS = st.dictionaries(st.text(max_size=6), VALUES, max_size=4)
STYLES = st.fixed_dictionaries(
    {
        "ensure_ascii": st.booleans(),
        "indent": st.sampled_from([None, 2]),
        "sort_keys": st.booleans(),
    }
)


def cut(text: str, cuts: list[int]) -> list[str]:
    """A text in pieces."""
    edges = sorted({0, len(text), *(at % (len(text) + 1) for at in cuts)})
    return [text[a:b] for a, b in pairwise(edges)]


def read(pieces: list[str]) -> tuple[Any, JsonReader]:
    """What a reader finds in a text in pieces."""
    tree = PartialTree(UNTYPED)
    reader = JsonReader(tree)
    for piece in pieces:
        reader.feed(piece)
    return tree.live, reader


def grows(before: Any, after: Any) -> bool:
    """Whether a partial value is a later state of another."""
    if before is ABSENT:
        return True
    if isinstance(before, str):
        return isinstance(after, str) and after.startswith(before)
    if isinstance(before, list):
        return (
            isinstance(after, list) and len(after) >= len(before) and all(map(grows, before, after))
        )
    if isinstance(before, dict):
        return isinstance(after, dict) and all(
            key in after and grows(value, after[key]) for key, value in before.items()
        )
    return type(before) is type(after) and repr(before) == repr(after)


@given(value=OBJECTS, style=STYLES, cuts=st.lists(st.integers(0, 10**6), max_size=12))
def test_the_value_is_that_of_json_loads(value: Any, style: Any, cuts: list[int]) -> None:
    """A text in any pieces reads as the whole text does."""
    text = json.dumps(value, **style)

    found, reader = read(cut(text, cuts))

    assert repr(json.loads(text)) == repr(found)
    assert (0, len(text)) == (reader.start, reader.end)


@given(value=OBJECTS, style=STYLES)
def test_a_text_can_be_cut_at_every_character(value: Any, style: Any) -> None:
    """Escape sequences, pairs of surrogates, numbers and literals survive every cut."""
    text = json.dumps(value, **style)

    assert repr(json.loads(text)) == repr(read(list(text))[0])


@given(value=OBJECTS, style=STYLES)
def test_values_only_grow(value: Any, style: Any) -> None:
    """What was shown once stays, and goes on from there."""
    tree = PartialTree(UNTYPED)
    reader = JsonReader(tree)
    before: Any = ABSENT
    for char in json.dumps(value, **style):
        reader.feed(char)
        after = tree.snapshot()
        assert grows(before, after)
        before = after


@pytest.mark.parametrize(
    "token",
    [
        *("0", "-0", "-1", "10", "1.5", "-0.25", "1e5", "1E+5", "2.5e-7", "1e999", "1" * 4300),
        *("0." + "1" * 9000, "true", "false", "null", "NaN", "Infinity", "-Infinity"),
        *(r'"\u00e9"', r'"\ud83d\ude00"', r'"\ud83d"', r'"\ud83dx"', r'"\ud83d\n"', r'"\ude00"'),
        *(
            r'"\ud83d\ud83d\ude00"',
            r'"\\\"\/\b\f\n\r\t"',
            '"\\\\"',
            '""',
            '"é😀"',
            '"{\\"a\\": [1}"',
        ),
        *("[]", "{}", "[[], {}]", " [ 1 , 2 ] ", '{"a": {"b": []}}'),
    ],
    ids=lambda token: token[:20],
)
def test_every_form_of_a_value(token: str) -> None:
    """Each form that JSON has, in pieces of one character and as one piece."""
    text = f'{{"x": {token}}}'

    assert repr(json.loads(text)) == repr(read(list(text))[0]) == repr(read([text])[0])


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ('{"price": 19', {}),
        ('{"price": 19,', {"price": 19}),
        ('{"ok": tru', {}),
        ('{"ok": true', {}),
        ('{"ok": true ', {"ok": True}),
        ('{"x": -', {}),
        ('{"text": "ab', {"text": "ab"}),
        ('{"text": "ab\\', {"text": "ab"}),
        ('{"text": "ab\\u00e', {"text": "ab"}),
        ('{"text": "ab\\ud83d', {"text": "ab"}),
        ('{"text": "ab\\ud83d\\ude0', {"text": "ab"}),
        ('{"te', {}),
        ('{"a": [1, [2', {"a": [1, []]}),
        ("{", ABSENT),
        ("{ ", ABSENT),
        ("", ABSENT),
    ],
)
def test_what_is_not_complete_is_not_guessed(text: str, seen: Any) -> None:
    """Numbers, literals, names and escape sequences appear when they are complete."""
    assert seen == read([text])[0] == read(list(text))[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('Sure! Here it is:\n```json\n{"a": 1}\n```\nAnything else?', {"a": 1}),
        ('A set like {a, b} is {"a": 1}', {"a": 1}),
        ('{{"a": 1}}', {"a": 1}),
        ('{x} { "a": {"b": 2}} and {"c": 3}', {"a": {"b": 2}}),
        ('{"like": this} but {"a": 1}', {"a": 1}),
        ('{"a": 1, } {"b": 2}', {"b": 2}),
        ('{"a": 01} {"b": 2}', {"b": 2}),
        ('{"a": "\\x"} {"b": 2}', {"b": 2}),
        ('{"a": "\\u12g4"} {"b": 2}', {"b": 2}),
        ('{"a" 1} {"b": 2}', {"b": 2}),
        ('{"a": [1} {"b": 2}', {"b": 2}),
        ('{"a": 1 2} {"b": 2}', {"b": 2}),
        ('{"a": ' + "9" * 5000 + '} {"b": 2}', {"b": 2}),
        ("\ufeff{}", {}),
        ("no braces at all", ABSENT),
        ("only {these}", ABSENT),
    ],
    ids=lambda each: str(each)[:24],
)
def test_the_object_is_found_in_what_stands_around_it(text: str, value: Any) -> None:
    """Prose, code fences and what only looks like JSON are passed over."""
    assert value == read([text])[0] == read(list(text))[0]


@given(
    value=OBJECTS,
    before=st.text(st.characters(exclude_characters="{")),
    after=st.text(),
    cuts=st.lists(st.integers(0, 10**6), max_size=5),
)
def test_where_the_object_stands_is_known(
    value: Any, before: str, after: str, cuts: list[int]
) -> None:
    """The reader says which part of the text the object is."""
    text = json.dumps(value)

    found, reader = read(cut(before + text + after, cuts))

    assert value == found
    assert text == (before + text + after)[reader.start : reader.end]


@given(text=st.text(st.sampled_from('{}[]:,"\\u0123dDab-+.eE truefalsn\n'), max_size=60))
@settings(max_examples=400)
def test_any_text_is_read_without_an_error(text: str) -> None:
    """A text that is no JSON finds nothing, or what was JSON in it; in pieces the same."""
    whole, reader = read([text])

    assert repr(whole) == repr(read(list(text))[0])
    if reader.end is not None:
        assert repr(json.loads(text[reader.start : reader.end])) == repr(whole)


def test_depth_is_bounded() -> None:
    """A text that only opens brackets ends in an error that says why."""
    with pytest.raises(JsonLimit, match="more than 20 levels"):
        JsonReader(PartialTree(UNTYPED), max_depth=20).feed('{"a":' + "[" * 20)

    reader = JsonReader(PartialTree(UNTYPED), max_depth=20)
    reader.feed('{"a":' + "[" * 19)
    assert reader.end is None


def test_size_is_bounded() -> None:
    """A text that does not end comes to an error, whatever is in it."""
    reader = JsonReader(PartialTree(UNTYPED), max_size=1000)
    reader.feed("x" * 400 + '{"a": "')
    with pytest.raises(JsonLimit, match="more than 1,000 characters"):
        for _ in range(100):
            reader.feed("x" * 10)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "' + "x" * 400_000 + '"}',
        '{"a": "' + "\\n" * 200_000 + '"}',
        '{"a": 0.' + "1" * 400_000 + "}",
        '{"' + "k" * 400_000 + '": 1}',
        '{"a": 1' + " " * 400_000 + "}",
        "{ " * 200_000,
        "{\n" + " " * 400_000,
        '{"a": [' + "[]," * 130_000 + "1]}",
    ],
    ids=["text", "escapes", "number", "name", "spaces", "braces", "indent", "arrays"],
)
@pytest.mark.parametrize("size", [8, 400_010])
def test_the_work_is_linear(text: str, size: int) -> None:
    """Nothing is looked at twice: a quadratic reader would take minutes, this one a moment."""
    pieces = [text[at : at + size] for at in range(0, len(text), size)]

    began = time.process_time()
    read(pieces)

    assert time.process_time() - began < 5
