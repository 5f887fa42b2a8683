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
from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

from jiter import from_json

__all__ = ["Recognise", "TextPattern"]

_WITHIN = re.compile(rb'(?:[^"\\]|\\.)*(?=")')
"""What stands between two quotation marks, escapes included."""

Recognise: TypeAlias = Callable[[Any], str | None]
"""Gives the text of an event that fits a pattern; `None` for any other."""


class TextPattern:
    """The bytes around the text of an event.

    Args:
        key: The field that holds the text.
        padding: The field that holds random padding; empty if there is none.
        spaced: Whether the padding is spaces before the last brace.
    """

    __slots__ = ("_key", "_padding", "_spaced")

    def __init__(self, key: str, padding: str = "", *, spaced: bool = False) -> None:
        self._key = key
        self._padding = padding
        self._spaced = spaced

    def learn(self, raw: bytes, text: str) -> Recognise | None:
        """Take an event's bytes as the pattern, if the place of its text is certain."""
        found = list(_field(self._key).finditer(raw))
        whole = _WITHIN.match(raw, found[0].end()) if len(found) == 1 else None
        if whole is None or _read(whole[0]) != text:
            return None
        before, after = raw[: whole.start()], raw[whole.end() :]
        if b"\\" in before or b"\\" in after:
            return None
        if self._spaced:
            last = after.rstrip(b"\n")[:-1]
            return _spaced(before, last.rstrip(b" "), after[len(last) :])
        padded = list(_field(self._padding).finditer(after)) if self._padding else []
        if len(padded) > 1:
            return None
        if not padded:
            return _plain(before, after)
        at = padded[0].end()
        return _padded(before, after[:at], after[after.find(b'"', at) :])


def _plain(before: bytes, after: bytes) -> Recognise:
    around = len(before) + len(after)

    def text(raw: Any) -> str | None:
        try:
            inner = raw.removeprefix(before).removesuffix(after)
            text: str = inner.decode()
        except (AttributeError, UnicodeDecodeError):
            return None
        if len(inner) + around != len(raw):
            return None
        if text.isprintable() and "\\" not in text and '"' not in text:
            return text
        return _read(inner)

    return text


def _padded(before: bytes, between: bytes, after: bytes) -> Recognise:
    around = len(before) + len(between) + len(after)

    def text(raw: Any) -> str | None:
        if raw.__class__ is not bytes:
            return None
        inner, _, rest = raw.removeprefix(before).partition(between)
        padding = rest.removesuffix(after)
        if len(inner) + len(padding) + around != len(raw):
            return None
        return _read(inner) if padding.isalnum() or not padding else None

    return text


def _spaced(before: bytes, after: bytes, end: bytes) -> Recognise:
    around = len(before) + len(after)

    def text(raw: Any) -> str | None:
        if raw.__class__ is not bytes:
            return None
        inner, _, rest = raw.removeprefix(before).rpartition(after)
        if len(inner) + len(rest) + around != len(raw) or rest.lstrip(b" ") != end:
            return None
        return _read(inner)

    return text


def _read(inner: bytes) -> str | None:
    """Read what stands between two quotation marks; `None` if it is no text."""
    try:
        text = inner.decode()
    except UnicodeDecodeError:
        return None
    if text.isprintable() and "\\" not in text and '"' not in text:
        return text
    try:
        read: Any = from_json(b'"%b"' % inner)
    except ValueError:
        return None
    return read if isinstance(read, str) else None


@cache
def _field(name: str) -> re.Pattern[bytes]:
    return re.compile(rb'"' + re.escape(name.encode()) + rb'"\s*:\s*"')
