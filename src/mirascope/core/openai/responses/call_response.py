"""A full answer of OpenAI's Responses API."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, cast

from openai.types.responses import Response, ResponseInputItemParam, ResponseUsage
from typing_extensions import TypeVar

from ...base._events import plain
from ...base._narrow import is_array, is_object, string
from ...base._tool_build import object_in, output_text, tool_outputs
from ...base.call_response import BaseCallResponse, Said
from ...base.tool import BaseTool, call_id, native_call
from ...base.types import FinishReason as CommonFinishReason
from ...base.types import Usage
from ._wire import (
    CALLS,
    common_finish_reasons,
    common_usage,
    finish_reason,
    is_answer,
    is_called,
    is_cut,
    reasoning,
    refusal,
    text,
)
from .call_response_chunk import FinishReason

__all__ = ["OpenAIResponsesCallResponse"]

_CREATOR = "created_by"
_NULLS: Mapping[str, tuple[str, ...]] = {
    "code_interpreter_call": ("code", "outputs"),
    "image_generation_call": ("result",),
}
"""The fields of items that have to be there, though they may be null."""

ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class OpenAIResponsesCallResponse(
    BaseCallResponse[Response, FinishReason, ToolT_co], Generic[ToolT_co]
):
    """A full response; `response` is a `Response`, its items in the order they came in."""

    __slots__ = ()

    provider: str = "openai"

    def _field(self, name: str) -> Any:
        return plain(getattr(self.response, name, None))

    def _items(self) -> list[Any]:
        output = self._field("output")
        return output if is_array(output) else []

    @property
    def _finish_reason(self) -> str | None:
        names = ("status", "incomplete_details")
        return finish_reason({name: self._field(name) for name in names})

    @property
    def content(self) -> str:
        """The text of all messages; the empty string if there is none."""
        return text(self._items())

    @property
    def _answer_text(self) -> str:
        items = [item for item in self._items() if is_object(item)]
        return text(filter(is_answer, items)) or text(items)

    @property
    def finish_reasons(self) -> list[FinishReason] | None:
        """Why the answer ended, as a list of one; `None` if it has not, as in the background."""
        reason: Any = self._finish_reason
        return None if reason is None else [reason]

    @property
    def common_finish_reasons(self) -> list[CommonFinishReason] | None:
        """Why the generation finished, in provider-neutral words."""
        return common_finish_reasons(self._finish_reason, called=is_called(self._items()))

    @property
    def model(self) -> str:
        """The name of the model that answered."""
        return string(self._field("model")) or self._context.model

    @property
    def id(self) -> str | None:
        """The response's unique id, which a later call can take as `previous_response_id`."""
        return string(self._field("id"))

    @property
    def usage(self) -> ResponseUsage | None:
        """The token usage, or `None` if OpenAI sent none."""
        usage: ResponseUsage | None = getattr(self.response, "usage", None)
        return usage

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` if OpenAI sent none.

        `input_tokens` are all tokens of the prompt, those read from a cache included;
        `output_tokens` are all tokens generated, reasoning included.
        """
        usage = self._field("usage")
        return common_usage(usage) if is_object(usage) else None

    @property
    def reasoning(self) -> str | None:
        """The summary of the model's reasoning, or the reasoning where a server sends it."""
        return reasoning(self._items())

    @property
    def refusal(self) -> str | None:
        """The model's refusal, or `None` if it did not refuse."""
        return refusal(self._items())

    @property
    def message_param(self) -> list[ResponseInputItemParam]:
        """The answer's items, ready to go into the next prompt, one by one or as the list.

        Every item goes back as it came: reasoning with its id and its encrypted content, calls,
        what ran at OpenAI. Left out is what OpenAI does not take back: reasoning that nothing
        follows, reasoning that was neither stored nor sent encrypted, nulls where they may be
        left out, and who created an item.
        """
        items = [item for item in self._items() if is_object(item)]
        while items and items[-1].get("type") == "reasoning":
            items.pop()
        is_stored = self._field("store") is not False
        kept = [
            _returned(item)
            for item in items
            if is_stored or item.get("type") != "reasoning" or item.get("encrypted_content")
        ]
        return cast("list[ResponseInputItemParam]", kept)

    def _said(self) -> Iterator[Said]:
        for item in self._items():
            yield text([item])
            for data, name, arguments in _calls([item]):
                yield name, object_in(arguments), string(data.get("call_id"))

    @property
    def _reported(self) -> Any:
        """What OpenAI says of a failure, with the response's status or without one, or `None`."""
        if self._field("status") != "failed":
            return super()._reported
        return self._field("error") or {"status": "failed"}

    @staticmethod
    def _tool_base() -> type[BaseTool]:
        from .tool import OpenAIResponsesTool

        return OpenAIResponsesTool

    def _read_tools(self, build: Callable[..., BaseTool]) -> list[BaseTool]:
        items: Any = self.response.output
        return [
            build(
                name=name,
                arguments=arguments,
                tool_call=item,
                id=string(data.get("call_id")),
                whole=not is_cut(data),
            )
            for item in (items if is_array(items) else ())
            for data, name, arguments in _calls([plain(item)])
        ]

    @classmethod
    def tool_message_params(cls, tools_and_outputs: Sequence[tuple[BaseTool, Any]]) -> list[Any]:
        """Give tools' outputs as items of the next prompt, one for each call.

        Args:
            tools_and_outputs: Each tool the model called, with what it gave. Outputs that are
                not text are written as JSON.
        """
        return [_output_item(tool, output) for tool, output in tool_outputs(tools_and_outputs)]


def _calls(items: Sequence[Any]) -> Iterator[tuple[Mapping[str, Any], str, str]]:
    """Each call among some items, with its name and its arguments."""
    for item in items:
        place = CALLS.get(str(item.get("type"))) if is_object(item) else None
        if place is not None:
            yield item, string(item.get("name")) or "", string(item.get(place)) or ""


def _returned(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item as it goes back."""
    nulls = _NULLS.get(str(item.get("type")), ())
    kept = {
        key: value
        for key, value in item.items()
        if key != _CREATOR and (value is not None or key in nulls)
    }
    output = kept.get("output")
    if is_array(output):
        kept["output"] = [_without_creator(each) for each in output]
    return kept


def _without_creator(part: Any) -> Any:
    if not is_object(part):
        return part
    return {key: value for key, value in part.items() if key != _CREATOR}


def _output_item(tool: BaseTool, output: Any) -> dict[str, Any]:
    called = getattr(native_call(tool), "type", None)
    kind = "custom_tool_call_output" if called == "custom_tool_call" else "function_call_output"
    return {"type": kind, "call_id": call_id(tool) or "", "output": output_text(output)}
