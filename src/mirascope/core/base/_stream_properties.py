"""What synchronous and asynchronous streams share: every property, none of the loops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, Self

from typing_extensions import TypeVar

from ..errors import StreamError
from ._run import StreamRun
from .call_response import BaseCallResponse
from .tool import BaseTool
from .types import FinishReason, StreamPath, StreamState, Timeout, Usage

if TYPE_CHECKING:
    from .message_param import BaseMessageParam

__all__ = ["StreamProperties"]

ResponseT_co = TypeVar("ResponseT_co", covariant=True)
ChunkT_co = TypeVar("ChunkT_co", covariant=True)
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True)


# Editors that read no `Generic[...]` take the first base's order for that of the streams.
class StreamProperties(Generic[ResponseT_co, ChunkT_co, ToolT_co]):
    """The common properties of a call response, readable while its stream runs."""

    __slots__ = ("__weakref__", "_run", "_steps")

    _run: StreamRun

    def with_timeout(
        self,
        total: float | Timeout | None = None,
        *,
        first_chunk: float | None = None,
        between_chunks: float | None = None,
    ) -> Self:
        """Set the time limits of this stream, in place of those of its decorator.

        Args:
            total: Seconds from the first step until the end of the answer; or all limits, in
                place of the other arguments.
            first_chunk: Seconds from the first step until the first chunk.
            between_chunks: Seconds from one chunk until the next.

        Returns:
            This stream.

        Raises:
            StreamError: The stream was started already.
            ValueError: A limit is not a positive number.
        """
        if self._run.state != "pending":
            raise StreamError("Time limits must be set before the stream is started.")
        if isinstance(total, Timeout):
            self._run.timeout = total
        else:
            self._run.timeout = Timeout(total, first_chunk, between_chunks)
        return self

    @property
    def state(self) -> StreamState:
        """How the stream stands, and once it has ended, why."""
        return self._run.state

    @property
    def path(self) -> StreamPath:
        """How the stream is read: under the SDK's stream object, or through it."""
        return self._run.path

    @property
    def error(self) -> BaseException | None:
        """The exception that ended the stream, or `None`."""
        return self._run.error

    @property
    def content(self) -> str:
        """The text so far."""
        return self._run.fold.content

    @property
    def reasoning(self) -> str | None:
        """The model's reasoning so far, or `None` if it sent none."""
        return self._run.fold.reasoning

    @property
    def refusal(self) -> str | None:
        """The model's refusal so far, or `None` if it did not refuse."""
        return self._run.fold.refusal

    @property
    def finish_reasons(self) -> list[Any] | None:
        """Why the generation finished, in the provider's words; `None` while it goes on."""
        return self._run.fold.finish_reasons

    @property
    def common_finish_reasons(self) -> list[FinishReason] | None:
        """Why the generation finished, in provider-neutral words; `None` while it goes on."""
        if self._run.fold.finish_reasons is None:
            return None
        return self._snapshot.common_finish_reasons

    @property
    def model(self) -> str:
        """The name of the model that answers; until it is known, the one asked for."""
        return self._run.fold.model or self._run.context.model

    @property
    def id(self) -> str | None:
        """The answer's unique id, or `None` if it is not known."""
        return self._run.fold.id

    @property
    def usage(self) -> Any:
        """The provider's own usage object, or `None` while it is not known."""
        return self._run.fold.usage

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` while it is not known."""
        return self._run.fold.common_usage

    @property
    def input_tokens(self) -> int | None:
        """The number of tokens in the prompt, or `None` while it is not known."""
        usage = self.common_usage
        return None if usage is None else usage.input_tokens

    @property
    def output_tokens(self) -> int | None:
        """The number of tokens generated, or `None` while it is not known."""
        usage = self.common_usage
        return None if usage is None else usage.output_tokens

    @property
    def cached_tokens(self) -> int | None:
        """The number of prompt tokens read from a cache, or `None` while it is not known."""
        usage = self.common_usage
        return None if usage is None else usage.cached_tokens

    @property
    def cost(self) -> float | None:
        """The cost so far, where the model's prices were registered; see `costs`."""
        from ..costs import calculate_cost

        return calculate_cost(self.provider, self.model, self.common_usage)

    @property
    def tools(self) -> list[ToolT_co] | None:  # ty: ignore[invalid-generic-class]  # a new list
        """The tools completed so far, in order; `None` if there are none."""
        tools: list[Any] = list(self._run.fold.tools)
        return tools or None

    @property
    def tool(self) -> ToolT_co | None:
        """The first tool the model called; `None` if there is none."""
        tools = self.tools
        return tools[0] if tools else None

    @property
    def message_param(self) -> Any:
        """What has arrived, as a message in the provider's form."""
        return self._snapshot.message_param

    @property
    def common_message_param(self) -> BaseMessageParam:
        """What has arrived, as a provider-neutral message."""
        return self._snapshot.common_message_param

    @property
    def provider(self) -> str:
        """The provider's name."""
        return self._run.adapter.name

    @property
    def messages(self) -> list[Any]:
        """The prompt in the provider's own form."""
        return self._run.context.messages

    @property
    def user_message_param(self) -> Any:
        """The last message of the prompt if it is the user's, else `None`."""
        return self._snapshot.user_message_param

    @property
    def call_params(self) -> dict[str, Any]:
        """The call parameters as given to the decorator and the dynamic configuration."""
        return self._run.context.call_params

    @property
    def call_kwargs(self) -> dict[str, Any]:
        """The keyword arguments of the SDK's method."""
        return self._run.context.call_kwargs

    @property
    def tool_types(self) -> list[type[BaseTool]] | None:
        """The classes of the offered tools, or `None`."""
        return self._run.context.tool_types

    @property
    def fn_args(self) -> dict[str, Any]:
        """The arguments the decorated function was called with."""
        return self._run.context.fn_args

    @property
    def prompt_template(self) -> str | None:
        """The template's text, or `None`."""
        return self._run.context.prompt_template

    @property
    def dynamic_config(self) -> Mapping[str, Any] | None:
        """What the function returned as its dynamic configuration (without a client)."""
        return self._run.context.dynamic_config

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The call's metadata."""
        return self._run.context.metadata

    @property
    def start_time(self) -> float:
        """When the stream was started, in milliseconds since the epoch; 0 before."""
        return self._run.start_time

    @property
    def end_time(self) -> float:
        """When the stream ended, in milliseconds since the epoch; 0 before."""
        return self._run.end_time

    def tool_message_params(self, tools_and_outputs: Sequence[tuple[BaseTool, Any]]) -> list[Any]:
        """Give tools' outputs as messages in the provider's form, ready for the next prompt.

        Args:
            tools_and_outputs: Each tool the model called, with what it gave.
        """
        messages: list[Any] = self._run.adapter.response.tool_message_params(tools_and_outputs)
        return messages

    def _refuse_after_error(self) -> None:
        # Reading on after a failure must not look like the end of a whole answer.
        if self._run.error is not None:
            self._run.refuse_if_ended_early()

    @property
    def _snapshot(self) -> BaseCallResponse[Any, Any, Any]:
        response: BaseCallResponse[Any, Any, Any] = self._run.rebuild()
        return response

    def __str__(self) -> str:
        return "" if self._run.model is None else self.content

    def __repr__(self) -> str:
        run = self._run
        name = "" if run.model is None else f" {run.model!r}"
        return f"<{type(self).__name__}{name}: {run.state}, {run.events} events>"
