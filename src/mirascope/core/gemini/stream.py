"""Streams of Gemini; `_fold.py` says how its wire is read."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Generic

from google.generativeai import protos
from typing_extensions import TypeVar

from ..base._stream_properties import StreamProperties
from ..base.stream import BaseAsyncStream, BaseStream
from ..base.tool import BaseTool
from .call_response import GeminiCallResponse
from .call_response_chunk import FinishReason, GeminiCallResponseChunk

__all__ = ["AsyncGeminiStream", "GeminiStream"]

# Without an argument, `GeminiStream` accepts every stream of `gemini.call`.
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class _GeminiProperties(
    StreamProperties[GeminiCallResponse[ToolT_co], GeminiCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """What streams of Gemini have of their own."""

    __slots__ = ()

    @property
    def finish_reasons(self) -> list[FinishReason] | None:
        """Why each candidate finished, in their order; `None` while it goes on."""
        return self._run.fold.finish_reasons

    @property
    def usage(self) -> protos.GenerateContentResponse.UsageMetadata | None:
        """The token usage so far, or `None` while it is not known."""
        usage: protos.GenerateContentResponse.UsageMetadata | None = self._run.fold.usage
        return usage


class GeminiStream(
    _GeminiProperties[ToolT_co],
    BaseStream[GeminiCallResponse[ToolT_co], GeminiCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """A streamed answer of Gemini: `for chunk, tool in stream`."""

    __slots__ = ()


class AsyncGeminiStream(
    _GeminiProperties[ToolT_co],
    BaseAsyncStream[GeminiCallResponse[ToolT_co], GeminiCallResponseChunk, ToolT_co],
    Coroutine[Any, Any, "AsyncGeminiStream[ToolT_co]"],
    Generic[ToolT_co],
):
    """A streamed answer of Gemini: `async for chunk, tool in stream`."""

    __slots__ = ()
