"""What Anthropic's wire data says: stop reasons, usage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base._narrow import count, is_object, string
from ..base.types import FinishReason, Usage

__all__ = ["common_finish_reasons", "common_usage", "is_cut", "new_model"]

_FINISH: dict[str, FinishReason] = {
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "tool_use": "tool_calls",
    "refusal": "content_filter",
}


def common_finish_reasons(reasons: list[Any] | None) -> list[FinishReason] | None:
    """Put stop reasons into provider-neutral words; one that is not known counts as a stop."""
    return None if reasons is None else [_FINISH.get(str(each), "stop") for each in reasons]


def is_cut(reasons: list[Any] | None) -> bool:
    """Whether stop reasons say that the message ended before the model was done."""
    return common_finish_reasons(reasons) in (["length"], ["content_filter"])


def new_model(block: Any) -> str | None:
    """The name of the model that goes on with the message after a content block, if one does."""
    model = block.get("to") if is_object(block) and block.get("type") == "fallback" else None
    return string(model.get("model")) if is_object(model) else None


def common_usage(usage: Mapping[str, Any] | None) -> Usage | None:
    """Put a usage report into provider-neutral terms.

    Anthropic's `input_tokens` are those that were neither read from the cache nor written to it;
    here they are all tokens of the prompt.
    """
    if usage is None:
        return None
    fresh, output = count(usage.get("input_tokens")), count(usage.get("output_tokens"))
    cached = count(usage.get("cache_read_input_tokens"))
    written = count(usage.get("cache_creation_input_tokens"))
    prompt = None if fresh is None else fresh + (cached or 0) + (written or 0)
    return Usage(
        input_tokens=prompt,
        cached_tokens=cached,
        output_tokens=output,
        total_tokens=None if prompt is None or output is None else prompt + output,
    )
