"""One item of an answer on its way: a message, a call, reasoning, or whatever else a model gives.

An item comes as an opening, as deltas of its texts, and whole when it is done; a last time it is in
the whole response at the end. Each stage says all that the one before it said, so the newest is
kept.

Rule: a text that has come in pieces is never taken back. Where a later stage leaves it out, or says
something else, the pieces stand: they are what the caller was shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...base._assemble import TextBuffer
from ...base._delta import settled
from ...base._narrow import is_array, is_object, string
from ._wire import CALLS, is_answer, text

__all__ = ["Item", "grow"]

_PLACES = ("content", "summary")
_TEXTS = ("text", "refusal")
_LISTS = ("annotations", "logprobs")
_GROWING = ("arguments", "code", "input")


class Item:
    """What has arrived of one item.

    Attributes:
        tree: Its data, whose growing texts are buffers.
        stopped: Whether its arguments are complete.
    """

    __slots__ = ("_parts", "stopped", "tree")

    def __init__(self, item_type: str) -> None:
        self.tree: dict[str, Any] = {"type": item_type}
        self.stopped = False
        self._parts: dict[tuple[str, Any], dict[str, Any]] = {}

    @property
    def kind(self) -> str:
        """Its type."""
        return string(self.tree.get("type")) or ""

    @property
    def name(self) -> str:
        """The name of the tool it calls."""
        return string(self.tree.get("name")) or ""

    @property
    def id(self) -> str | None:
        """The id of the call it is."""
        return string(self.tree.get("call_id"))

    @property
    def arguments(self) -> str:
        """The arguments of the call it is."""
        said = self.tree.get(CALLS.get(self.kind, ""))
        return str(said) if isinstance(said, (str, TextBuffer)) else ""

    @property
    def is_answer(self) -> bool:
        """Whether the text it brings is the answer's."""
        return is_answer(self.tree)

    def data(self) -> dict[str, Any]:
        """The item as plain data."""
        data: dict[str, Any] = settled(self.tree)
        return data

    def take(self, whole: Mapping[str, Any]) -> str:
        """Take the item in as it is at a later stage; gives the text that was not there before."""
        before, old = text([self.tree]), self.tree
        new: dict[str, Any] = settled(dict(whole))
        for place in _PLACES:
            known = old.get(place)
            if is_array(known) and not _said(new.get(place)).startswith(_said(known)):
                new[place] = known
        for field in _GROWING:
            known = old.get(field)
            if isinstance(known, TextBuffer) and not _text(new.get(field)).startswith(str(known)):
                new[field] = known
        new.setdefault("type", old["type"])
        self.tree = new
        self._parts = {
            (place, index): part
            for place in _PLACES
            for index, part in enumerate(_list(new.get(place)))
            if is_object(part)
        }
        return _rest(before, text([new]))

    def part(self, place: str, index: Any, part_type: str) -> dict[str, Any]:
        """Give a part of the item; it is made if its opening was not seen.

        Args:
            place: The list it is in.
            index: Its number there, as it came.
            part_type: Its type, where it has to be made.
        """
        key = (place, index if isinstance(index, int) else None)
        part = self._parts.get(key)
        if part is None:
            part = self._parts[key] = {"type": part_type}
            parts = self.tree.get(place)
            if not is_array(parts):
                parts = self.tree[place] = list[Any]()
            parts.append(part)
        return part

    def take_part(self, place: str, index: Any, whole: Mapping[str, Any]) -> str:
        """Take a part in as it is at a later stage; gives the text that was not there before."""
        part = self.part(place, index, string(whole.get("type")) or "")
        before = _text(part.get("text"))
        known = {field: part[field] for field in _TEXTS if field in part}
        lists = {field: part[field] for field in _LISTS if part.get(field) and not whole.get(field)}
        part.update(settled(dict(whole)) | lists)
        for field, said in known.items():
            if not _text(part[field]).startswith(_text(said)):
                part[field] = said
        return _rest(before, _text(part.get("text"))) if self.is_shown(part) else ""

    def take_field(self, field: str, whole: Any) -> None:
        """Take a text of the item in as it is at its end."""
        if _text(whole).startswith(_text(self.tree.get(field))):
            self.tree[field] = whole

    def is_shown(self, part: Mapping[str, Any]) -> bool:
        """Whether the text of a part is the answer's text."""
        return self.kind == "message" and part.get("type") == "output_text"


def grow(holder: dict[str, Any], field: str, piece: str) -> TextBuffer:
    """Add a piece to a text; gives the buffer that the text is now in."""
    known = holder.get(field)
    if not isinstance(known, TextBuffer):
        known = holder[field] = TextBuffer(known if isinstance(known, str) else "")
    known.append(piece)
    return known


def _rest(before: str, after: str) -> str:
    return after[len(before) :] if after.startswith(before) else ""


def _text(value: Any) -> str:
    return str(value) if isinstance(value, (str, TextBuffer)) else ""


def _list(value: Any) -> list[Any]:
    return value if is_array(value) else []


def _said(parts: Any) -> str:
    """The texts of a list of parts."""
    found = (part for part in _list(parts) if is_object(part))
    return "".join(_text(part.get(field)) for part in found for field in _TEXTS)
