"""How a stream of OpenAI is folded.

The wire (https://platform.openai.com/docs/api-reference/chat-streaming) is folded by the shape in
`_shapes/chat_completions.py`; text is in `choices[].delta.content`, refusals in `delta.refusal`,
tool calls in `delta.tool_calls` by their index, usage (asked for by this library) in a last event
without choices. Servers that speak this wire with reasoning send it in `delta.reasoning_content`
or `delta.reasoning`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openai.types.chat import ChatCompletion, ChatCompletionMessage
from openai.types.completion_usage import CompletionUsage

from .._shapes.chat_completions import ChatFold
from ..base.tool import BaseTool
from ._typed import typed
from .call_response_chunk import OpenAICallResponseChunk
from .tool import OpenAITool

__all__ = ["OpenAIFold"]


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
