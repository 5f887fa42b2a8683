"""A full answer of Anthropic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, cast

from anthropic.types import Message, MessageParam
from anthropic.types import Usage as AnthropicUsage
from typing_extensions import TypeVar

from ..base._events import plain
from ..base._narrow import is_array, is_mapping, is_object, string
from ..base._tool_build import object_in, output_text, tool_outputs
from ..base.call_response import BaseCallResponse, Said
from ..base.tool import BaseTool, call_id, tool_error
from ..base.types import FinishReason as CommonFinishReason
from ..base.types import Usage
from ._wire import common_finish_reasons, common_usage, is_cut
from .call_response_chunk import FinishReason

__all__ = ["AnthropicCallResponse"]

ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class AnthropicCallResponse(BaseCallResponse[Message, FinishReason, ToolT_co], Generic[ToolT_co]):
    """A full message; `response` is a `Message`, its blocks in the order they came in."""

    __slots__ = ()

    provider: str = "anthropic"

    def _blocks(self, *kinds: str) -> list[tuple[Any, dict[str, Any]]]:
        """The content blocks of some types: the SDK's objects with their data."""
        content: Any = self.response.content
        found = ((block, plain(block)) for block in (content if is_array(content) else ()))
        return [
            (block, data)
            for block, data in found
            if is_object(data) and (not kinds or data.get("type") in kinds)
        ]

    def _joined(self, kind: str, field: str) -> str:
        return "".join(string(data.get(field)) or "" for _, data in self._blocks(kind))

    @property
    def content(self) -> str:
        """The text of all text blocks; the empty string if there is none."""
        return self._joined("text", "text")

    @property
    def finish_reasons(self) -> list[FinishReason] | None:
        """Why the message ended, as a list of one; `None` if it does not say."""
        reason: Any = string(self.response.stop_reason)
        return None if reason is None else [reason]

    @property
    def common_finish_reasons(self) -> list[CommonFinishReason] | None:
        """Why the generation finished, in provider-neutral words."""
        return common_finish_reasons(self.finish_reasons)

    @property
    def model(self) -> str:
        """The name of the model that answered."""
        return string(self.response.model) or self._context.model

    @property
    def id(self) -> str | None:
        """The message's unique id."""
        return string(self.response.id)

    @property
    def usage(self) -> AnthropicUsage | None:
        """The token usage, or `None` if Anthropic sent none."""
        usage: AnthropicUsage | None = self.response.usage
        return usage

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` if Anthropic sent none.

        `input_tokens` are all tokens of the prompt, those read from the cache and written to it
        included.
        """
        usage = plain(self.usage)
        return common_usage(usage) if is_object(usage) else None

    @property
    def reasoning(self) -> str | None:
        """The thinking of all blocks, or `None` if there was none."""
        return self._joined("thinking", "thinking") or None

    @property
    def thinking(self) -> str | None:
        """The model's thinking: Anthropic's word for reasoning."""
        return self.reasoning

    @property
    def signature(self) -> str | None:
        """The signature of the last block of thinking; each block keeps its own in `response`."""
        signed = [data["signature"] for _, data in self._blocks("thinking") if "signature" in data]
        return string(signed[-1]) if signed else None

    @property
    def refusal(self) -> str | None:
        """Why Anthropic had the model stop, or `None` if it did not say."""
        details = plain(getattr(self.response, "stop_details", None))
        return string(details.get("explanation")) if is_object(details) else None

    @property
    def message_param(self) -> MessageParam:
        """The answer as an assistant's message, ready to go into the next prompt.

        Every block goes back as it came, thinking with its signature. Left out is what Anthropic
        does not take back: blank text, and thinking whose signature did not arrive; and a message
        without blocks, where it is part of a prompt.
        """
        content = [_returned(data) for _, data in self._blocks() if _is_returnable(data)]
        return cast("MessageParam", {"role": "assistant", "content": content})

    @property
    def user_message_param(self) -> MessageParam | None:
        """The last message of the prompt if it is the user's and no tools' results, else `None`."""
        message: Any = super().user_message_param
        blocks = message.get("content") if is_mapping(message) else None
        kinds = [is_mapping(block) and block.get("type") for block in blocks or ()]
        are_results = kinds and set(kinds) == {"tool_result"}
        return None if are_results else cast("MessageParam | None", message)

    def _said(self) -> Iterator[Said]:
        text = ""
        for _, data in self._blocks("text", "tool_use"):
            if data["type"] == "text":
                text += string(data.get("text")) or ""
                continue
            yield text
            text = ""
            given = data.get("input")
            arguments = given if is_object(given) else None
            yield string(data.get("name")) or "", arguments, string(data.get("id"))
        yield text

    @staticmethod
    def _tool_base() -> type[BaseTool]:
        from .tool import AnthropicTool

        return AnthropicTool

    def _read_tools(self, build: Callable[..., BaseTool]) -> list[BaseTool]:
        last = next((block for block, _ in reversed(self._blocks())), None)
        return [
            build(
                name=string(data.get("name")) or "",
                arguments=data.get("input"),
                tool_call=block,
                id=string(data.get("id")),
                whole=block is not last or not is_cut(self.finish_reasons),
            )
            for block, data in self._blocks("tool_use")
        ]

    @classmethod
    def tool_message_params(cls, tools_and_outputs: Sequence[tuple[BaseTool, Any]]) -> list[Any]:
        """Give tools' outputs as one message of the user's, as Anthropic takes them.

        The result of a call with an error, and an exception, are marked as errors.

        Args:
            tools_and_outputs: Each tool the model called, with what it gave. Outputs that are
                not text are written as JSON.
        """
        content = [_result(tool, output) for tool, output in tool_outputs(tools_and_outputs)]
        return [{"role": "user", "content": content}] if content else []


def _is_returnable(block: dict[str, Any]) -> bool:
    if block.get("type") == "text":
        return bool((string(block.get("text")) or "").strip())
    return block.get("type") != "thinking" or bool(block.get("signature"))


def _returned(block: dict[str, Any]) -> dict[str, Any]:
    """A block as it goes back; arguments that were cut off, as far as they are an object."""
    given = block.get("input")
    if not isinstance(given, str):
        return block
    return {**block, "input": object_in(given, allow_partial="trailing-strings") or {}}


def _result(tool: BaseTool, output: Any) -> dict[str, Any]:
    result = {
        "type": "tool_result",
        "tool_use_id": call_id(tool) or "",
        "content": output_text(output),
    }
    failed = tool_error(tool) is not None or isinstance(output, Exception)
    return {**result, "is_error": True} if failed else result
