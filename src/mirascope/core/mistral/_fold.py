"""How a stream of Mistral is folded.

The wire (https://docs.mistral.ai/api/endpoint/chat#operation-stream_chat) is folded by the shape in
`_shapes/chat_completions.py`. `choices[].delta.content` is a text, or a list of parts: texts, the
model's thinking, references. Tool calls are in `delta.tool_calls`, mostly each whole and all in the
event with the finish reason; their arguments are a text or an object, old replies do not number
them, and the id of a call without one is `"null"`. Usage comes unasked, in the last event.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from mistralai.client.models import ChatCompletionResponse, ToolCall, UsageInfo

from .._shapes._chat_choice import ChatChoice, call_data
from .._shapes.chat_completions import ChatFold
from ..base._assemble import CallParts
from ..base._fold import Step
from ..base.tool import BaseTool
from ..base.types import Usage
from ._typed import typed
from ._wire import reported
from .call_response import NO_ID, NO_USAGE
from .call_response_chunk import MistralCallResponseChunk, usage_in_common
from .tool import MistralTool

__all__ = ["MistralChoice", "MistralFold"]


class MistralChoice(ChatChoice):
    """What has arrived of one choice."""

    __slots__ = ()

    numbers_calls: ClassVar[bool] = True

    def add_call(self, delta: Mapping[str, Any]) -> None:
        """Take a tool call's delta in."""
        if delta.get("id") == NO_ID:
            delta = {key: value for key, value in delta.items() if key != "id"}
        super().add_call(delta)

    def message_data(self) -> dict[str, Any]:
        """The choice's message as a response without streaming would have it."""
        message = super().message_data()
        if self.tools.calls:
            calls = [_as_received(call_data(call), call) for call in self.tools.calls]
            message["tool_calls"] = calls
        return message


def _as_received(data: dict[str, Any], call: CallParts) -> dict[str, Any]:
    """A tool call without an id or a type that the wire did not give it."""
    said = {"id": call.id is not None, "type": "type" in call.extra}
    return {key: value for key, value in data.items() if said.get(key, True)}


class MistralFold(ChatFold):
    """Folds a streamed chat completion into a `ChatCompletionResponse`."""

    view: type[Any] = MistralCallResponseChunk
    tool: type[BaseTool] = MistralTool
    choice: type[ChatChoice] = MistralChoice
    padding = "p"

    def feed_text(self, raw: Any) -> Step | None:
        """Take the next event in, if it differs from the last one in its text alone."""
        # Every object that the SDK yields has its chunk in `data`.
        return super().feed_text(raw if raw.__class__ is bytes else raw.data)

    def reported(self, event: Mapping[str, Any]) -> Any:
        """What an event says of a failure, or `None`."""
        return reported(event)

    @property
    def common_usage(self) -> Usage | None:
        """The usage in provider-neutral terms."""
        return usage_in_common(self.usage_data)

    def native_call(self, data: dict[str, Any]) -> ToolCall:
        """Build the SDK's tool call object."""
        # The SDK has its own word for an id that is missing.
        return typed(ToolCall, {key: item for key, item in data.items() if item is not None})

    def native_response(self, data: dict[str, Any]) -> ChatCompletionResponse:
        """Build the SDK's full response."""
        # Without a report, the SDK would count zero tokens.
        return typed(ChatCompletionResponse, {**data, "usage": self.usage_data or NO_USAGE})

    def native_usage(self, data: Mapping[str, Any]) -> UsageInfo:
        """Build the SDK's usage object."""
        return typed(UsageInfo, data)
