"""A full answer of Groq."""

from __future__ import annotations

from typing import Any, Generic, cast

from groq.types.chat import ChatCompletion, ChatCompletionAssistantMessageParam
from groq.types.completion_usage import CompletionUsage
from typing_extensions import TypeVar

from .._shapes.chat_views import ChatCallResponse
from ..base._events import plain
from ..base.tool import BaseTool
from .call_response_chunk import FinishReason

__all__ = ["GroqCallResponse"]

ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)

# The API refuses messages with anything else, the reasoning of many models included.
_OF_MESSAGE = ("content", "tool_calls", "function_call")


class GroqCallResponse(ChatCallResponse[ChatCompletion, FinishReason, ToolT_co], Generic[ToolT_co]):
    """A full chat completion; `response` is a `ChatCompletion`."""

    __slots__ = ()

    provider = "groq"

    @staticmethod
    def _tool_base() -> type[BaseTool]:
        from .tool import GroqTool

        return GroqTool

    @property
    def usage(self) -> CompletionUsage | None:
        """The token usage, or `None` if the provider sent none."""
        return self.response.usage

    @property
    def message_param(self) -> ChatCompletionAssistantMessageParam:
        """The answer as an assistant's message, ready to go into the next prompt."""
        message: Any = plain(self._message) if self._message is not None else {}
        param: dict[str, Any] = {"role": "assistant"}
        param |= {key: message[key] for key in _OF_MESSAGE if message.get(key) is not None}
        if message.get("tool_calls"):
            param["tool_calls"] = self._call_params()
        if len(param) == 1:
            param["content"] = ""
        return cast("ChatCompletionAssistantMessageParam", param)

    @property
    def executed_tools(self) -> list[Any] | None:
        """The tools that ran at the provider, in their order; `None` if none did.

        Each is the SDK's own object, with `type`, `arguments` and `output`.
        """
        tools: list[Any] | None = getattr(self._message, "executed_tools", None)
        return list(tools) if tools else None
