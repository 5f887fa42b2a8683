"""Buffers that put an answer together from its pieces.

Strategy: every piece is appended once and joined once, so that n pieces cost O(n) time, and what
is kept is the text, not the pieces: full lists of pieces are folded into one string now and then.
A tool call is complete when its arguments' JSON value closes, which is known from the text alone
and therefore holds for interleaved calls too, or when the provider says so; whatever is still open
is closed at the finish.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from ._fold import Grown

__all__ = ["CallParts", "JsonEnd", "TextBuffer", "ToolAssembler", "UsageMeter"]

T = TypeVar("T")

_PIECES_KEPT = 512
_MARKS = re.compile(r'["\\{}\[\]]')


class TextBuffer:
    """A string that grows by pieces, in linear time and without keeping them."""

    __slots__ = ("_blocks", "_pieces")

    def __init__(self, text: str = "") -> None:
        self._blocks: list[str] = []
        self._pieces: list[str] = [text] if text else []

    def append(self, piece: str) -> None:
        """Add a piece at the end."""
        pieces = self._pieces
        pieces.append(piece)
        if len(pieces) >= _PIECES_KEPT:
            self._blocks.append("".join(pieces))
            pieces.clear()

    def __str__(self) -> str:
        if len(self._blocks) + len(self._pieces) > 1:
            # What was joined is kept joined: looking again costs only what came since.
            self._blocks = ["".join((*self._blocks, *self._pieces))]
            self._pieces = []
        return self._blocks[0] if self._blocks else self._pieces[0] if self._pieces else ""

    def __bool__(self) -> bool:
        return any(self._blocks) or any(self._pieces)


class JsonEnd:
    """Tells when a JSON object or array, fed in pieces, has closed; each character once."""

    __slots__ = ("_depth", "_escaped", "_in_string", "closed")

    def __init__(self) -> None:
        self.closed = False
        self._depth = 0
        self._in_string = False
        self._escaped = False

    def may_close(self, piece: str) -> bool:
        """Whether the next piece may close the value; it does not if this says no."""
        return self._depth <= piece.count("}") + piece.count("]")

    def feed(self, piece: str) -> None:
        """Read the next piece of the text."""
        start = 0
        if self._escaped and piece:
            start, self._escaped = 1, False
        for match in _MARKS.finditer(piece, start):
            mark, at = match[0], match.start()
            if at < start:
                continue
            if self._in_string:
                if mark == "\\":
                    # The next character is taken literally; it may be in the next piece.
                    start = at + 2
                    self._escaped = start > len(piece)
                elif mark == '"':
                    self._in_string = False
            elif mark == '"':
                self._in_string = True
            elif mark in "{[":
                self._depth += 1
            elif mark in "}]":
                self._depth -= 1
                self.closed = self.closed or self._depth == 0


class CallParts:
    """One tool call on its way: what is known of it so far.

    Attributes:
        id: The provider's id of the call, or `None`.
        name: The tool's name.
        place: Its place among the calls of the answer.
        arguments: The arguments' text.
        ended: Whether the provider said that the call is complete.
        cut: Whether it was still open when the answer was cut off.
        extra: Further fields of the call on the wire, as received.
        tool: The built tool, once the call was complete.
        grown: Where to note each new piece of the arguments; `None` if nobody asks.
    """

    __slots__ = (
        "_end",
        "arguments",
        "cut",
        "ended",
        "extra",
        "grown",
        "id",
        "name",
        "place",
        "settled",
        "tool",
    )

    def __init__(self, *, id: str | None = None, name: str = "", place: int = 0) -> None:  # noqa: A002
        self.id: str | None = id
        self.name: str = name
        self.place: int = place
        self.arguments: TextBuffer = TextBuffer()
        self.extra: dict[str, Any] = {}
        self.tool: Any = None
        self.settled: bool = False
        self.ended: bool = False
        self.cut: bool = False
        self.grown: Grown | None = None
        self._end = JsonEnd()

    def append(self, piece: str) -> None:
        """Add a piece of the arguments' text."""
        self.arguments.append(piece)
        if self.grown is not None:
            self.grown.append((self, piece))
        if not self._end.closed:
            self._end.feed(piece)

    def may_close(self, piece: str) -> bool:
        """Whether the call may be complete with the next piece; it is not if this says no."""
        return self.ended or self._end.may_close(piece)

    @property
    def closed(self) -> bool:
        """Whether the arguments are complete and the tool is known by name."""
        return (self.ended or self._end.closed) and bool(self.name)


class ToolAssembler(Generic[T]):
    """Tool calls keyed as the provider keys them, handed out complete, in order, once.

    Args:
        build: Makes the tool of a complete call.

    Attributes:
        calls: The calls in the order they began.
        grown: Where the calls note the pieces of their arguments; `None` if nobody asks.
    """

    __slots__ = ("_build", "_by_key", "_handed", "calls", "grown")

    def __init__(self, build: Callable[[CallParts], T]) -> None:
        self.calls: list[CallParts] = []
        self.grown: Grown | None = None
        self._build = build
        self._by_key: dict[object, CallParts] = {}
        self._handed = 0

    def get(self, key: object) -> CallParts | None:
        """The call now known under `key`."""
        return self._by_key.get(key)

    def open(self, key: object, *, id: str | None = None, name: str = "") -> CallParts:  # noqa: A002
        """Begin a call; an earlier one under the same key stays, but is no longer reached."""
        call = CallParts(id=id, name=name, place=len(self.calls))
        call.grown = self.grown
        self.calls.append(call)
        self._by_key[key] = call
        return call

    def take_closed(self) -> list[T]:
        """The tools that became complete, as far as no earlier call is still open."""
        return self._take(lambda call: call.closed)

    def take_all(self, *, cut: bool) -> list[T]:
        """The tools not yet handed out, complete or not: nothing more will come.

        Args:
            cut: Whether the answer was cut off, so that a last call that is open is not complete.
        """
        return self._take(lambda _: True, cut=cut)

    def _take(self, ready: Callable[[CallParts], bool], *, cut: bool = False) -> list[T]:
        if self._handed == len(self.calls):
            return []
        tools: list[T] = []
        for call in self.calls[self._handed :]:
            if not ready(call):
                break
            # A call that another followed was over.
            call.cut = cut and not call.closed and call is self.calls[-1]
            call.tool = self._build(call)
            call.settled = True
            tools.append(call.tool)
            self._handed += 1
        return tools


class UsageMeter:
    """Token usage as reported so far: the last value of each field that was not null wins."""

    __slots__ = ("report",)

    def __init__(self) -> None:
        self.report: dict[str, Any] | None = None

    def update(self, report: Mapping[str, Any]) -> None:
        """Take a report in; providers that report cumulatively overwrite field by field."""
        known = {key: value for key, value in report.items() if value is not None}
        self.report = {**report, **(self.report or {}), **known}
