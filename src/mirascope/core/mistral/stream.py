"""Streams of Mistral.

The wire (https://docs.mistral.ai/api/endpoint/chat#operation-stream_chat) is folded by the shape in
`_shapes/chat_completions.py`. `choices[].delta.content` is a text, or a list of parts: texts, the
model's thinking, references. Tool calls are in `delta.tool_calls`, mostly each whole and all in the
event with the finish reason; their arguments are a text or an object, old replies do not number
them, and the id of a call without one is `"null"`. Usage comes unasked, in the last event.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, ClassVar, Generic

from mistralai.client.models import ChatCompletionResponse, ToolCall, UsageInfo
from typing_extensions import TypeVar

from .._shapes._chat_choice import ChatChoice, call_data
from .._shapes.chat_completions import ChatFold
from ..base._assemble import CallParts
from ..base._fold import Step
from ..base._narrow import is_array, is_object
from ..base._stream_properties import StreamProperties
from ..base.stream import BaseAsyncStream, BaseStream
from ..base.tool import BaseTool
from ..base.types import Usage
from ._content import ContentParts, text_of
from ._typed import typed
from .call_response import NO_ID, NO_USAGE, MistralCallResponse
from .call_response_chunk import FinishReason, MistralCallResponseChunk, usage_in_common
from .tool import MistralTool

__all__ = ["AsyncMistralStream", "MistralChoice", "MistralFold", "MistralStream"]

# Without an argument, `MistralStream` accepts every stream of `mistral.call`.
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class MistralChoice(ChatChoice):
    """What has arrived of one choice, its content in parts.

    Attributes:
        parts: The content.
    """

    __slots__ = ("parts",)

    numbers_calls: ClassVar[bool] = True

    def __init__(self, index: int, build: Callable[[CallParts], BaseTool]) -> None:
        super().__init__(index, build)
        self.parts: ContentParts = ContentParts()

    def add_message(self, delta: Mapping[str, Any]) -> None:
        """Take in a delta of the message, without its tool calls."""
        super().add_message({key: value for key, value in delta.items() if key != "content"})
        self.parts.add(delta.get("content"))

    def add_text(self, text: str) -> None:
        """Take in a piece of the message's text."""
        self.parts.add(text)

    def text_adder(self) -> Callable[[str], None]:
        """Give the shortest way to take in a piece of the message's text from now on."""
        return self.parts.text_adder()

    def add_call(self, delta: Mapping[str, Any]) -> None:
        """Take a tool call's delta in."""
        if delta.get("id") == NO_ID:
            delta = {key: value for key, value in delta.items() if key != "id"}
        super().add_call(delta)

    @property
    def text(self) -> str:
        """The message's text so far."""
        return self.parts.text

    def message_data(self) -> dict[str, Any]:
        """The choice's message as a response without streaming would have it."""
        message = {**super().message_data(), "content": self.parts.data()}
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

    def _feed(self, event: Any, raw: Any) -> Sequence[Step]:
        steps = super()._feed(event, raw)
        failure = _failure(event)
        if failure is not None:
            self.failure = failure
            # Nothing more will come that a finish could wait for.
            return [*steps, *self._release()]
        return steps

    def delta_text(self, delta: Mapping[str, Any]) -> str:
        """The text of a message delta."""
        return text_of(delta.get("content"))

    @property
    def reasoning(self) -> str | None:
        """The thinking of the first choice."""
        choice = self._choices.get(0)
        return choice.parts.reasoning if isinstance(choice, MistralChoice) else None

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


def _failure(event: Any) -> Any:
    """What an event says of a failure: that it is one, or that a choice ended in one."""
    if not is_object(event):
        return None
    if event.get("object") == "error" or event.get("error"):
        return event
    choices = event.get("choices")
    reasons = [each.get("finish_reason") for each in choices or () if is_object(each)]
    return {"finish_reason": "error"} if is_array(choices) and "error" in reasons else None


class _MistralProperties(
    StreamProperties[MistralCallResponse[ToolT_co], MistralCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """What streams of Mistral have of their own."""

    __slots__ = ()

    @property
    def finish_reasons(self) -> list[FinishReason] | None:
        """Why each choice finished, in their order; `None` while it goes on."""
        return self._run.fold.finish_reasons

    @property
    def usage(self) -> UsageInfo | None:
        """The token usage, or `None` while it is not known."""
        usage: UsageInfo | None = self._run.fold.usage
        return usage


class MistralStream(
    _MistralProperties[ToolT_co],
    BaseStream[MistralCallResponse[ToolT_co], MistralCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """A streamed answer of Mistral: `for chunk, tool in stream`."""

    __slots__ = ()


class AsyncMistralStream(
    _MistralProperties[ToolT_co],
    BaseAsyncStream[MistralCallResponse[ToolT_co], MistralCallResponseChunk, ToolT_co],
    Coroutine[Any, Any, "AsyncMistralStream[ToolT_co]"],
    Generic[ToolT_co],
):
    """A streamed answer of Mistral: `async for chunk, tool in stream`."""

    __slots__ = ()
