"""Recognises an event that equals the one before it, byte for byte, in everything but its text.

Most events of a streamed answer are of this kind: the same bytes around another piece of text (and
around random padding, where a provider adds some). Such an event need not be parsed: its text can
be cut out, and its data is parsed when somebody asks for it.

Rules: the bytes around the text must be the same to the last one, and padding must be letters and
digits. Text without escapes is taken as it is; any other is read by the JSON parser, which refuses
what is no text. What is not recognised goes the long way.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jiter import from_json

__all__ = ["TextPattern"]


class TextPattern:
    """The bytes around the text of an event.

    Args:
        key: The field that holds the text.
        padding: The field that holds random padding; empty if there is none.
        spaced: Whether the padding is spaces before the last brace.
    """

    __slots__ = (
        "_after",
        "_before",
        "_end",
        "_key",
        "_padding",
        "_rest",
        "_spaced",
        "_start",
    )

    def __init__(self, key: str, padding: str = "", *, spaced: bool = False) -> None:
        self._spaced = spaced
        self._key = key
        self._padding = padding
        self._before = b""
        self._after = b""
        self._rest = b""
        self._start = 0
        self._end = 0

    def learn(self, raw: bytes, text: str) -> bool:
        """Take an event's bytes as the pattern, if the place of its text is certain."""
        found = list(_field(self._key).finditer(raw))
        if len(found) != 1 or b"\\" in raw:
            return False
        start = found[0].end()
        end = raw.find(b'"', start)
        if raw[start:end] != text.encode("utf-8", "surrogatepass"):
            return False
        after, rest = raw[end:], b""
        if self._padding:
            padded = list(_field(self._padding).finditer(after))
            if len(padded) > 1:
                return False
            if padded:
                at = padded[0].end()
                after, rest = after[:at], after[after.find(b'"', at) :]
        if self._spaced:
            last = after.rstrip(b"\n")[:-1]
            after, rest = last.rstrip(b" "), after[len(last) :]
        self._before, self._after, self._rest = raw[:start], after, rest
        self._start, self._end = start, len(after)
        return True

    def text(self, raw: Any) -> str | None:
        """Give the text of an event that fits the pattern; `None` for any other."""
        if raw.__class__ is not bytes or not raw.startswith(self._before):
            return None
        start = self._start
        if self._spaced:
            end = raw.rfind(self._after, start)
            if end < 0 or raw[end + self._end :].lstrip(b" ") != self._rest:
                return None
        elif self._rest:
            end = raw.find(self._after, start)
            stop, last = end + self._end, len(raw) - len(self._rest)
            padding = raw[stop:last]
            if end < 0 or not raw.endswith(self._rest) or not (padding.isalnum() or stop == last):
                return None
        else:
            end = len(raw) - self._end
            if end < start or not raw.endswith(self._after):
                return None
        try:
            text = raw[start:end].decode()
        except UnicodeDecodeError:
            return None
        if text.isprintable() and "\\" not in text and '"' not in text:
            return text
        return _unescaped(raw[start:end])


def _unescaped(inner: bytes) -> str | None:
    """Read what stands between two quotation marks as JSON; `None` if it is no text."""
    try:
        text: Any = from_json(b'"%b"' % inner)
    except ValueError:
        return None
    return text if isinstance(text, str) else None


@cache
def _field(name: str) -> re.Pattern[bytes]:
    return re.compile(rb'"' + re.escape(name.encode()) + rb'"\s*:\s*"')
