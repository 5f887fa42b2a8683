"""Message deltas added up: what many small JSON objects say together.

Strategy: one growing tree of plain data whose text leaves are buffers. Rules: text fields are
joined; `null` says nothing; other scalars replace (a role or an id may be repeated on each delta);
objects are added field by field; list items that carry an `index` are added to the item with that
index, others are appended. Blocks of reasoning are added to the last one of their type until it is
signed: their index may be the same for all, or missing. Each delta costs time in its own size only.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from typing import Any

from ._assemble import TextBuffer
from ._narrow import is_array, is_object

__all__ = ["JOINED", "add_delta", "settled", "settled_base64"]

JOINED = frozenset(
    {
        "arguments",
        "content",
        "data",
        "input",
        "reasoning",
        "reasoning_content",
        "refusal",
        "summary",
        "text",
        "thinking",
        "transcript",
    }
)
"""Names of fields that carry a piece of a text wherever in a delta they are."""

_IN_ORDER = frozenset({"reasoning_details", "thinking_blocks"})
"""Names of lists of signed blocks, which have to go back as they came."""

_WHOLE = frozenset(
    {"channel", "id", "name", "object", "phase", "recipient", "role", "status", "type"}
)


def add_delta(tree: dict[str, Any], delta: Mapping[str, Any], *, nested: bool = False) -> None:
    """Add a delta to a tree.

    Args:
        tree: What has been added up so far; grows in place.
        delta: The next delta.
        nested: Whether this is an object inside the delta. Directly in a delta an unknown text
            is a piece, as in the content; further inside it is a value, such as a format.
    """
    for key, value in delta.items():
        if value is None:
            tree.setdefault(key, None)
            continue
        known = tree.get(key)
        if isinstance(value, str):
            if is_array(known):
                known.append(value)
            elif key in JOINED or not (nested or key in _WHOLE):
                if not isinstance(known, TextBuffer):
                    known = tree[key] = TextBuffer("" if known is None else str(known))
                known.append(value)
            elif value or known is None:
                tree[key] = value
        elif is_object(value):
            if not is_object(known):
                known = tree[key] = dict[str, Any]()
            add_delta(known, value, nested=True)
        elif is_array(value):
            if not is_array(known):
                # What has arrived is never taken back, though it was of another kind.
                known = tree[key] = [settled(known)] if known else list[Any]()
            _add_items(known, value, in_order=key in _IN_ORDER)
        else:
            tree[key] = value


def _add_items(known: list[Any], items: Iterable[Any], *, in_order: bool) -> None:
    for item in items:
        index = item.get("index") if is_object(item) else None
        same = None
        if in_order and is_object(item):
            blocks = filter(is_object, reversed(known))
            last = next((old for old in blocks if _may_be(old, item, "index")), None)
            same = last if last is not None and _goes_on(last, item) else None
        elif index is not None:
            # The last item is nearly always the one that grows.
            same = next((old for old in reversed(known) if _is_same(old, item, index)), None)
        if same is not None:
            add_delta(same, item, nested=True)
        elif is_object(item):
            new: dict[str, Any] = {}
            add_delta(new, item, nested=True)
            known.append(new)
        else:
            known.append(item)


def _is_same(old: Any, item: Mapping[str, Any], index: Any) -> bool:
    return (
        is_object(old)
        and old.get("index") == index
        and old.get("type") == item.get("type", old.get("type"))
    )


def _may_be(old: Mapping[str, Any], item: Mapping[str, Any], field: str) -> bool:
    """Whether a field does not tell a block and an earlier one apart."""
    both = old.get(field), item.get(field)
    return None in both or both[0] == both[1]


def _goes_on(last: Mapping[str, Any], item: Mapping[str, Any]) -> bool:
    """Whether a block is a further piece of an earlier one: it is as long as that is not signed."""
    if not (_may_be(last, item, "id") and _may_be(last, item, "type")):
        return False
    is_known = last.get("id") is not None and last.get("id") == item.get("id")
    return is_known or not any(last.get(field) for field in ("data", "signature"))


def settled(value: Any) -> Any:
    """Give the plain data of a tree, its buffers as strings; the tree can grow on."""
    if isinstance(value, TextBuffer):
        return str(value)
    if is_object(value):
        return {key: settled(item) for key, item in value.items()}
    if is_array(value):
        return [settled(item) for item in value]
    return value


def settled_base64(pieces: str) -> str:
    """Give one base64 text for several that were joined, each with its own padding."""
    if "=" not in pieces.rstrip("="):
        return pieces
    try:
        whole = b"".join(
            base64.b64decode(piece + "=" * (-len(piece) % 4), validate=True)
            for piece in pieces.replace("=", " ").split()
        )
    except binascii.Error:
        return pieces
    return base64.b64encode(whole).decode()
