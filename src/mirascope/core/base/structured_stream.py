"""Structured streams: iterate the value of a response model while the model writes it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Self

from typing_extensions import TypeVar

from ..errors import SyncAsyncMismatch
from ._absent import ABSENT
from ._structured_properties import StructuredProperties
from .call_response import BaseCallResponse

if TYPE_CHECKING:
    from ._growth import Growth

__all__ = ["BaseAsyncStructuredStream", "BaseStructuredStream"]

T_co = TypeVar("T_co", covariant=True)
ItemT = TypeVar("ItemT")
StreamT_co = TypeVar("StreamT_co", covariant=True, default=Any)


class BaseStructuredStream(
    StructuredProperties[T_co, StreamT_co], Iterator[T_co], Generic[T_co, StreamT_co]
):
    """A streamed value: `for partial in stream`.

    Every step gives the value as far as it has arrived, when something has changed: of a class an
    instance with every field optional, of a list the items so far, of a text its beginning. The
    last step gives the complete, validated value, which has the response on `_response` where it
    can carry it. If the model calls a tool instead, there is no last step; see `tools`.

    Nothing is sent before the first step. Pausing, closing and `with` are those of the stream
    below, which is `stream`.
    """

    __slots__ = ()

    def __iter__(self) -> Self:
        iter(self._inner)
        return self

    def __next__(self) -> T_co:
        growth = self._growth
        if growth.ended:
            raise StopIteration
        value: T_co
        for chunk, _ in self._inner:
            value = growth.partial(chunk)
            if value is not ABSENT:
                return value
        value = growth.finish()
        if value is ABSENT:
            raise StopIteration
        return value

    def items(self: BaseStructuredStream[list[ItemT], Any]) -> Iterator[ItemT]:
        """Iterate the items of a list, each complete and validated, as soon as it is.

        Asked for before the stream is started, in place of its partial values.

        Raises:
            StreamError: The stream was started already.
            TypeError: The response model is no list.
            ValidationError: An item does not fit; `_response` is what has arrived.
        """
        self._growth.begin_items()
        return _items(self._inner, self._growth)

    if not TYPE_CHECKING:  # the checkers are to report these uses

        def __aiter__(self) -> NoReturn:
            self._inner.__aiter__()

        def __await__(self) -> NoReturn:
            self._inner.__await__()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the stream and close its connection; what arrived stays readable."""
        self._inner.close()

    def drain(self) -> Self:
        """Read the stream to its end.

        Returns:
            This stream.
        """
        for _ in self:
            pass
        return self

    def construct_call_response(self) -> BaseCallResponse[Any, Any, Any]:
        """Rebuild the full response, as `BaseStream.construct_call_response` does."""
        response: BaseCallResponse[Any, Any, Any] = self._inner.construct_call_response()
        return response


def _items(stream: Any, growth: Growth) -> Iterator[Any]:
    for chunk, _ in stream:
        yield from growth.new_items(chunk)
    growth.finish()


class BaseAsyncStructuredStream(
    StructuredProperties[T_co, StreamT_co],
    Coroutine[Any, Any, "BaseAsyncStructuredStream[T_co, StreamT_co]"],
    Generic[T_co, StreamT_co],
):
    """A streamed value: `async for partial in stream`.

    The asynchronous twin of `BaseStructuredStream`. It is iterated as it is, or awaited first,
    which runs the prompt function and sends nothing.
    """

    __slots__ = ()

    async def _ready(self) -> Self:
        await self._inner
        return self

    def __await__(self) -> Generator[Any, Any, Self]:
        return self._ready().__await__()

    def send(self, value: Any, /) -> Any:
        """Run the prompt function one step on; part of being a coroutine."""
        return self._as_own(self._inner.send, value)

    def throw(self, kind: Any, value: Any = None, traceback: Any = None, /) -> Any:
        """Raise an exception inside the prompt function; part of being a coroutine."""
        return self._as_own(self._inner.throw, kind, value, traceback)

    def _as_own(self, step: Callable[..., Any], *given: Any) -> Any:
        """Step the stream below, which is a coroutine too; what it gives in the end is this one."""
        try:
            return step(*given)
        except StopIteration:
            raise StopIteration(self) from None

    def close(self) -> None:
        """End the stream; its connection closes at the event loop's next turn."""
        self._inner.close()

    def __aiter__(self) -> Self:
        aiter(self._inner)
        return self

    async def __anext__(self) -> T_co:
        growth = self._growth
        if growth.ended:
            raise StopAsyncIteration
        value: T_co
        async for chunk, _ in self._inner:
            value = growth.partial(chunk)
            if value is not ABSENT:
                return value
        value = growth.finish()
        if value is ABSENT:
            raise StopAsyncIteration
        return value

    def items(self: BaseAsyncStructuredStream[list[ItemT], Any]) -> AsyncIterator[ItemT]:
        """Iterate the items of a list; the asynchronous twin of `BaseStructuredStream.items`.

        Raises:
            StreamError: The stream was started already.
            TypeError: The response model is no list.
            ValidationError: An item does not fit; `_response` is what has arrived.
        """
        self._growth.begin_items()
        return _aitems(self._inner, self._growth)

    if not TYPE_CHECKING:  # the checkers are to report this use

        def __iter__(self) -> NoReturn:
            raise SyncAsyncMismatch(
                "This is an asynchronous structured stream: use `async for value in ...`."
            )

    async def __aenter__(self) -> Self:
        return await self._ready()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """End the stream and close its connection; what arrived stays readable."""
        await self._inner.aclose()

    async def drain(self) -> Self:
        """Read the stream to its end.

        Returns:
            This stream.
        """
        async for _ in self:
            pass
        return self

    def construct_call_response(self) -> BaseCallResponse[Any, Any, Any]:
        """Rebuild the full response, as `BaseAsyncStream.construct_call_response` does.

        Raises:
            StreamNotFinished: The stream has not been read to its end.
        """
        response: BaseCallResponse[Any, Any, Any] = self._inner.construct_call_response()
        return response


async def _aitems(stream: Any, growth: Growth) -> AsyncIterator[Any]:
    async for chunk, _ in stream:
        for item in growth.new_items(chunk):
            yield item
    growth.finish()
