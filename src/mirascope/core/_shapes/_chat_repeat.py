"""Which events of a chat completion may be repeated: those that say one thing and no more.

What a later event says that equals such a one in everything but its text is that text. Anything
else of an event adds to what was said before, although it may look the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base._narrow import is_array, is_object

__all__ = ["only_arguments", "says_only_text"]

_SAID_ANEW = ("finish_reason", "logprobs", "token_ids")
"""Fields of a choice that add to what was said before, though they may look the same."""


def says_only_text(event: Mapping[str, Any]) -> bool:
    """Whether an event says nothing but a piece of the first choice's text."""
    delta = _only_delta(event)
    if delta is None or not isinstance(delta.get("content"), str):
        return False
    return _has_only(delta, "content", "role")


def only_arguments(event: Mapping[str, Any]) -> tuple[int, str] | None:
    """Give the piece of arguments that is all an event says, after the index of its call."""
    delta = _only_delta(event)
    calls = delta.get("tool_calls") if delta is not None and _has_only(delta, "tool_calls") else ()
    call = calls[0] if is_array(calls) and len(calls) == 1 else None
    if not is_object(call) or not _has_only(call, "function", "index", "type"):
        return None
    index, function = call.get("index"), call.get("function")
    if not isinstance(index, int) or not is_object(function):
        return None
    piece = function.get("arguments") if _has_only(function, "arguments") else None
    return (index, piece) if isinstance(piece, str) else None


def _has_only(data: Mapping[str, Any], *names: str) -> bool:
    return all(value is None or name in names for name, value in data.items())


def _only_delta(event: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The delta of the first choice, where that is all that an event says of the choices."""
    choices: Any = event.get("choices")
    said = choices[0] if is_array(choices) and len(choices) == 1 else None
    if not is_object(said) or said.get("index") != 0 or any(said.get(k) for k in _SAID_ANEW):
        return None
    delta = said.get("delta")
    return delta if is_object(delta) else None
