"""What the wire data of chat completions says: reasoning, usage, and how an answer ended.

Calls of tools without an id that fits are given one.

A finish reason may say that the answer broke off at the provider: `error`
(https://openrouter.ai/docs/api/reference/errors-and-debugging), `insufficient_system_resource`
(https://api-docs.deepseek.com/api/create-chat-completion), `network_error`
(https://docs.z.ai/api-reference/llm/chat-completion), and vLLM's `abort`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from ..base._narrow import count, is_array, is_object
from ..base.types import FinishReason, Usage

__all__ = [
    "common_finish_reasons",
    "common_usage",
    "failed",
    "failure_in",
    "is_cut_off",
    "made_id",
    "reasoning_of",
    "short_id",
]

_FINISH: dict[str, FinishReason] = {
    "stop": "stop",
    "length": "length",
    "tool_calls": "tool_calls",
    "function_call": "tool_calls",
    "content_filter": "content_filter",
    "model_length": "length",
    "model_context_window_exceeded": "length",
    "end_turn": "stop",
    "max_tokens": "length",
    "safety": "content_filter",
    "sensitive": "content_filter",
}

_FAILURES = frozenset({"abort", "error", "insufficient_system_resource", "network_error"})


def reasoning_of(message: Mapping[str, Any]) -> str | None:
    """Give the reasoning in a message or a delta; servers differ in what they call it."""
    for key in ("reasoning_content", "reasoning"):
        reasoning = message.get(key)
        if reasoning and not isinstance(reasoning, (Mapping, list)):
            return str(reasoning)
    details = message.get("reasoning_details")
    if not is_array(details):
        return None
    parts = (item for item in details if is_object(item))
    return "".join(str(part.get("text") or part.get("summary") or "") for part in parts) or None


def common_usage(usage: Mapping[str, Any] | None) -> Usage | None:
    """Put a usage report into provider-neutral terms; `None` for what is none."""
    if not is_object(usage):
        return None
    return Usage(
        input_tokens=count(usage.get("prompt_tokens")),
        cached_tokens=_cached_tokens(usage),
        output_tokens=count(usage.get("completion_tokens")),
        total_tokens=count(usage.get("total_tokens")),
    )


def _cached_tokens(usage: Mapping[str, Any]) -> int | None:
    """The tokens that were read from a cache; some servers count them beside the others."""
    details = usage.get("prompt_tokens_details")
    cached = count(details.get("cached_tokens")) if is_object(details) else None
    for name in ("cached_tokens", "prompt_cache_hit_tokens"):
        cached = count(usage.get(name)) if cached is None else cached
    return cached


def common_finish_reasons(reasons: list[Any] | None) -> list[FinishReason] | None:
    """Put finish reasons into provider-neutral words; one that is not known counts as a stop."""
    return None if reasons is None else [_FINISH.get(str(each).lower(), "stop") for each in reasons]


def is_cut_off(reason: Any) -> bool:
    """Whether a finish reason says that the model was not done; none at all says nothing."""
    return bool(reason) and (failed(reason) or common_finish_reasons([reason]) == ["length"])


def failed(reason: Any) -> bool:
    """Whether a finish reason says that the answer broke off."""
    return str(reason).lower() in _FAILURES


def failure_in(event: Mapping[str, Any]) -> Any:
    """What an event says of a failure, or `None`."""
    choices = event.get("choices")
    if event.get("object") == "error" and not choices:
        return event
    for choice in choices if is_array(choices) else ():
        reason = choice.get("finish_reason") if is_object(choice) else None
        # The other choices are in the response: the answer is the first one.
        if reason and failed(reason) and not choice.get("index"):
            return {"finish_reason": reason}
    return None


def made_id(answer: str | None, place: int) -> str:
    """Make the id of a tool call that has none, by which its result is known in the next turn.

    Some servers leave ids out, or out of all calls but the first, and refuse a history without.

    Args:
        answer: The answer's id, or `None`.
        place: The call's place among those of the answer.
    """
    return short_id(f"{answer} {place}")


def short_id(said: str) -> str:
    """Give the id of a text, in nine letters and digits: Mistral takes no others."""
    return hashlib.sha256(said.encode()).hexdigest()[:9]
