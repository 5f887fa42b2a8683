"""Streams of Groq; `_fold.py` says how its wire is read."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Generic

from groq.types.completion_usage import CompletionUsage
from typing_extensions import TypeVar

from ..base._stream_properties import StreamProperties
from ..base.stream import BaseAsyncStream, BaseStream
from ..base.tool import BaseTool
from .call_response import GroqCallResponse
from .call_response_chunk import FinishReason, GroqCallResponseChunk

__all__ = ["AsyncGroqStream", "GroqStream"]

# Without an argument, `GroqStream` accepts every stream of `groq.call`.
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class _GroqProperties(
    StreamProperties[GroqCallResponse[ToolT_co], GroqCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """What streams of Groq have of their own."""

    __slots__ = ()

    @property
    def finish_reasons(self) -> list[FinishReason] | None:
        """Why each choice finished, in their order; `None` while it goes on."""
        return self._run.fold.finish_reasons

    @property
    def usage(self) -> CompletionUsage | None:
        """The token usage, or `None` while it is not known."""
        usage: CompletionUsage | None = self._run.fold.usage
        return usage


class GroqStream(
    _GroqProperties[ToolT_co],
    BaseStream[GroqCallResponse[ToolT_co], GroqCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """A streamed answer of Groq: `for chunk, tool in stream`."""

    __slots__ = ()


class AsyncGroqStream(
    _GroqProperties[ToolT_co],
    BaseAsyncStream[GroqCallResponse[ToolT_co], GroqCallResponseChunk, ToolT_co],
    Coroutine[Any, Any, "AsyncGroqStream[ToolT_co]"],
    Generic[ToolT_co],
):
    """A streamed answer of Groq: `async for chunk, tool in stream`."""

    __slots__ = ()
