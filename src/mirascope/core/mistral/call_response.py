"""A full answer of Mistral."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, cast

from mistralai.client.models import AssistantMessageTypedDict, ChatCompletionResponse, UsageInfo
from typing_extensions import TypeVar

from .._shapes.chat_views import ChatCallResponse
from ..base._events import plain
from ..base._tool_build import output_text, tool_outputs
from ..base.tool import BaseTool, call_id, tool_name
from ..base.types import Usage
from ._content import unwrapped
from .call_response_chunk import FinishReason, usage_in_common

__all__ = ["NO_ID", "NO_USAGE", "MistralCallResponse"]

ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)

NO_ID = "null"
"""What the API writes, and the SDK fills in, for a tool call without an id."""

NO_USAGE: dict[str, int | None] = {
    "prompt_tokens": None,
    "completion_tokens": None,
    "total_tokens": None,
}
"""The report of a response whose tokens are not known: its class cannot be without one."""


class MistralCallResponse(
    ChatCallResponse[ChatCompletionResponse, FinishReason, ToolT_co], Generic[ToolT_co]
):
    """A full chat completion; `response` is a `ChatCompletionResponse`."""

    __slots__ = ()

    provider = "mistral"

    @staticmethod
    def _tool_base() -> type[BaseTool]:
        from .tool import MistralTool

        return MistralTool

    @property
    def _content(self) -> Any:
        return unwrapped(super()._content)

    @property
    def usage(self) -> UsageInfo | None:
        """The token usage, or `None` if the provider sent none."""
        usage: Any = self.response.usage
        return None if usage is None or plain(usage) == NO_USAGE else usage

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` if the provider sent none."""
        usage = self.usage
        return None if usage is None else usage_in_common(plain(usage))

    @property
    def message_param(self) -> AssistantMessageTypedDict:
        """The answer as an assistant's message, ready to go into the next prompt.

        Content that came in parts stays in parts: the thinking and its signature go back too.
        """
        content: Any = self._content
        param: dict[str, Any] = {"role": "assistant", "content": content or ""}
        if calls := self._call_params():
            param["tool_calls"] = calls
        return cast("AssistantMessageTypedDict", param)

    @staticmethod
    def _call_id(call: Any) -> str | None:
        """The id of a tool call, or `None` for one without."""
        found: str | None = call.id
        return None if found == NO_ID else found

    @classmethod
    def tool_message_params(cls, tools_and_outputs: Sequence[tuple[BaseTool, Any]]) -> list[Any]:
        """Give tools' outputs as messages, one for each tool call.

        Args:
            tools_and_outputs: Each tool the model called, with what it gave. Outputs that are
                not text are written as JSON.
        """
        return [
            {
                "role": "tool",
                "name": tool_name(tool),
                "tool_call_id": call_id(tool) or NO_ID,
                "content": output_text(output),
            }
            for tool, output in tool_outputs(tools_and_outputs)
        ]
