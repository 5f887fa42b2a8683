"""What Cohere's wire data says: finish reasons, usage and text, of both versions of its chat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base._narrow import count, is_object
from ..base._tool_build import object_in
from ..base.types import FinishReason, Usage

__all__ = [
    "arguments_object",
    "common_finish_reasons",
    "common_usage",
    "mere_text",
    "reported",
]

_FINISH: dict[str, FinishReason] = {
    "MAX_TOKENS": "length",
    # The context is full, or the time is up: either way the answer is cut off.
    "ERROR_LIMIT": "length",
    "TIMEOUT": "length",
    "TOOL_CALL": "tool_calls",
    "ERROR_TOXIC": "content_filter",
}
_TEXT_EVENT = {"delta", "index", "type"}


def reported(value: Any) -> dict[str, Any] | None:
    """A report of the wire if it is an object that says something, else `None`."""
    return value if value and is_object(value) else None


def common_finish_reasons(
    reasons: list[Any] | None, *, has_calls: bool = False
) -> list[FinishReason] | None:
    """Put finish reasons into provider-neutral words; one that is not known counts as a stop.

    Args:
        reasons: The reasons in Cohere's words.
        has_calls: Whether the answer calls tools. Version 1 has no word for that, and says that
            the answer is complete.
    """
    if reasons is None:
        return None
    words: list[FinishReason] = [_FINISH.get(str(each), "stop") for each in reasons]
    return ["tool_calls" if has_calls and each == "stop" else each for each in words]


def common_usage(usage: Mapping[str, Any] | None) -> Usage | None:
    """Put a usage report into provider-neutral terms.

    Cohere counts twice: `tokens` are those the model read and wrote, cached ones and Cohere's own
    instructions included; `billed_units` are those that are charged. Here they are the former, and
    the latter where a count is missing. Its counts are floats on the wire.
    """
    if usage is None:
        return None
    tokens, billed = (usage.get(name) for name in ("tokens", "billed_units"))
    read, written = (
        _count(tokens, name) if _count(tokens, name) is not None else _count(billed, name)
        for name in ("input_tokens", "output_tokens")
    )
    return Usage(
        input_tokens=read,
        cached_tokens=_count(usage, "cached_tokens"),
        output_tokens=written,
        total_tokens=None if read is None or written is None else read + written,
    )


def _count(report: Any, name: str) -> int | None:
    return count(report.get(name)) if is_object(report) else None


def arguments_object(text: Any) -> dict[str, Any] | None:
    """The arguments of a call as an object, no text being an empty one.

    `None` where they are none; of arguments that were cut off, what arrived whole.
    """
    if isinstance(text, str) and not text.strip():
        return {}
    return object_in(text, allow_partial=True)


def mere_text(event: Mapping[str, Any]) -> str | None:
    """The text of an event of version 2 that says nothing else; `None` for any other event."""
    if set(event) != _TEXT_EVENT or event["type"] != "content-delta":
        return None
    found: Any = event["delta"]
    for name in ("message", "content", "text"):
        if not is_object(found) or set(found) != {name}:
            return None
        found = found[name]
    return found if isinstance(found, str) else None
