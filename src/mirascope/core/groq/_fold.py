"""How a stream of Groq is folded.

The wire (https://console.groq.com/docs/api-reference#chat-create) is folded by the shape in
`_shapes/chat_completions.py`; text is in `choices[].delta.content`, reasoning in `delta.reasoning`
(where `reasoning_format` is `"parsed"`), tool calls in `delta.tool_calls`, mostly each whole in
one delta. Token counts come under `x_groq.usage` of the event with the finish reason, under its
`usage`, and, since this library asks for them, in a last event without choices. Tools that run at
the provider are in `delta.executed_tools`, each told again by its index when it is done.
`x_groq.error` says why a stream was stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from groq.types.chat import ChatCompletion, ChatCompletionMessage
from groq.types.completion_usage import CompletionUsage

from .._shapes._chat_choice import ChatChoice
from .._shapes.chat_completions import ChatFold
from ..base._assemble import CallParts
from ..base._narrow import is_array, is_object
from ..base._typed import typed
from ..base.tool import BaseTool
from .call_response_chunk import GroqCallResponseChunk, counts_in, usage_of
from .tool import GroqTool

__all__ = ["GroqChoice", "GroqFold"]


_MOVED = ("usage", "usage_breakdown")


class GroqChoice(ChatChoice):
    """What has arrived of one choice, with the tools that ran at the provider."""

    __slots__ = ("_executed",)

    def __init__(self, index: int, build: Callable[[CallParts], BaseTool]) -> None:
        super().__init__(index, build)
        self._executed: dict[Any, dict[str, Any]] = {}

    def add_message(self, delta: Mapping[str, Any]) -> None:
        """Take in a delta of the message, without its tool calls."""
        tools = delta.get("executed_tools")
        if not is_array(tools):
            super().add_message(delta)
            return
        super().add_message({**delta, "executed_tools": None})
        for position, tool in enumerate(tools):
            if not is_object(tool):
                continue
            # A report of a tool that is known already is no piece: it says all of it again.
            said = {key: value for key, value in tool.items() if value is not None}
            place = tool.get("index")
            known = self._executed.setdefault(place if isinstance(place, int) else position, {})
            known.update({**tool, **known, **said})

    def message_data(self) -> dict[str, Any]:
        """The choice's message as a response without streaming would have it."""
        message = super().message_data()
        if self._executed:
            message["executed_tools"] = [dict(tool) for tool in self._executed.values()]
        return message


class GroqFold(ChatFold):
    """Folds a streamed chat completion into a `ChatCompletion`."""

    view: type[Any] = GroqCallResponseChunk
    tool: type[BaseTool] = GroqTool
    choice: type[ChatChoice] = GroqChoice
    usage_follows: bool = True

    def reported(self, event: Mapping[str, Any]) -> Any:
        """What an event says of a failure, or `None`."""
        x_groq = event.get("x_groq")
        error = x_groq.get("error") if is_object(x_groq) else None
        return error or super().reported(event)

    @property
    def usage_data(self) -> Mapping[str, Any] | None:
        """The usage on the wire."""
        return usage_of(self._top)

    def native_call(self, data: dict[str, Any]) -> Any:
        """Build the SDK's tool call object."""
        fields = {"role": "assistant", "tool_calls": [data]}
        message = typed(ChatCompletionMessage, fields, ChatCompletionMessage.construct)
        return message.tool_calls[0] if message.tool_calls else None

    def native_response(self, data: dict[str, Any]) -> ChatCompletion:
        """Build the SDK's full response, with the usage where a response has it: at its top."""
        x_groq = data.get("x_groq")
        if is_object(x_groq):
            moved = {"usage_breakdown"} if counts_in(x_groq) is None else set(_MOVED)
            rest = {key: value for key, value in x_groq.items() if key not in moved}
            breakdown = data.get("usage_breakdown") or x_groq.get("usage_breakdown")
            data = {**data, "x_groq": rest, "usage": usage_of(data), "usage_breakdown": breakdown}
        return typed(ChatCompletion, data, ChatCompletion.construct)

    def native_usage(self, data: Mapping[str, Any]) -> CompletionUsage:
        """Build the SDK's usage object."""
        return typed(CompletionUsage, data, CompletionUsage.construct)
