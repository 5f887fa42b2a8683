"""Recognises an event with text that repeats the one before it, but for what always differs.

Of the events that bring an answer's text, one differs from the next in the text, in the number that
counts the events, and in random padding. Such an event need not be parsed: its text can be cut out,
and its data is parsed when somebody asks for it.

Rules: the text must be plain, that is printable and free of escapes, and all other bytes must be
the same to the last one; anything else is not recognised and goes the long way.
"""

from __future__ import annotations

import re

from ...base._pattern import Pattern

__all__ = ["TextEventPattern"]

_TEXT = re.compile(rb'"delta"\s*:\s*"([^"]*)"')
_PADDING = re.compile(rb'"obfuscation"\s*:\s*"([^"]*)"')
_NUMBER = re.compile(rb'"sequence_number"\s*:\s*(\d+)')
_VARYING = ((_TEXT, rb'([^"\\]*)'), (_PADDING, rb'[^"\\]*'), (_NUMBER, rb"\d+"))


class TextEventPattern(Pattern):
    """The bytes around the text of an event."""

    __slots__ = ("_pattern",)

    def __init__(self) -> None:
        super().__init__()
        self._pattern: re.Pattern[bytes] | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is something to be recognised."""
        return self._pattern is not None

    def take(self, raw: bytes, text: str) -> None:
        """Make the pattern of an event's JSON, or none if its text's place is not certain."""
        self._pattern = _pattern(raw, text)

    def forget(self) -> None:
        """Recognise nothing until the next event is learnt."""
        self._pattern = None

    def text(self, raw: bytes) -> str | None:
        """Give the text of an event that fits the pattern; `None` for any other."""
        found = None if self._pattern is None else self._pattern.fullmatch(raw)
        if found is None:
            return None
        try:
            text = found[1].decode()
        except UnicodeDecodeError:
            return None
        return text if text.isprintable() else None


def _pattern(raw: bytes, text: str) -> re.Pattern[bytes] | None:
    if b"\\" in raw:
        return None
    places: list[tuple[int, int, bytes]] = []
    for varying, replacement in _VARYING:
        found = list(varying.finditer(raw))
        if len(found) > 1 or (varying is _TEXT and not found):
            return None
        places += [(*match.span(1), replacement) for match in found]
    start, stop, _ = places[0]
    if raw[start:stop] != text.encode("utf-8", "surrogatepass"):
        return None
    pieces: list[bytes] = []
    at = 0
    for start, stop, replacement in sorted(places):
        pieces += (re.escape(raw[at:start]), replacement)
        at = stop
    return re.compile(b"".join((*pieces, re.escape(raw[at:]))))
