"""Streams of OpenAI.

The wire (https://platform.openai.com/docs/api-reference/chat-streaming) is folded by the shape in
`_shapes/chat_completions.py`; text is in `choices[].delta.content`, refusals in `delta.refusal`,
tool calls in `delta.tool_calls` by their index, usage (asked for by this library) in a last event
without choices. Servers that speak this wire with reasoning send it in `delta.reasoning_content`
or `delta.reasoning`.
"""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any, Generic

from openai.types.chat import ChatCompletion, ChatCompletionMessage
from openai.types.completion_usage import CompletionUsage
from typing_extensions import TypeVar

from .._shapes.chat_completions import ChatFold
from ..base._stream_properties import StreamProperties
from ..base.stream import BaseAsyncStream, BaseStream
from ..base.tool import BaseTool
from ._typed import typed
from .call_response import OpenAICallResponse
from .call_response_chunk import FinishReason, OpenAICallResponseChunk
from .tool import OpenAITool

__all__ = ["AsyncOpenAIStream", "OpenAIFold", "OpenAIStream"]

# Without an argument, `OpenAIStream` accepts every stream of `openai.call`.
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class OpenAIFold(ChatFold):
    """Folds a streamed chat completion into a `ChatCompletion`."""

    padding = "obfuscation"

    view: type[Any] = OpenAICallResponseChunk
    tool: type[BaseTool] = OpenAITool

    def native_call(self, data: dict[str, Any]) -> Any:
        """Build the SDK's tool call object."""
        message = typed(ChatCompletionMessage, {"role": "assistant", "tool_calls": [data]})
        return message.tool_calls[0] if message.tool_calls else None

    def native_response(self, data: dict[str, Any]) -> ChatCompletion:
        """Build the SDK's full response."""
        return typed(ChatCompletion, data)

    def native_usage(self, data: Mapping[str, Any]) -> CompletionUsage:
        """Build the SDK's usage object."""
        return typed(CompletionUsage, data)


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
