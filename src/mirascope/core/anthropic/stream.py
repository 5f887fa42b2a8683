"""Streams of Anthropic; `_fold.py` says how its wire is read."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Generic

from anthropic.types import Usage as AnthropicUsage
from typing_extensions import TypeVar

from ..base._stream_properties import StreamProperties
from ..base.stream import BaseAsyncStream, BaseStream
from ..base.tool import BaseTool
from .call_response import AnthropicCallResponse
from .call_response_chunk import AnthropicCallResponseChunk, FinishReason

__all__ = ["AnthropicStream", "AsyncAnthropicStream"]

# Without an argument, `AnthropicStream` accepts every stream of `anthropic.call`.
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class _AnthropicProperties(
    StreamProperties[AnthropicCallResponse[ToolT_co], AnthropicCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """What streams of Anthropic have of their own."""

    __slots__ = ()

    @property
    def finish_reasons(self) -> list[FinishReason] | None:
        """Why the message ended; `None` while it goes on."""
        return self._run.fold.finish_reasons

    @property
    def usage(self) -> AnthropicUsage | None:
        """The token usage, or `None` while it is not known."""
        usage: AnthropicUsage | None = self._run.fold.usage
        return usage

    @property
    def thinking(self) -> str | None:
        """The model's thinking so far: Anthropic's word for reasoning."""
        return self.reasoning

    @property
    def signature(self) -> str | None:
        """The signature of the last block of thinking so far, or `None`."""
        response: AnthropicCallResponse[Any] = self._run.rebuild()
        return response.signature


class AnthropicStream(
    _AnthropicProperties[ToolT_co],
    BaseStream[AnthropicCallResponse[ToolT_co], AnthropicCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """A streamed answer of Anthropic: `for chunk, tool in stream`."""

    __slots__ = ()


class AsyncAnthropicStream(
    _AnthropicProperties[ToolT_co],
    BaseAsyncStream[AnthropicCallResponse[ToolT_co], AnthropicCallResponseChunk, ToolT_co],
    Coroutine[Any, Any, "AsyncAnthropicStream[ToolT_co]"],
    Generic[ToolT_co],
):
    """A streamed answer of Anthropic: `async for chunk, tool in stream`."""

    __slots__ = ()
