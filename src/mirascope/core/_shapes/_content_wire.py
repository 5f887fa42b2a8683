"""What the JSON of a generateContent answer says: text, calls, finish reasons, usage; total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..base._narrow import count, is_array, is_object, string
from ..base.types import FinishReason, Usage

__all__ = [
    "block_reason",
    "calls_of",
    "candidates_of",
    "common_finish_reasons_of",
    "common_usage",
    "finish_reasons_of",
    "first_candidate",
    "is_filtered",
    "parts_of",
    "refusal_of",
    "text_of",
]

# MALFORMED_FUNCTION_CALL, UNEXPECTED_TOOL_CALL and the like are stops: there is no call to answer,
# and nothing was filtered. The provider's own word is in `finish_reasons`.
_FINISH: dict[str, FinishReason] = {
    "MAX_TOKENS": "length",
    "CONTINUATION": "length",
    "SAFETY": "content_filter",
    "RECITATION": "content_filter",
    "BLOCKLIST": "content_filter",
    "PROHIBITED_CONTENT": "content_filter",
    "SPII": "content_filter",
    "MODEL_ARMOR": "content_filter",
    "ESCALATION": "content_filter",
    "PUP_LIMITED_DISABLED": "content_filter",
    "IMAGE_SAFETY": "content_filter",
    "IMAGE_PROHIBITED_CONTENT": "content_filter",
    "IMAGE_RECITATION": "content_filter",
}


def is_filtered(reason: Any) -> bool:
    """Whether a finish reason says that a filter ended the answer."""
    return isinstance(reason, str) and _FINISH.get(reason) == "content_filter"


def block_reason(data: Mapping[str, Any]) -> str | None:
    """Give why the prompt of a response was blocked, or `None` if it was not."""
    feedback = data.get("promptFeedback")
    reason = feedback.get("blockReason") if is_object(feedback) else None
    return str(reason) if reason else None


def common_usage(usage: Mapping[str, Any] | None) -> Usage | None:
    """Put a usage report into provider-neutral terms.

    The input is the prompt with what the provider's own tools put into it; the output includes
    the thoughts.
    """
    if usage is None:
        return None
    return Usage(
        input_tokens=_sum(usage, "promptTokenCount", "toolUsePromptTokenCount"),
        cached_tokens=_sum(usage, "cachedContentTokenCount"),
        output_tokens=_sum(usage, "candidatesTokenCount", "thoughtsTokenCount"),
        total_tokens=_sum(usage, "totalTokenCount"),
    )


def _sum(usage: Mapping[str, Any], *names: str) -> int | None:
    counts = [found for name in names if (found := count(usage.get(name))) is not None]
    return sum(counts) if counts else None


def candidates_of(data: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The candidates of a response, each with its number."""
    candidates = data.get("candidates") if is_object(data) else None
    for place, candidate in enumerate(candidates if is_array(candidates) else ()):
        if is_object(candidate):
            index = candidate.get("index")
            yield index if isinstance(index, int) else place, candidate


def first_candidate(data: Any) -> Mapping[str, Any]:
    """Give the first candidate of a response; empty if it has none."""
    none: Mapping[str, Any] = {}
    return next((candidate for index, candidate in candidates_of(data) if index == 0), none)


def parts_of(candidate: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Give the parts of a candidate."""
    content = candidate.get("content")
    parts = content.get("parts") if is_object(content) else None
    for part in parts if is_array(parts) else ():
        if is_object(part):
            yield part


def text_of(candidate: Mapping[str, Any], *, thought: bool) -> str:
    """Give the text that a candidate spoke, or that it thought."""
    texts = (
        part.get("text") for part in parts_of(candidate) if bool(part.get("thought")) is thought
    )
    return "".join(text for text in texts if isinstance(text, str))


def calls_of(candidate: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the function calls of a candidate."""
    for part in parts_of(candidate):
        call = part.get("functionCall")
        if is_object(call):
            yield call


def finish_reasons_of(data: Any) -> list[str] | None:
    """Give why the candidates of a response finished, or why its prompt was blocked."""
    reasons = [candidate.get("finishReason") for _, candidate in candidates_of(data)]
    known = [str(reason) for reason in reasons if reason]
    blocked = block_reason(data) if is_object(data) else None
    return known or (None if blocked is None else [blocked])


def common_finish_reasons_of(data: Any, *, called: bool) -> list[FinishReason] | None:
    """Finish reasons in neutral words; a stop after function calls is a stop for them."""
    if finish_reasons_of(data) is None:
        return None
    common: list[FinishReason] = []
    for index, candidate in candidates_of(data):
        reason = candidate.get("finishReason")
        if reason:
            calls = called if index == 0 else any(True for _ in calls_of(candidate))
            stop: FinishReason = "tool_calls" if calls and reason == "STOP" else "stop"
            common.append(_FINISH.get(str(reason), stop))
    return common or ["content_filter"]


def refusal_of(data: Any) -> str | None:
    """Give what the provider says about a prompt it blocked or an answer it filtered."""
    first = first_candidate(data)
    feedback = data.get("promptFeedback") if is_object(data) else None
    said = feedback.get("blockReasonMessage") if is_object(feedback) else None
    if is_filtered(first.get("finishReason")):
        said = first.get("finishMessage")
    return string(said)
