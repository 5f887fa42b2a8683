"""The tokens of JSON as a text in pieces brings them: spaces, escape sequences, numbers, literals.

Rules: values are those of `json.loads`, its `NaN`, its `Infinity` and its lone surrogates
included. A token that may go on in the next piece is said to be incomplete, not guessed.
"""

from __future__ import annotations

import re
from typing import Any

__all__ = ["SCALAR_STARTS", "SPACES", "Malformed", "escaped", "scalar", "scalar_end", "spaces_end"]

SPACES = " \t\r\n"
SCALAR_STARTS = "-0123456789tfnNI"

_SPACE_RUN = re.compile(r"[ \t\r\n]*")
_SCALAR_RUN = re.compile(r"[-+.0-9A-Za-z]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_UNICODE = re.compile(r"\\u[0-9a-fA-F]{4}")
_LENGTH = 6  # of `\u` and its four digits
_HIGH, _LOW, _LOW_END = 0xD800, 0xDC00, 0xE000
_ESCAPES = {
    '"': '"',
    "/": "/",
    "\\": "\\",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}
_LITERALS = {
    "true": True,
    "false": False,
    "null": None,
    "NaN": float("nan"),
    "Infinity": float("inf"),
    "-Infinity": float("-inf"),
}


class Malformed(Exception):  # not an error: the reader goes on elsewhere
    """What was taken for JSON is none."""


def spaces_end(text: str, at: int) -> int:
    """The place behind the spaces at a place."""
    run = _SPACE_RUN.match(text, at)
    return at if run is None else run.end()


def scalar_end(text: str, at: int) -> int:
    """The place behind the number or literal at a place."""
    run = _SCALAR_RUN.match(text, at)
    return at if run is None else run.end()


def scalar(token: str) -> Any:
    """The value of a number or literal.

    Raises:
        Malformed: It is neither.
    """
    if token in _LITERALS:
        return _LITERALS[token]
    number = _NUMBER.fullmatch(token)
    if number is None:
        raise Malformed
    try:
        return float(token) if number[1] or number[2] else int(token)
    except ValueError:
        # More digits than Python reads.
        raise Malformed from None


def escaped(text: str, at: int) -> tuple[str, int] | None:
    """The character that the escape sequence at a place stands for, and the place behind it.

    Returns:
        `None` if the sequence, or the pair of surrogates it is the first half of, is incomplete.

    Raises:
        Malformed: It is no escape sequence.
    """
    kind = text[at + 1 : at + 2]
    if kind and kind != "u":
        if kind not in _ESCAPES:
            raise Malformed
        return _ESCAPES[kind], at + 2
    behind = at + _LENGTH
    if behind > len(text):
        return None
    code = _code(text, at)
    if not _HIGH <= code < _LOW:
        return chr(code), behind
    following = text[behind : behind + 2]
    if following != "\\u":
        is_open = "\\u".startswith(following)
        return None if is_open else (chr(code), behind)
    if behind + _LENGTH > len(text):
        return None
    second = _code(text, behind)
    if not _LOW <= second < _LOW_END:
        return chr(code), behind
    return chr(0x10000 + ((code - _HIGH) << 10) + (second - _LOW)), behind + _LENGTH


def _code(text: str, at: int) -> int:
    if _UNICODE.match(text, at) is None:
        raise Malformed
    return int(text[at + 2 : at + _LENGTH], 16)
