"""The view over a full response that is the same for every provider."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeAlias

from pydantic_core import to_json
from typing_extensions import TypeVar

from ._adapter import CallContext
from ._narrow import is_mapping
from .tool import BaseTool
from .types import FinishReason, StreamState, Usage

if TYPE_CHECKING:
    from .message_param import BaseMessageParam

__all__ = ["BaseCallResponse", "Said"]

ResponseT_co = TypeVar("ResponseT_co", covariant=True, default=Any)
FinishReasonT = TypeVar("FinishReasonT", bound=str, default=str)
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)

Said: TypeAlias = "str | tuple[str, dict[str, Any] | None, str | None]"
"""A text of an answer; or a call, by the tool's name, the arguments and the id."""


class BaseCallResponse(Generic[ResponseT_co, FinishReasonT, ToolT_co]):
    """A full answer of a model.

    A view over the SDK's own response object and the call it answers. Reading a property does no
    I/O. Printing the response prints its text.

    Attributes:
        response: The SDK's own response object.
        start_time: When the request was made, in milliseconds since the epoch.
        end_time: When the answer was complete, in milliseconds since the epoch.
        state: How the answer came to its end; `"finished"` unless it was rebuilt from a stream
            that was closed, cut off, timed out or failed.
    """

    __slots__ = ("_context", "_tools", "end_time", "response", "start_time", "state")

    provider: str
    """The provider's name."""

    def __init__(
        self,
        response: ResponseT_co,
        context: CallContext,
        *,
        tools: Sequence[BaseTool] | None = None,
        start_time: float = 0,
        end_time: float = 0,
        state: StreamState = "finished",
    ) -> None:
        """Make a view.

        Args:
            response: The SDK's own response object.
            context: What the call was made with.
            tools: The tools, where a stream has built them already.
            start_time: Milliseconds since the epoch.
            end_time: Milliseconds since the epoch.
            state: How the answer came to its end.
        """
        self.response: ResponseT_co = response
        self.start_time: float = start_time
        self.end_time: float = end_time
        self.state: StreamState = state
        self._context = context
        self._tools = None if tools is None else list(tools)

    @property
    def complete(self) -> bool:
        """Whether the answer arrived whole."""
        return self.state == "finished"

    @property
    def content(self) -> str:
        """The text of the answer; the empty string if it has none."""
        raise NotImplementedError

    @property
    def finish_reasons(self) -> list[FinishReasonT] | None:
        """Why the generation finished, in the provider's words; `None` if it did not say."""
        raise NotImplementedError

    @property
    def common_finish_reasons(self) -> list[FinishReason] | None:
        """Why the generation finished, in provider-neutral words."""
        raise NotImplementedError

    @property
    def model(self) -> str:
        """The name of the model that answered."""
        raise NotImplementedError

    @property
    def id(self) -> str | None:
        """The answer's unique id, or `None` if the provider gives none."""
        raise NotImplementedError

    @property
    def usage(self) -> Any:
        """The provider's own usage object, or `None` if it sent none."""
        raise NotImplementedError

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` if the provider sent none."""
        raise NotImplementedError

    @property
    def message_param(self) -> Any:
        """The answer as a message in the provider's form, ready to go into the next prompt."""
        raise NotImplementedError

    @property
    def common_message_param(self) -> BaseMessageParam:
        """The answer as a provider-neutral message: text and tool calls are kept, in order."""
        from .messages import answer_message

        return answer_message(self._said())

    @property
    def reasoning(self) -> str | None:
        """The model's reasoning, or `None` if it sent none."""
        return None

    @property
    def refusal(self) -> str | None:
        """The model's refusal, or `None` if it did not refuse."""
        return None

    @property
    def _answer_text(self) -> str:
        """The text that an answer in JSON is read from: all of it, unless some is no answer."""
        return self.content

    def _response_data(self) -> Any:
        """Give the response for a dump: something that JSON can say, as far as possible."""
        return self.response

    @property
    def _reported(self) -> Any:
        """What the provider says of a failure with the status of a success, or `None`."""
        return None if self.finish_reasons else getattr(self.response, "error", None)

    def _said(self) -> Iterator[Said]:
        """Give the texts and the tool calls of the answer, in their order."""
        raise NotImplementedError

    @staticmethod
    def _tool_base() -> type[BaseTool]:
        """Give the provider's tool class, which is loaded with the first tool."""
        raise NotImplementedError

    def _read_tools(self, build: Callable[..., BaseTool]) -> list[BaseTool]:
        """Build the tools of the answer's tool calls with `build_tool`, which knows the classes."""
        raise NotImplementedError

    def _built_tools(self) -> list[BaseTool]:
        from ._tool_build import build_tool

        return self._read_tools(partial(build_tool, self._context.tools or {}, self._tool_base()))

    @classmethod
    def tool_message_params(cls, tools_and_outputs: Sequence[tuple[BaseTool, Any]]) -> list[Any]:
        """Give tools' outputs as messages in the provider's form, ready for the next prompt.

        Args:
            tools_and_outputs: Each tool the model called, with what it gave. Outputs that are
                not text are written as JSON.
        """
        raise NotImplementedError

    @property
    def tools(self) -> list[ToolT_co] | None:  # ty: ignore[invalid-generic-class]  # a new list
        """The tools the model called, in order; `None` if it called none.

        A call of a tool that was not offered, or with arguments that do not fit, is in the list
        with its `error` set; calling such a tool raises that error.
        """
        if self._tools is None:
            self._tools = self._built_tools() if self._context.tool_types else []
        tools: list[Any] = list(self._tools)
        return tools or None

    @property
    def tool(self) -> ToolT_co | None:
        """The first tool the model called; `None` if it called none."""
        tools = self.tools
        return tools[0] if tools else None

    @property
    def input_tokens(self) -> int | None:
        """The number of tokens in the prompt, or `None` if the provider did not say."""
        usage = self.common_usage
        return None if usage is None else usage.input_tokens

    @property
    def output_tokens(self) -> int | None:
        """The number of tokens generated, or `None` if the provider did not say."""
        usage = self.common_usage
        return None if usage is None else usage.output_tokens

    @property
    def cached_tokens(self) -> int | None:
        """The number of prompt tokens read from a cache, or `None` if the provider did not say."""
        usage = self.common_usage
        return None if usage is None else usage.cached_tokens

    @property
    def cost(self) -> float | None:
        """The cost of the call, where its model's prices were registered; see `costs`."""
        from ..costs import calculate_cost

        return calculate_cost(self.provider, self.model, self.common_usage)

    @property
    def messages(self) -> list[Any]:
        """The prompt in the provider's own form."""
        return self._context.messages

    @property
    def user_message_param(self) -> Any:
        """The last message of the prompt if it is the user's, else `None`.

        A message of tools' results is not the user's, also where the provider has them say it.
        """
        last = self.messages[-1] if self.messages else None
        role = last.get("role") if is_mapping(last) else getattr(last, "role", None)
        return last if role == "user" else None

    @property
    def call_params(self) -> dict[str, Any]:
        """The call parameters as given to the decorator and the dynamic configuration."""
        return self._context.call_params

    @property
    def call_kwargs(self) -> dict[str, Any]:
        """The keyword arguments the SDK's method was called with."""
        return self._context.call_kwargs

    @property
    def tool_types(self) -> list[type[BaseTool]] | None:
        """The classes of the offered tools, or `None`."""
        return self._context.tool_types

    @property
    def fn_args(self) -> dict[str, Any]:
        """The arguments the decorated function was called with."""
        return self._context.fn_args

    @property
    def prompt_template(self) -> str | None:
        """The template's text, or `None`."""
        return self._context.prompt_template

    @property
    def dynamic_config(self) -> Mapping[str, Any] | None:
        """What the function returned as its dynamic configuration (without a client)."""
        return self._context.dynamic_config

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The call's metadata."""
        return self._context.metadata

    def model_dump(self) -> dict[str, Any]:
        """Give the answer and its call as a dictionary of plain data.

        The SDK's objects are given as the wire had them: by the fields that were set. Values that
        JSON cannot hold are given by their `repr`. Headers of the call are left out, and so is the
        object that a method belongs to: what it holds is no part of the call.
        """
        from ._dump import dumped

        return dumped(self, self._response_data())

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """Give the answer and its call as JSON text.

        Args:
            indent: The number of spaces to indent by; `None` for one line.
        """
        return to_json(self.model_dump(), indent=indent).decode()

    def __str__(self) -> str:
        return self.content

    def __repr__(self) -> str:
        state = "" if self.complete else f", state={self.state!r}"
        return (
            f"{type(self).__name__}(content={self.content!r}, "
            f"finish_reasons={self.finish_reasons!r}{state})"
        )
