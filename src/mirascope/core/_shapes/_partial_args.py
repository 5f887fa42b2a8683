"""Arguments of a function call that arrive in pieces, each addressed by a JSON path.

Strategy: one growing tree of plain data whose string leaves are buffers; a piece costs time in its
own size and the depth of its path. A path that cannot be followed becomes a key of its own, so that
nothing received is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json

from ..base._assemble import TextBuffer
from ..base._delta import settled
from ..base._narrow import is_array, is_object
from ._args_text import ArgsText

__all__ = ["PartialArgs"]

_STEP = re.compile(
    r"""\.(?P<name>[^.\[\]]+)|\[(?P<index>\d+)\]|\['(?P<one>[^']*)'\]|\["(?P<two>[^"]*)"\]"""
)
_VALUES = ("stringValue", "numberValue", "boolValue")


class PartialArgs:
    """The arguments so far."""

    __slots__ = ("_growing", "_text", "_tree")

    def __init__(self) -> None:
        self._tree: dict[str, Any] = {}
        self._growing: set[str] = set()
        self._text = ArgsText()

    def update(self, args: Mapping[str, Any]) -> str:
        """Take in arguments that came whole; gives their JSON text."""
        self._tree.update(settled(dict(args)))
        return to_json(args, fallback=str).decode()

    def add(self, piece: Mapping[str, Any]) -> str:
        """Take in one piece of the wire's `partialArgs`.

        A string goes on where the last piece of its path said that it will continue; every other
        value stands in the place of an earlier one.

        Returns:
            What the piece adds to the arguments' JSON text.
        """
        path = piece.get("jsonPath")
        path = path if isinstance(path, str) else ""
        said = value = next((piece[key] for key in _VALUES if piece.get(key) is not None), None)
        if isinstance(value, str):
            value = TextBuffer(value)
        steps = _steps(path)
        continues = piece.get("willContinue") is True
        text = self._text.add(steps or [path], said, continues=continues)
        if steps is None or not _put(self._tree, steps, value, grows=path in self._growing):
            _put(self._tree, [path], value, grows=path in self._growing)
        if continues:
            self._growing.add(path)
        else:
            self._growing.discard(path)
        return text

    def data(self) -> dict[str, Any]:
        """The arguments as plain data."""
        data: dict[str, Any] = settled(self._tree)
        return data


def _steps(path: str) -> list[str | int] | None:
    """The steps of a path from its root on; `None` for one that is not understood."""
    if not path.startswith("$"):
        return None
    steps: list[str | int] = []
    at = 1
    while at < len(path):
        match = _STEP.match(path, at)
        if match is None:
            return None
        at = match.end()
        index = match["index"]
        steps.append(int(index) if index else match["name"] or match["one"] or match["two"] or "")
    return steps or None


def _put(tree: Any, steps: list[str | int], value: Any, *, grows: bool) -> bool:
    """Put a value at the end of a path; false where the tree has no room for it there."""
    node = tree
    for place, step in enumerate(steps):
        holder: Any = node  # a second name: the checks below narrow the first to a union
        last = place == len(steps) - 1
        if isinstance(step, int):
            if not is_array(node) or step > len(node):
                return False
            if step == len(node):
                node.append(None)
        elif not is_object(node):
            return False
        known: Any = holder[step] if isinstance(step, int) else holder.get(step)
        if last:
            if grows and isinstance(known, TextBuffer) and isinstance(value, TextBuffer):
                known.append(str(value))
            else:
                holder[step] = value
            return True
        if known is None:
            known = list[Any]() if isinstance(steps[place + 1], int) else dict[str, Any]()
            holder[step] = known
        node = known
    return False
