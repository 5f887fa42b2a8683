"""The content of a chat message, put together from its deltas.

Strategy: pieces of text extend the last part if it is a text, pieces of thinking extend the last
part if it is thinking that is not yet closed or signed, and every other part stands by itself.
Content that came as texts alone is a text again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..base._assemble import TextBuffer
from ..base._delta import add_delta, settled
from ..base._narrow import is_array, is_object
from .chat_content import TEXTS, kind_of, reasoning_in, text_of, thinking_field

__all__ = ["ContentParts"]


class ContentParts:
    """The content of one message, put together from its deltas."""

    __slots__ = ("_listed", "_parts")

    def __init__(self) -> None:
        self._parts: list[Any] = []
        self._listed = False

    def add(self, content: Any) -> None:
        """Take in the content of a delta."""
        if isinstance(content, str):
            self._add_part({"type": "text", "text": content})
        elif is_array(content):
            self._listed = True
            for part in content:
                self._add_part({"type": "text", "text": part} if isinstance(part, str) else part)
        elif content is not None:
            self._listed = True
            self._parts.append(content)

    def _add_part(self, part: Any) -> None:
        if not is_object(part):
            self._parts.append(part)
            return
        if not self._parts or not _grows(self._parts[-1], part):
            if part == {"type": "text", "text": ""} and self._parts:
                return
            self._parts.append(dict[str, Any]())
        last = self._parts[-1]
        field = thinking_field(part)
        add_delta(last, {key: part[key] for key in part if key != field}, nested=True)
        if field in part:
            _add_thinking(last, field, part[field])

    def text_adder(self) -> Callable[[str], None]:
        """Give the shortest way to take in a text, until something else is taken in."""
        last = self._parts[-1] if self._parts else None
        text = last.get("text") if is_object(last) and last.get("type") == "text" else None
        return text.append if isinstance(text, TextBuffer) else self.add

    @property
    def text(self) -> str:
        """The text so far."""
        return text_of(settled(self._parts))

    @property
    def reasoning(self) -> str | None:
        """The thinking so far, or `None` if there was none."""
        return reasoning_in(settled(self._parts))

    def data(self) -> Any:
        """The content as a response without streaming would have it; `None` if there was none."""
        if not self._listed:
            return self.text if self._parts else None
        parts = settled(self._parts)
        return [part for part in parts if part != {"type": "text", "text": ""}]


def _grows(last: Any, part: Mapping[str, Any]) -> bool:
    if not is_object(last) or last.get("type") != part.get("type"):
        return False
    field = thinking_field(part)
    if not field:
        return kind_of(part) in TEXTS
    texts = last.get(field)
    newest = texts[-1] if is_array(texts) and texts and is_object(texts[-1]) else {}
    return not any(each.get(mark) for each in (last, newest) for mark in ("closed", "signature"))


def _add_thinking(target: dict[str, Any], field: str, thinking: Any) -> None:
    known: list[Any] = target.setdefault(field, [])
    for item in thinking if is_array(thinking) else [{"type": "text", "text": thinking}]:
        if not is_object(item):
            known.append(item)
            continue
        if not known or kind_of(item) not in TEXTS or not _grows(known[-1], item):
            known.append(dict[str, Any]())
        add_delta(known[-1], item, nested=True)
