"""Deltas added up to a message."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from mirascope.core.base._delta import add_delta, settled, settled_base64


def added(*deltas: dict[str, Any]) -> dict[str, Any]:
    """The deltas added up."""
    tree: dict[str, Any] = {}
    for delta in deltas:
        add_delta(tree, delta)
    return settled(tree)


CASES: list[tuple[str, list[dict[str, Any]], dict[str, Any]]] = [
    ("text is joined", [{"content": "a"}, {"content": "b"}], {"content": "ab"}),
    ("a null says nothing", [{"content": "a"}, {"content": None}], {"content": "a"}),
    ("a null alone is kept", [{"content": None}], {"content": None}),
    ("a null before text", [{"content": None}, {"content": "a"}], {"content": "a"}),
    ("an empty text is a text", [{"content": ""}], {"content": ""}),
    (
        "a role may be repeated",
        [{"role": "assistant"}, {"role": "assistant"}],
        {"role": "assistant"},
    ),
    (
        "unknown text of a delta is joined",
        [{"thoughts": "a"}, {"thoughts": "b"}],
        {"thoughts": "ab"},
    ),
    ("numbers replace", [{"n": 1}, {"n": 2}], {"n": 2}),
    (
        "objects are added field by field",
        [{"audio": {"id": "x", "transcript": "a"}}, {"audio": {"transcript": "b", "n": 1}}],
        {"audio": {"id": "x", "transcript": "ab", "n": 1}},
    ),
    (
        "items with an index are added to theirs",
        [
            {"parts": [{"index": 0, "type": "t", "text": "a", "format": "f"}]},
            {"parts": [{"index": 1, "type": "t", "text": "x"}]},
            {"parts": [{"index": 0, "type": "t", "text": "b", "format": "f"}]},
        ],
        {
            "parts": [
                {"index": 0, "type": "t", "text": "ab", "format": "f"},
                {"index": 1, "type": "t", "text": "x"},
            ]
        },
    ),
    ("other items are appended", [{"l": [1]}, {"l": [{"a": "b"}, 2]}], {"l": [1, {"a": "b"}, 2]}),
    ("a change of kind adds", [{"content": "a"}, {"content": [1]}], {"content": ["a", 1]}),
    ("text goes into a list", [{"content": [1]}, {"content": "a"}], {"content": [1, "a"]}),
    ("some texts are repeated", [{"channel": "final"}, {"channel": "final"}], {"channel": "final"}),
]


@pytest.mark.parametrize(("deltas", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_deltas(deltas: list[dict[str, Any]], expected: dict[str, Any]) -> None:
    """Each rule of adding up."""
    assert expected == added(*deltas)


def test_settling_leaves_the_tree_to_grow() -> None:
    """What was looked at once goes on growing, and what was given does not."""
    tree: dict[str, Any] = {}
    add_delta(tree, {"content": "a", "parts": [{"index": 0, "text": "x"}]})
    first = settled(tree)
    add_delta(tree, {"content": "b", "parts": [{"index": 0, "text": "y"}]})
    assert {"content": "a", "parts": [{"index": 0, "text": "x"}]} == first
    assert {"content": "ab", "parts": [{"index": 0, "text": "xy"}]} == settled(tree)


def test_deltas_are_not_changed() -> None:
    """What a caller hands in stays as it is."""
    delta = {"parts": [{"index": 0, "text": "x"}], "audio": {"data": "aa"}}
    added(delta, delta)
    assert {"parts": [{"index": 0, "text": "x"}], "audio": {"data": "aa"}} == delta


@pytest.mark.parametrize("pieces", [[b"a", b"bc", b"def"], [b"abc", b"def"], [b""], [b"a"]])
def test_base64_pieces_become_one(pieces: list[bytes]) -> None:
    """Pieces that were padded each are one text that decodes."""
    joined = "".join(base64.b64encode(piece).decode() for piece in pieces)
    assert b"".join(pieces) == base64.b64decode(settled_base64(joined))


def test_what_is_no_base64_is_kept() -> None:
    """Nothing received is lost to a decoder."""
    assert "a=b!c" == settled_base64("a=b!c")
