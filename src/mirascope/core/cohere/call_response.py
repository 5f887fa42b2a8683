"""A full answer of Cohere, in either version of its chat."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic

from cohere import (
    ApiMeta,
    ChatCitation,
    Citation,
    NonStreamedChatResponse,
    ToolCall,
    V2ChatResponse,
)
from cohere import Usage as CohereUsage
from typing_extensions import TypeVar

from ..base._events import plain
from ..base._narrow import is_array, is_mapping, is_object, string
from ..base._tool_build import output_text, tool_outputs
from ..base.call_response import BaseCallResponse, Said
from ..base.tool import BaseTool, call_id, native_call
from ..base.types import FinishReason as CommonFinishReason
from ..base.types import Usage
from ._wire import arguments_object, common_finish_reasons, common_usage, reported
from .call_response_chunk import FinishReason

__all__ = ["CohereCallResponse"]

ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class CohereCallResponse(
    BaseCallResponse[V2ChatResponse | NonStreamedChatResponse, FinishReason, ToolT_co],
    Generic[ToolT_co],
):
    """A full reply; `response` is a `V2ChatResponse`.

    With a client of version 1 it is a `NonStreamedChatResponse`.
    """

    __slots__ = ()

    provider: str = "cohere"

    @property
    def _message(self) -> dict[str, Any]:
        """The data of the reply's message; that of version 1 has none."""
        message = plain(getattr(self.response, "message", None))
        return message if is_object(message) else {}

    def _joined(self, kind: str) -> str:
        content = self._message.get("content")
        blocks = filter(is_object, content if is_array(content) else ())
        return "".join(string(block.get(kind)) or "" for block in blocks)

    @property
    def content(self) -> str:
        """The text; the empty string if there is none. A plan to call tools is in `tool_plan`."""
        if isinstance(self.response, NonStreamedChatResponse):
            return string(self.response.text) or ""
        return self._joined("text")

    @property
    def tool_plan(self) -> str | None:
        """What the model wrote about the tools it calls, or `None` if it wrote nothing.

        Version 1 has no such field: there the plan is the text.
        """
        return string(self._message.get("tool_plan"))

    @property
    def reasoning(self) -> str | None:
        """The model's thinking, or `None` if there was none."""
        return self._joined("thinking") or None

    @property
    def citations(self) -> list[Citation | ChatCitation] | None:
        """The parts of the text with the sources they rest on, or `None` if there are none."""
        response: Any = self.response
        found = getattr(getattr(response, "message", response), "citations", None)
        return list(found) if is_array(found) and found else None

    @property
    def finish_reasons(self) -> list[FinishReason] | None:
        """Why the generation finished, as a list of one; `None` if Cohere did not say."""
        reason: Any = string(self.response.finish_reason)
        return None if reason is None else [reason]

    @property
    def common_finish_reasons(self) -> list[CommonFinishReason] | None:
        """Why the generation finished, in provider-neutral words."""
        has_calls = bool(getattr(self.response, "tool_calls", None))
        return common_finish_reasons(self.finish_reasons, has_calls=has_calls)

    @property
    def model(self) -> str:
        """The name of the model that was asked for: Cohere does not say which one answered."""
        return self._context.model

    @property
    def id(self) -> str | None:
        """The reply's unique id."""
        if isinstance(self.response, NonStreamedChatResponse):
            return string(self.response.generation_id)
        return string(self.response.id)

    @property
    def usage(self) -> CohereUsage | ApiMeta | None:
        """The token usage, or `None` if Cohere sent none.

        In version 1 it is the `meta` of the response.
        """
        response: Any = self.response
        usage = response.meta if isinstance(response, NonStreamedChatResponse) else response.usage
        return usage if reported(plain(usage)) else None

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` if Cohere sent none.

        These are the tokens that were read and written, cached ones included; those that are
        charged are in `usage.billed_units`.
        """
        return common_usage(reported(plain(self.usage)))

    def _calls(self) -> Iterator[tuple[Any, str, Any, str | None]]:
        """Each tool call: the SDK's object, its name, its arguments and its id."""
        response: Any = self.response
        calls = getattr(getattr(response, "message", response), "tool_calls", None)
        for call in calls if is_array(calls) else ():
            data = plain(call)
            if not is_object(data):
                continue
            given = data.get("function")
            function = given if is_object(given) else {}
            name = string(function.get("name", data.get("name"))) or ""
            arguments = function.get("arguments", data.get("parameters"))
            yield call, name, arguments, string(data.get("id"))

    @property
    def message_param(self) -> dict[str, Any]:
        """The answer as an assistant's message, ready to go into the next prompt.

        Thinking, plan and citations go back too. Arguments that were cut off go as far as they
        are an object.
        """
        if isinstance(self.response, NonStreamedChatResponse):
            param: dict[str, Any] = {"role": "CHATBOT", "message": self.content}
            calls = [
                {"name": name, "parameters": arguments_object(arguments) or {}}
                for _, name, arguments, _ in self._calls()
            ]
            return {**param, "tool_calls": calls} if calls else param
        message = self._message
        param = {"role": "assistant"}
        content = message.get("content")
        blocks = [block for block in content if _says(block)] if is_array(content) else []
        if blocks:
            param["content"] = blocks
        param |= {key: message[key] for key in ("tool_plan", "citations") if message.get(key)}
        calls = [
            {
                "id": identity or "",
                "type": "function",
                "function": {"name": name, "arguments": _sound(arguments)},
            }
            for _, name, arguments, identity in self._calls()
        ]
        if calls:
            param["tool_calls"] = calls
        return param if len(param) > 1 else {**param, "content": ""}

    def _said(self) -> Iterator[Said]:
        calls = list(self._calls())
        texts = [text for text in (self.tool_plan, self.content) if text]
        yield from texts if calls else ["\n\n".join(texts)]
        for _, name, arguments, identity in calls:
            yield name, arguments_object(arguments), identity

    @property
    def user_message_param(self) -> Any:
        """The last message of the prompt if it is the user's, else `None`."""
        last = self.messages[-1] if self.messages else None
        role = last.get("role") if is_mapping(last) else getattr(last, "role", None)
        return last if str(role).lower() == "user" else None

    @staticmethod
    def _tool_base() -> type[BaseTool]:
        from .tool import CohereTool

        return CohereTool

    def _read_tools(self, build: Callable[..., BaseTool]) -> list[BaseTool]:
        return [
            build(name=name, arguments=arguments, tool_call=call, id=identity)
            for call, name, arguments, identity in self._calls()
        ]

    @classmethod
    def tool_message_params(cls, tools_and_outputs: Sequence[tuple[BaseTool, Any]]) -> list[Any]:
        """Give tools' outputs as messages: one for each call, in version 1 one for all of them.

        Args:
            tools_and_outputs: Each tool the model called, with what it gave. Outputs that are
                not text are written as JSON.
        """
        messages: list[dict[str, Any]] = []
        results: list[dict[str, Any]] = []
        for tool, output in tool_outputs(tools_and_outputs):
            call, text = native_call(tool), output_text(output)
            if isinstance(call, ToolCall):
                parameters = arguments_object(plain(call.parameters)) or {}
                made = {"name": call.name, "parameters": parameters}
                results.append({"call": made, "outputs": [{"output": text}]})
            else:
                messages.append(
                    {"role": "tool", "tool_call_id": call_id(tool) or "", "content": text}
                )
        return [*messages, {"role": "TOOL", "tool_results": results}] if results else messages


def _says(block: Any) -> bool:
    """Whether a content block says anything; Cohere need not get an empty text back."""
    return is_object(block) and bool(block.get(str(block.get("type")), block))


def _sound(arguments: Any) -> str:
    """The arguments of a call as a JSON text of an object, as received where they are one."""
    if isinstance(arguments, str) and arguments.strip():
        try:
            if is_object(json.loads(arguments)):
                return arguments
        except ValueError:
            pass
    return json.dumps(arguments_object(arguments) or {})
