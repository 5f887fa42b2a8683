"""Views over chat completions: what a chunk, a response and a usage report say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from typing_extensions import TypeVar

from ..base._events import plain
from ..base._narrow import is_array, is_object
from ..base._tool_build import object_in, output_text, tool_outputs
from ..base.call_response import BaseCallResponse, Said
from ..base.call_response_chunk import BaseCallResponseChunk
from ..base.tool import BaseTool, call_id, tool_name
from ..base.types import FinishReason, Usage
from .chat_content import reasoning_in, text_of
from .chat_wire import (
    common_finish_reasons,
    common_usage,
    failed,
    is_cut_off,
    made_id,
    reasoning_of,
)

__all__ = ["ChatCallResponse", "ChatCallResponseChunk"]

ChunkT_co = TypeVar("ChunkT_co", covariant=True, default=Any)
ResponseT_co = TypeVar("ResponseT_co", covariant=True, default=Any)
FinishReasonT = TypeVar("FinishReasonT", bound=str, default=str)
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class ChatCallResponseChunk(BaseCallResponseChunk[ChunkT_co, FinishReasonT]):
    """A chunk of a streamed chat completion."""

    __slots__ = ()

    def _choice(self) -> Mapping[str, Any]:
        """The first choice, if this event says something of it that is not yet shown."""
        if self._echo or not is_object(self._event):
            return {}
        choices = self._event.get("choices")
        for choice in choices if is_array(choices) else ():
            if is_object(choice) and not choice.get("index"):
                return choice
        return {}

    def _delta(self) -> Mapping[str, Any]:
        delta = self._choice().get("delta")
        return delta if is_object(delta) else {}

    def _field(self, name: str) -> Any:
        return self._event.get(name) if is_object(self._event) else None

    @property
    def finish_reasons(self) -> list[FinishReasonT] | None:
        """Why each choice that ends with this chunk finished; `None` if none does."""
        choices = None if self._echo else self._field("choices")
        if not is_array(choices):
            return None
        reasons = [each.get("finish_reason") for each in choices if is_object(each)]
        return [reason for reason in reasons if reason] or None

    @property
    def common_finish_reasons(self) -> list[FinishReason] | None:
        """Why the generation finished, in provider-neutral words; `None` while it goes on."""
        return common_finish_reasons(self.finish_reasons)

    @property
    def model(self) -> str | None:
        """The name of the model that answers."""
        return self._field("model") or None

    @property
    def id(self) -> str | None:
        """The answer's unique id."""
        return self._field("id") or None

    @property
    def reasoning(self) -> str | None:
        """The model's reasoning in this chunk, or `None` if it has none."""
        delta = self._delta()
        return reasoning_of(delta) or reasoning_in(delta.get("content"))

    @property
    def refusal(self) -> str | None:
        """The model's refusal in this chunk, or `None` if it has none."""
        return self._delta().get("refusal") or None

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` if this chunk has none."""
        return common_usage(self._usage_data())

    def _usage_data(self) -> Mapping[str, Any] | None:
        usage = None if self._echo else self._field("usage")
        return usage if is_object(usage) else None


class ChatCallResponse(BaseCallResponse[ResponseT_co, FinishReasonT, ToolT_co]):
    """A full chat completion."""

    __slots__ = ()

    @property
    def _message(self) -> Any:
        response: Any = self.response
        return next((each.message for each in response.choices or () if not each.index), None)

    @property
    def _content(self) -> Any:
        """The content of the first choice as JSON data: a text, a list of parts, or `None`."""
        return plain(getattr(self._message, "content", None))

    @property
    def content(self) -> str:
        """The text of the first choice; the empty string if it has none."""
        return text_of(self._content)

    @property
    def finish_reasons(self) -> list[FinishReasonT] | None:
        """Why each choice finished, in the choices' order; `None` if none says."""
        response: Any = self.response
        reasons = [choice.finish_reason for choice in response.choices or ()]
        return [reason for reason in reasons if reason] or None

    @property
    def common_finish_reasons(self) -> list[FinishReason] | None:
        """Why the generation finished, in provider-neutral words."""
        return common_finish_reasons(self.finish_reasons)

    @property
    def model(self) -> str:
        """The name of the model that answered."""
        response: Any = self.response
        return getattr(response, "model", None) or self._context.model

    @property
    def id(self) -> str | None:
        """The answer's unique id."""
        response: Any = self.response
        return getattr(response, "id", None) or None

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` if the provider sent none."""
        return common_usage(plain(self.usage))

    @property
    def reasoning(self) -> str | None:
        """The reasoning of the first choice, in one of the places where servers put it."""
        message = self._message
        if message is None:
            return None
        extra: dict[str, Any] = message.model_extra or {}
        return reasoning_of({**vars(message), **extra}) or reasoning_in(self._content)

    @property
    def refusal(self) -> str | None:
        """The refusal of the first choice."""
        return getattr(self._message, "refusal", None) or None

    def _said(self) -> Iterator[Said]:
        yield self.content
        for _, identity, name, arguments in self._calls():
            yield name, object_in(arguments), identity

    def _calls(self) -> Iterator[tuple[Any, str | None, str, Any]]:
        """Each tool call of the first choice, with its id, its name and its arguments."""
        calls: Sequence[Any] = getattr(self._message, "tool_calls", None) or ()
        for place, call in enumerate(calls):
            call_id = self._call_id(call) or made_id(self.id, place)
            function = getattr(call, "function", None)
            if function is not None:
                yield call, call_id, function.name or "", function.arguments
                continue
            custom = getattr(call, "custom", None)
            yield call, call_id, getattr(custom, "name", ""), getattr(custom, "input", None)
        legacy = getattr(self._message, "function_call", None)
        # Some servers give one call in both forms.
        if legacy is not None and not calls:
            yield legacy, None, legacy.name or "", legacy.arguments

    @staticmethod
    def _call_id(call: Any) -> str | None:
        """The id of a tool call, or nothing for one without."""
        return getattr(call, "id", None)

    def _call_params(self) -> list[dict[str, Any]]:
        """The tool calls as they go into the next prompt: each has an id."""
        return [{**plain(call), "id": call_id} for call, call_id, *_ in self._calls() if call_id]

    @property
    def _reported(self) -> Any:
        response: Any = self.response
        choices = (each for each in response.choices or () if not each.index)
        reason = next((each.finish_reason for each in choices), None)
        return {"finish_reason": reason} if reason and failed(reason) else super()._reported

    def _read_tools(self, build: Callable[..., BaseTool]) -> list[BaseTool]:
        calls = list(self._calls())
        is_cut = is_cut_off(next(iter(self.finish_reasons or ()), None))
        return [
            build(
                name=name,
                arguments=arguments,
                tool_call=call,
                id=call_id,
                whole=not is_cut or place < len(calls),
            )
            for place, (call, call_id, name, arguments) in enumerate(calls, start=1)
        ]

    @classmethod
    def tool_message_params(cls, tools_and_outputs: Sequence[tuple[BaseTool, Any]]) -> list[Any]:
        """Give tools' outputs as messages, one for each tool call.

        Args:
            tools_and_outputs: Each tool the model called, with what it gave. Outputs that are
                not text are written as JSON.
        """
        return [_output_message(tool, output) for tool, output in tool_outputs(tools_and_outputs)]


def _output_message(tool: BaseTool, output: Any) -> dict[str, Any]:
    call, content = call_id(tool), output_text(output)
    if call is None:
        # Only the `function_call` of older models has no id.
        return {"role": "function", "name": tool_name(tool), "content": content}
    return {"role": "tool", "tool_call_id": call, "content": content}
