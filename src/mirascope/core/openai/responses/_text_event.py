"""Recognises an event with text that repeats the one before it, but for what always differs.

Of the events that bring an answer's text, one differs from the next in the text, in the number that
counts the events, and in random padding. Such an event need not be parsed: its text can be cut out,
and its data is parsed when somebody asks for it.

Rules: the text must be plain, that is printable and free of escapes, and all other bytes must be
the same to the last one; anything else is not recognised and goes the long way.
"""

from __future__ import annotations

import re
from typing import Any

from ...base._text_pattern import Recognise

__all__ = ["TextEventPattern"]

_TEXT = re.compile(rb'"delta"\s*:\s*"([^"]*)"')
_PADDING = re.compile(rb'"obfuscation"\s*:\s*"([^"]*)"')
_NUMBER = re.compile(rb'"sequence_number"\s*:\s*(\d+)')
# Padding with a control character in it would be no JSON.
_VARYING = ((_TEXT, rb'([^"\\]*)'), (_PADDING, rb'[^"\\\x00-\x1f]*'), (_NUMBER, rb"\d+"))


class TextEventPattern:
    """The bytes around the text of an event."""

    __slots__ = ()

    def learn(self, raw: bytes, text: str) -> Recognise | None:
        """Take an event's bytes as the pattern, if the place of its text is certain."""
        pattern = _pattern(raw, text)
        return None if pattern is None else _recogniser(pattern)


def _recogniser(pattern: re.Pattern[bytes]) -> Recognise:
    def text(raw: Any) -> str | None:
        found = pattern.fullmatch(raw) if raw.__class__ is bytes else None
        if found is None:
            return None
        try:
            text = found[1].decode()
        except UnicodeDecodeError:
            return None
        return text if text.isprintable() else None

    return text


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
