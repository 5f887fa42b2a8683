"""What synchronous and asynchronous structured streams share: every property, none of the loops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Self

from typing_extensions import TypeVar

from .tool import BaseTool, tool_name
from .types import FinishReason, StreamState, Timeout, Usage

if TYPE_CHECKING:
    from ._growth import Growth
    from .message_param import BaseMessageParam

__all__ = ["StructuredProperties"]

T_co = TypeVar("T_co", covariant=True)
StreamT_co = TypeVar("StreamT_co", covariant=True, default=Any)


class StructuredProperties(Generic[T_co, StreamT_co]):
    """What is known of a structured stream while it runs."""

    __slots__ = ("__weakref__", "_growth", "stream")

    def __init__(self, stream: Any, growth: Growth) -> None:
        """Make a structured stream of a stream and what grows from it."""
        self.stream: StreamT_co = stream
        """The stream of the answer itself, with all that is known of it."""
        self._growth = growth

    @property
    def _inner(self) -> Any:
        return self.stream

    def with_timeout(
        self,
        total: float | Timeout | None = None,
        *,
        first_chunk: float | None = None,
        between_chunks: float | None = None,
    ) -> Self:
        """Set the time limits of this stream, as `BaseStream.with_timeout` does.

        Raises:
            StreamError: The stream was started already.
            ValueError: A limit is not a positive number.
        """
        self._inner.with_timeout(total, first_chunk=first_chunk, between_chunks=between_chunks)
        return self

    @property
    def response_model(self) -> Any:
        """The response model as it was given."""
        return self._growth.response.annotation

    @property
    def constructed_response_model(self) -> T_co:
        """The complete, validated value.

        Raises:
            StreamNotFinished: The stream was not read to its end.
            StreamError: The model called a tool instead.
            ValidationError: The answer does not fit; `_response` is the response.
        """
        value: T_co = self._growth.complete()
        return value

    @property
    def tools(self) -> list[BaseTool] | None:
        """The tools that the model called, apart from the one that carries the answer."""
        tools: list[BaseTool] = self._inner.tools or []
        answer = self._growth.response.name
        return [tool for tool in tools if tool_name(tool) != answer] or None

    @property
    def state(self) -> StreamState:
        """How the stream stands, and once it has ended, why."""
        state: StreamState = self._inner.state
        return state

    @property
    def finish_reasons(self) -> list[Any] | None:
        """Why the generation finished, in the provider's words; `None` while it goes on."""
        reasons: list[Any] | None = self._inner.finish_reasons
        return reasons

    @property
    def common_finish_reasons(self) -> list[FinishReason] | None:
        """Why the generation finished, in provider-neutral words; `None` while it goes on."""
        reasons: list[FinishReason] | None = self._inner.common_finish_reasons
        return reasons

    @property
    def usage(self) -> Any:
        """The provider's own usage object, or `None` while it is not known."""
        return self._inner.usage

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` while it is not known."""
        usage: Usage | None = self._inner.common_usage
        return usage

    @property
    def input_tokens(self) -> int | None:
        """The number of tokens in the prompt, or `None` while it is not known."""
        tokens: int | None = self._inner.input_tokens
        return tokens

    @property
    def output_tokens(self) -> int | None:
        """The number of tokens generated, or `None` while it is not known."""
        tokens: int | None = self._inner.output_tokens
        return tokens

    @property
    def cached_tokens(self) -> int | None:
        """The number of prompt tokens read from a cache, or `None` while it is not known."""
        tokens: int | None = self._inner.cached_tokens
        return tokens

    @property
    def cost(self) -> float | None:
        """The cost so far, where the model's prices were registered."""
        cost: float | None = self._inner.cost
        return cost

    @property
    def model(self) -> str:
        """The name of the model that answers; until it is known, the one asked for."""
        model: str = self._inner.model
        return model

    @property
    def id(self) -> str | None:
        """The answer's unique id, or `None` if it is not known."""
        found: str | None = self._inner.id
        return found

    @property
    def message_param(self) -> Any:
        """What has arrived, as a message in the provider's form."""
        return self._inner.message_param

    @property
    def common_message_param(self) -> BaseMessageParam:
        """What has arrived, as a provider-neutral message."""
        message: BaseMessageParam = self._inner.common_message_param
        return message

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.response_model!r}: {self.stream!r}>"
