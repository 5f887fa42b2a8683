"""A chunk of a streamed answer of Mistral."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from mistralai.client.models import CompletionChunk, UsageInfo

from .._shapes.chat_views import ChatCallResponseChunk
from .._shapes.chat_wire import common_usage
from ..base.types import Usage
from ._typed import typed

__all__ = ["FinishReason", "MistralCallResponseChunk", "usage_in_common"]

FinishReason: TypeAlias = Literal["stop", "length", "model_length", "error", "tool_calls"]
"""Why a choice finished, in Mistral's words."""


def usage_in_common(usage: Mapping[str, Any] | None) -> Usage | None:
    """Put a usage report into provider-neutral terms; cached tokens have had two names."""
    if usage is None or usage.get("prompt_tokens_details") is not None:
        return common_usage(usage)
    details = {"cached_tokens": usage.get("num_cached_tokens")}
    return common_usage({**usage, "prompt_tokens_details": details})


class MistralCallResponseChunk(ChatCallResponseChunk[CompletionChunk, FinishReason]):
    """A chunk of a streamed chat completion; `chunk` is a `CompletionChunk`."""

    __slots__ = ()

    @property
    def usage(self) -> UsageInfo | None:
        """The token usage, or `None` if this chunk has none."""
        usage = self._usage_data()
        return None if usage is None else typed(UsageInfo, usage)

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` if this chunk has none."""
        return usage_in_common(self._usage_data())

    def _build(self) -> CompletionChunk:
        return typed(CompletionChunk, self._as_json)
