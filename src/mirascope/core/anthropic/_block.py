"""A content block of Anthropic's on its way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import from_json

from ..base._assemble import TextBuffer
from ..base._delta import add_delta, settled
from ..base._fold import Grown
from ..base._narrow import is_array, string
from ..base._tool_build import UNREADABLE

__all__ = ["ContentBlock"]

_KINDS = {
    "text_delta": "text",
    "citations_delta": "text",
    "thinking_delta": "thinking",
    "signature_delta": "thinking",
    "input_json_delta": "tool_use",
}


class ContentBlock:
    """What has arrived of one content block.

    Attributes:
        kind: Its type.
        tree: Its data as a tree of deltas, without the input that came in pieces.
        input: The JSON text of its input.
        stopped: Whether it is complete.

    Args:
        start: The data it starts with.
        grown: Where it notes the pieces of its input; `None` if nobody asks.
    """

    __slots__ = ("_grown", "input", "kind", "stopped", "tree")

    def __init__(self, start: Mapping[str, Any], grown: Grown | None = None) -> None:
        self.kind = string(start.get("type")) or ""
        self.tree: dict[str, Any] = settled(start)
        self.input = TextBuffer()
        self.stopped = False
        self._grown = grown

    @property
    def name(self) -> str:
        """The name of a tool that the block calls."""
        return string(self.tree.get("name")) or ""

    @property
    def id(self) -> str | None:
        """The id of such a call."""
        return string(self.tree.get("id"))

    @property
    def has_input(self) -> bool:
        """Whether anything of its input has come."""
        return bool(self.input or self.tree.get("input"))

    @staticmethod
    def start_for(delta: Mapping[str, Any]) -> dict[str, Any]:
        """The start of a block whose first sign is a delta."""
        return {"type": _KINDS.get(str(delta.get("type")), "")}

    def add(self, delta: Mapping[str, Any]) -> None:
        """Add a delta, which says itself what it is of."""
        match delta.get("type"):
            case "input_json_delta":
                self.add_input(string(delta.get("partial_json")) or "")
            case "citations_delta":
                citations = self.tree.get("citations")
                if not is_array(citations):
                    citations = self.tree["citations"] = list[Any]()
                citations.append(delta.get("citation"))
            case _:
                add_delta(self.tree, {k: v for k, v in delta.items() if k != "type"})

    def add_input(self, piece: str) -> None:
        """Add a piece of the input's JSON text."""
        self.input.append(piece)
        if self._grown is not None:
            self._grown.append((self, piece))

    def text(self, field: str) -> str:
        """The text of a field so far."""
        text = self.tree.get(field)
        return str(text) if isinstance(text, (str, TextBuffer)) else ""

    def data(self) -> dict[str, Any]:
        """The block as a response without streaming would have it.

        Input that cannot be read, as when the answer was cut off, stays the text that arrived.
        """
        data: dict[str, Any] = settled(self.tree)
        text = str(self.input)
        if text.strip():
            try:
                data["input"] = from_json(text)
            except UNREADABLE:
                data["input"] = text
        return data
