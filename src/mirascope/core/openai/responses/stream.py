"""Streams of OpenAI's Responses API; `_fold.py` says how its wire is read."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Generic

from openai.types.responses import ResponseUsage
from typing_extensions import TypeVar

from ...base._stream_properties import StreamProperties
from ...base.stream import BaseAsyncStream, BaseStream
from ...base.tool import BaseTool
from .call_response import OpenAIResponsesCallResponse
from .call_response_chunk import FinishReason, OpenAIResponsesCallResponseChunk

__all__ = ["AsyncOpenAIResponsesStream", "OpenAIResponsesStream"]

# Without an argument, `OpenAIResponsesStream` accepts every stream of `openai.responses.call`.
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class _OpenAIResponsesProperties(
    StreamProperties[
        OpenAIResponsesCallResponse[ToolT_co], OpenAIResponsesCallResponseChunk, ToolT_co
    ],
    Generic[ToolT_co],
):
    """What streams of OpenAI's Responses API have of their own."""

    __slots__ = ()

    @property
    def finish_reasons(self) -> list[FinishReason] | None:
        """Why the answer ended; `None` while it goes on."""
        return self._run.fold.finish_reasons

    @property
    def usage(self) -> ResponseUsage | None:
        """The token usage, or `None` while it is not known."""
        usage: ResponseUsage | None = self._run.fold.usage
        return usage


class OpenAIResponsesStream(
    _OpenAIResponsesProperties[ToolT_co],
    BaseStream[OpenAIResponsesCallResponse[ToolT_co], OpenAIResponsesCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """A streamed answer of OpenAI's Responses API: `for chunk, tool in stream`."""

    __slots__ = ()


class AsyncOpenAIResponsesStream(
    _OpenAIResponsesProperties[ToolT_co],
    BaseAsyncStream[
        OpenAIResponsesCallResponse[ToolT_co], OpenAIResponsesCallResponseChunk, ToolT_co
    ],
    Coroutine[Any, Any, "AsyncOpenAIResponsesStream[ToolT_co]"],
    Generic[ToolT_co],
):
    """A streamed answer of OpenAI's Responses API: `async for chunk, tool in stream`."""

    __slots__ = ()
