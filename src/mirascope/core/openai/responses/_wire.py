"""What the wire data of OpenAI's responses says: texts of items, finish reasons, usage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...base._assemble import TextBuffer
from ...base._narrow import count, is_array, is_object, string
from ...base.types import FinishReason, Usage

__all__ = [
    "CALLS",
    "ENDS",
    "common_finish_reasons",
    "common_usage",
    "finish_reason",
    "is_answer",
    "is_called",
    "is_cut",
    "reasoning",
    "refusal",
    "text",
]

CALLS: Mapping[str, str] = {"custom_tool_call": "input", "function_call": "arguments"}
"""The types of items that are calls of the caller's tools, and where their arguments are."""

ENDS = frozenset({"cancelled", "completed", "failed", "incomplete"})
"""The statuses of a response to which nothing is added any more."""

_FINISH: Mapping[str, FinishReason] = {
    "content_filter": "content_filter",
    "incomplete": "length",
    "max_output_tokens": "length",
}


def is_answer(item: Mapping[str, Any]) -> bool:
    """Whether a message is the answer, or belongs to it: not what the model says while it works."""
    return item.get("phase") != "commentary"


def is_cut(item: Mapping[str, Any]) -> bool:
    """Whether an item ended before the model was done with it."""
    return item.get("status") == "incomplete"


def text(items: Iterable[Any]) -> str:
    """The text of all messages among the items."""
    return _joined(items, "message", ("content", "output_text", "text"))


def refusal(items: Iterable[Any]) -> str | None:
    """The refusals in all messages among the items."""
    return _joined(items, "message", ("content", "refusal", "refusal")) or None


def reasoning(items: Iterable[Any]) -> str | None:
    """The reasoning in the items: of each its summary, and its text where a server sends that."""
    return (
        _joined(
            items,
            "reasoning",
            ("summary", "summary_text", "text"),
            ("content", "reasoning_text", "text"),
        )
        or None
    )


def _joined(items: Iterable[Any], item_type: str, *places: tuple[str, str, str]) -> str:
    pieces: list[str] = []
    for item in items:
        if not is_object(item) or item.get("type") != item_type:
            continue
        for place, part_type, field in places:
            parts = item.get(place)
            for part in parts if is_array(parts) else ():
                said = part.get(field) if is_object(part) else None
                if isinstance(said, (str, TextBuffer)) and part.get("type") == part_type:
                    pieces.append(str(said))
    return "".join(pieces)


def is_called(items: Any) -> bool:
    """Whether a tool of the caller's is called in the items."""
    found = items if is_array(items) else ()
    return any(is_object(item) and str(item.get("type")) in CALLS for item in found)


def finish_reason(response: Mapping[str, Any]) -> str | None:
    """Why a response ended: what made it incomplete, else its status; `None` while it goes on."""
    status = string(response.get("status"))
    if status not in ENDS:
        return None
    details = response.get("incomplete_details")
    return (string(details.get("reason")) if is_object(details) else None) or status


def common_finish_reasons(reason: str | None, *, called: bool) -> list[FinishReason] | None:
    """Put a finish reason into provider-neutral words; one that is not known counts as a stop.

    Args:
        reason: The reason, or `None`.
        called: Whether a tool of the caller's was called.
    """
    if reason is None:
        return None
    if reason == "completed" and called:
        return ["tool_calls"]
    return [_FINISH.get(reason, "stop")]


def common_usage(usage: Mapping[str, Any] | None) -> Usage | None:
    """Put a usage report into provider-neutral terms."""
    if usage is None:
        return None
    details = usage.get("input_tokens_details")
    return Usage(
        input_tokens=count(usage.get("input_tokens")),
        cached_tokens=count(details.get("cached_tokens")) if is_object(details) else None,
        output_tokens=count(usage.get("output_tokens")),
        total_tokens=count(usage.get("total_tokens")),
    )
