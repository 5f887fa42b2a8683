"""A chunk of a streamed answer of Groq."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from groq.types.chat import ChatCompletionChunk
from groq.types.completion_usage import CompletionUsage

from .._shapes.chat_views import ChatCallResponseChunk
from ..base._narrow import is_object
from ..base._typed import typed

__all__ = ["FinishReason", "GroqCallResponseChunk", "counts_in", "usage_of"]

FinishReason: TypeAlias = Literal["stop", "length", "tool_calls", "content_filter", "function_call"]
"""Why a choice finished, in Groq's words."""


def usage_of(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """The token counts of an event: under `usage`, under `x_groq.usage`, or under both."""
    usage, inner = data.get("usage"), counts_in(data.get("x_groq"))
    if inner is None:
        return usage if is_object(usage) else None
    return {**inner, **usage} if is_object(usage) else inner


def counts_in(x_groq: Any) -> dict[str, Any] | None:
    """The token counts in an event's `x_groq`, if it has any.

    A whole response has what its hardware's cache did there, which is no count of the tokens.
    """
    usage = x_groq.get("usage") if is_object(x_groq) else None
    return usage if is_object(usage) and "total_tokens" in usage else None


class GroqCallResponseChunk(ChatCallResponseChunk[ChatCompletionChunk, FinishReason]):
    """A chunk of a streamed chat completion; `chunk` is a `ChatCompletionChunk`."""

    __slots__ = ()

    @property
    def usage(self) -> CompletionUsage | None:
        """The token usage, or `None` if this chunk has none."""
        usage = self._usage_data()
        return None if usage is None else typed(CompletionUsage, usage, CompletionUsage.construct)

    def _usage_data(self) -> Mapping[str, Any] | None:
        return None if self._echo or not is_object(self._event) else usage_of(self._event)

    def _build(self) -> ChatCompletionChunk:
        return typed(ChatCompletionChunk, self._as_json, ChatCompletionChunk.construct)
