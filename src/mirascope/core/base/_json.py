"""An incremental JSON reader: finds the object in a text that arrives in pieces, and tells it on.

Strategy: a state machine that looks at every character once and keeps nothing but the token that
is open, so that the work is linear in the text however it is cut. Runs of a string are found by
one search; a number or literal is told when the character behind it is there, never before, so
that 19 is not shown on the way to 199; a string is told as it grows, an escape sequence (and a
pair of surrogates) when it is whole.

Rules: models wrap their JSON in prose and code fences, so reading begins at the first brace that
opens an object and ends where that object closes; what stands before and behind is not looked at.
An object that turns out to be no JSON is given up, and the search goes on behind the place where
that showed. Values are those of `json.loads`, its `NaN` and `Infinity` included. Depth and size
are bounded, because a text that never ends must not fill the memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar, Final, Protocol

from ._json_tokens import (
    SCALAR_STARTS,
    SPACES,
    Malformed,
    escaped,
    scalar,
    scalar_end,
    spaces_end,
)

__all__ = ["MAX_DEPTH", "MAX_SIZE", "JsonLimit", "JsonReader", "JsonSink"]

MAX_DEPTH: Final = 200
"""How deeply containers may be nested; pydantic's own reader goes as far."""

MAX_SIZE: Final = 64 * 1024 * 1024
"""How many characters a text may have."""

_STOP = re.compile(r'["\\]')

# The states, in the order of `JsonReader`'s handlers.
_SEEK, _ROOT, _FIRST_KEY, _KEY, _KEY_TEXT, _COLON = range(6)
_VALUE, _FIRST_ITEM, _TEXT, _SCALAR, _AFTER, _END = range(6, 12)


class JsonLimit(ValueError):
    """A JSON text is nested too deeply, or too long."""


class JsonSink(Protocol):
    """Is told what a JSON text holds, in its order."""

    def restart(self) -> None:
        """What was told so far was no JSON."""

    def begin(self, *, is_object: bool) -> None:
        """An object or an array begins."""

    def end(self) -> None:
        """The innermost object or array is complete."""

    def key(self, name: str) -> None:
        """The value that comes next stands under this name."""

    def begin_text(self) -> None:
        """A string begins."""

    def grow(self, piece: str) -> None:
        """The string goes on."""

    def end_text(self) -> None:
        """The string is complete."""

    def scalar(self, value: Any) -> None:
        """A number, a truth value or null."""


class JsonReader:
    """Reads the object in a text and tells it to a sink.

    Args:
        sink: Is told what the object holds.
        max_depth: How deeply containers may be nested.
        max_size: How many characters the text may have.
    """

    __slots__ = (
        "_closers",
        "_max_depth",
        "_max_size",
        "_offset",
        "_pieces",
        "_rest",
        "_sink",
        "_state",
        "end",
        "start",
    )

    def __init__(
        self, sink: JsonSink, *, max_depth: int = MAX_DEPTH, max_size: int = MAX_SIZE
    ) -> None:
        self.start: int | None = None
        """Where the object begins in the text; `None` while none was found."""
        self.end: int | None = None
        """Where it ends; `None` while it is not complete."""
        self._sink = sink
        self._max_depth = max_depth
        self._max_size = max_size
        self._state = _SEEK
        self._closers: list[str] = []
        self._offset = 0
        self._pieces: list[str] = []
        self._rest = ""

    def feed(self, text: str) -> None:
        """Read the next piece of the text.

        Raises:
            JsonLimit: The object is nested too deeply, or the text too long.
        """
        if self._state == _END:
            self._offset += len(text)
            return
        if self._rest:
            text, self._rest = self._rest + text, ""
        at, end, handlers = 0, len(text), self._handlers
        if self._offset + end > self._max_size:
            raise JsonLimit(f"The JSON text has more than {self._max_size:,} characters.")
        while at < end:
            try:
                while at < end:
                    at = handlers[self._state](self, text, at)
            except Malformed:
                self.restart()
        self._offset += end - len(self._rest)

    @property
    def is_open(self) -> bool:
        """Whether an object has begun, by more than its brace, and is not complete."""
        return bool(self._closers)

    def restart(self) -> None:
        """Look for an object in what comes next; what was told so far is none."""
        self._sink.restart()
        self._state, self.start, self.end = _SEEK, None, None
        self._closers.clear()
        self._pieces.clear()

    # Each handler takes the text and a place in it, and gives the place to go on from.

    def _seek(self, text: str, at: int) -> int:
        found = text.find("{", at)
        if found < 0:
            return len(text)
        self.start = self._offset + found
        self._state = _ROOT
        return found + 1

    def _root(self, text: str, at: int) -> int:
        char = text[at]
        if char in SPACES:
            return spaces_end(text, at)
        if char not in '"}':
            # A brace in prose.
            self._state, self.start = _SEEK, None
            return at
        self._begin("}")
        return self._key(text, at)

    def _value(self, text: str, at: int) -> int:
        char = text[at]
        if char == '"':
            self._sink.begin_text()
            self._state = _TEXT
            return at + 1
        if char in SPACES:
            return spaces_end(text, at)
        if char in SCALAR_STARTS:
            self._state = _SCALAR
            return self._scalar(text, at)
        if char in "{[":
            self._begin("}" if char == "{" else "]")
            return at + 1
        if char == "]" and self._state == _FIRST_ITEM:
            return self._close(at)
        raise Malformed

    def _key(self, text: str, at: int) -> int:
        char = text[at]
        if char == '"':
            self._state = _KEY_TEXT
            return at + 1
        if char in SPACES:
            return spaces_end(text, at)
        if char == "}" and self._state == _FIRST_KEY:
            return self._close(at)
        raise Malformed

    def _key_text(self, text: str, at: int) -> int:
        stop = _STOP.search(text, at)
        end = len(text) if stop is None else stop.start()
        self._pieces.append(text[at:end])
        if stop is None:
            return end
        if stop[0] == "\\":
            char, behind = self._escape(text, end)
            self._pieces.append(char)
            return behind
        self._sink.key("".join(self._pieces))
        self._pieces.clear()
        self._state = _COLON
        return end + 1

    def _colon(self, text: str, at: int) -> int:
        if text[at] == ":":
            self._state = _VALUE
            return at + 1
        if text[at] in SPACES:
            return spaces_end(text, at)
        raise Malformed

    def _text(self, text: str, at: int) -> int:
        if at == 0 and '"' not in text and "\\" not in text:
            # Most pieces of a long string; looked for once, as each search goes through the piece.
            self._sink.grow(text)
            return len(text)
        stop = _STOP.search(text, at)
        if stop is None:
            self._sink.grow(text[at:])
            return len(text)
        end = stop.start()
        if end > at:
            self._sink.grow(text[at:end])
        if stop[0] == "\\":
            char, behind = self._escape(text, end)
            if char:
                self._sink.grow(char)
            return behind
        self._sink.end_text()
        self._state = _AFTER
        return end + 1

    def _escape(self, text: str, at: int) -> tuple[str, int]:
        found = escaped(text, at)
        if found is None:
            self._rest = text[at:]
            return "", len(text)
        return found

    def _scalar(self, text: str, at: int) -> int:
        end = scalar_end(text, at)
        self._pieces.append(text[at:end])
        if end == len(text):
            # It may go on in the next piece.
            return end
        token = "".join(self._pieces)
        self._pieces.clear()
        self._sink.scalar(scalar(token))
        self._state = _AFTER
        return end

    def _after(self, text: str, at: int) -> int:
        char = text[at]
        if char == ",":
            self._state = _KEY if self._closers[-1] == "}" else _VALUE
            return at + 1
        if char == self._closers[-1]:
            return self._close(at)
        if char in SPACES:
            return spaces_end(text, at)
        raise Malformed

    def _begin(self, closer: str) -> None:
        if len(self._closers) >= self._max_depth:
            raise JsonLimit(f"The JSON text is nested more than {self._max_depth} levels deep.")
        self._closers.append(closer)
        is_object = closer == "}"
        self._state = _FIRST_KEY if is_object else _FIRST_ITEM
        self._sink.begin(is_object=is_object)

    def _close(self, at: int) -> int:
        self._closers.pop()
        self._sink.end()
        self._state = _AFTER
        if not self._closers:
            self._state, self.end = _END, self._offset + at + 1
        return at + 1

    def _done(self, text: str, at: int) -> int:  # noqa: ARG002  # the handlers' signature
        return len(text)

    _handlers: ClassVar[tuple[Callable[[Any, str, int], int], ...]] = (
        *(_seek, _root, _key, _key, _key_text, _colon),
        *(_value, _value, _text, _scalar, _after, _done),
    )
