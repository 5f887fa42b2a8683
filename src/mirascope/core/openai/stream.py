"""Streams of OpenAI; `_fold.py` says how its wire is read."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Generic

from openai.types.completion_usage import CompletionUsage
from typing_extensions import TypeVar

from ..base._stream_properties import StreamProperties
from ..base.stream import BaseAsyncStream, BaseStream
from ..base.tool import BaseTool
from .call_response import OpenAICallResponse
from .call_response_chunk import FinishReason, OpenAICallResponseChunk

__all__ = ["AsyncOpenAIStream", "OpenAIStream"]

# Without an argument, `OpenAIStream` accepts every stream of `openai.call`.
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class _OpenAIProperties(
    StreamProperties[OpenAICallResponse[ToolT_co], OpenAICallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """What streams of OpenAI have of their own."""

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


class OpenAIStream(
    _OpenAIProperties[ToolT_co],
    BaseStream[OpenAICallResponse[ToolT_co], OpenAICallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """A streamed answer of OpenAI: `for chunk, tool in stream`."""

    __slots__ = ()


class AsyncOpenAIStream(
    _OpenAIProperties[ToolT_co],
    BaseAsyncStream[OpenAICallResponse[ToolT_co], OpenAICallResponseChunk, ToolT_co],
    Coroutine[Any, Any, "AsyncOpenAIStream[ToolT_co]"],
    Generic[ToolT_co],
):
    """A streamed answer of OpenAI: `async for chunk, tool in stream`."""

    __slots__ = ()
