"""Streams: iterate the answer of a model while it is generated."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterator
from types import AsyncGeneratorType, TracebackType
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Self

from typing_extensions import TypeVar

from ..errors import StreamError, StreamNotFinished, SyncAsyncMismatch
from ._adapter import PreparedCall
from ._drivers import drive, drive_async, stop
from ._run import StreamRun
from ._stream_properties import StreamProperties
from .call_response import BaseCallResponse
from .call_response_chunk import BaseCallResponseChunk
from .tool import BaseTool

__all__ = ["BaseAsyncStream", "BaseStream"]

ResponseT_co = TypeVar("ResponseT_co", bound=BaseCallResponse[Any, Any, Any], covariant=True)
ChunkT_co = TypeVar("ChunkT_co", bound=BaseCallResponseChunk[Any, Any], covariant=True)
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True)

_USE_FOR = (
    "This is a synchronous stream: use `for chunk, tool in ...`, or decorate an `async def` to "
    "use `async for` and `await`."
)
_USE_ASYNC_FOR = (
    "This is an asynchronous stream: use `async for chunk, tool in ...`, or decorate a `def` to "
    "use `for`."
)


async def _refuse_to_prepare() -> NoReturn:
    raise StreamError("The prompt function of this stream is being run by another task.")


class BaseStream(
    StreamProperties[ResponseT_co, ChunkT_co, ToolT_co],
    Iterator[tuple[ChunkT_co, "ToolT_co | None"]],
    Generic[ResponseT_co, ChunkT_co, ToolT_co],
):
    """A streamed answer: `for chunk, tool in stream`.

    Nothing is sent before the first step. A stream that is dropped closes its connection at once;
    one that is kept in a variable is paused by `break` and goes on when it is iterated again.
    `with` closes it in every case. After any end, what arrived can be read from the stream.
    """

    __slots__ = ()

    def __init__(self, run: StreamRun) -> None:
        self._run = run
        self._steps: Generator[Any] = drive(run)

    def __iter__(self) -> Self:
        self._run.refuse_if_ended_early()
        return self

    def __next__(self) -> tuple[ChunkT_co, ToolT_co | None]:
        try:
            step: tuple[ChunkT_co, ToolT_co | None] = next(self._steps)
        except StopIteration:
            self._refuse_after_error()
            raise
        except ValueError as error:
            if inspect.getgeneratorstate(self._steps) == inspect.GEN_RUNNING:
                if self._run.state == "closed":
                    # Another thread is closing it.
                    raise StopIteration from None
                raise StreamError(
                    "This stream is being read by another thread: read it from one only."
                ) from error
            raise
        return step

    if not TYPE_CHECKING:  # the checkers are to report these uses

        def __aiter__(self) -> NoReturn:
            raise SyncAsyncMismatch(_USE_FOR)

        def __await__(self) -> NoReturn:
            raise SyncAsyncMismatch(_USE_FOR)

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
        """End the stream and close its connection; what arrived stays readable.

        Called by another thread than the one that reads it, it ends that one's loop; while the
        request is not answered yet, as soon as it is.
        """
        self._run.close()
        while True:
            try:
                self._steps.close()
            except ValueError:
                if inspect.getgeneratorstate(self._steps) != inspect.GEN_RUNNING:
                    # The other thread has just left its step: it can be closed now.
                    continue
                self._run.cut()
            return

    def drain(self) -> Self:
        """Read the stream to its end.

        Returns:
            This stream.
        """
        for _ in self:
            pass
        return self

    def construct_call_response(self) -> ResponseT_co:
        """Rebuild the full response, as a call without streaming would have given it.

        A stream that is not finished is read to its end first. Of one that was closed, timed out
        or failed, the response has what arrived, and its `complete` is false.
        """
        if self._run.state in ("pending", "open"):
            self.drain()
        response: ResponseT_co = self._run.rebuild()
        return response


class BaseAsyncStream(
    StreamProperties[ResponseT_co, ChunkT_co, ToolT_co],
    Generic[ResponseT_co, ChunkT_co, ToolT_co],
):
    """A streamed answer: `async for chunk, tool in stream`.

    It is iterated as it is, or awaited first: awaiting runs the prompt function and gives this
    stream; it sends nothing. It is its own coroutine, so that `asyncio.wait_for`, `gather`,
    `create_task` and task groups take it. Nothing is sent before the first step. A stream that is
    dropped closes its connection; `async with` closes it in every case.
    """

    # `AsyncIterator` is no base: with `Coroutine` beside it pyright finds no method order. Both
    # are matched by their methods.
    __slots__ = ("_coroutine", "_preparing")

    def __init__(
        self, run: StreamRun, preparing: Callable[[], Awaitable[PreparedCall]] | None = None
    ) -> None:
        self._run = run
        self._preparing = preparing
        self._coroutine: Coroutine[Any, Any, Any] | None = None
        driver: Any = drive_async(run)
        self._steps: AsyncGeneratorType[Any, None] | None = driver

    async def _ready(self) -> Self:
        if self._preparing is not None:
            preparing, self._preparing = self._preparing, _refuse_to_prepare
            try:
                prepared = await preparing()
            except BaseException:
                self._preparing = preparing
                raise
            self._run.prepare(prepared)
            self._preparing = None
        return self

    def __await__(self) -> Generator[Any, Any, Self]:
        return self._ready().__await__()

    def send(self, value: Any, /) -> Any:
        """Run the prompt function one step on; part of being a coroutine."""
        if self._coroutine is None:
            self._coroutine = self._ready()
        return self._coroutine.send(value)

    def throw(self, kind: Any, value: Any = None, traceback: Any = None, /) -> Any:
        """Raise an exception inside the prompt function; part of being a coroutine."""
        if self._coroutine is None:
            self._coroutine = self._ready()
        error = kind if value is None else value
        return self._coroutine.throw(
            error if traceback is None else error.with_traceback(traceback)
        )

    def close(self) -> None:
        """End the stream; its connection closes at the event loop's next turn.

        `aclose` also waits until the connection is closed.
        """
        coroutine = self._coroutine
        # One that a task is in is left to that task.
        if coroutine is not None and inspect.getcoroutinestate(coroutine) == inspect.CORO_CREATED:
            coroutine.close()
        self._run.close()
        if self._steps is not None and self._steps.ag_running:
            stop(self._run)
        # Its finaliser, set by the event loop, closes the connection.
        self._steps = None

    def __aiter__(self) -> Self:
        self._run.refuse_if_ended_early()
        return self

    async def __anext__(self) -> tuple[ChunkT_co, ToolT_co | None]:
        if self._preparing is not None:
            await self._ready()
        steps = self._steps
        if steps is None:
            raise StopAsyncIteration
        try:
            step: tuple[ChunkT_co, ToolT_co | None] = await steps.__anext__()
        except StopAsyncIteration:
            self._refuse_after_error()
            raise
        except RuntimeError as error:
            if steps.ag_running:
                if self._run.state == "closed":
                    # Another task is closing it.
                    raise StopAsyncIteration from None
                raise StreamError(
                    "This stream is being read by another task: read it from one only."
                ) from error
            raise
        return step

    if not TYPE_CHECKING:  # the checkers are to report this use

        def __iter__(self) -> NoReturn:
            raise SyncAsyncMismatch(_USE_ASYNC_FOR)

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
        """End the stream and close its connection; what arrived stays readable.

        Called by another task than the one that reads it, it ends that one's loop.

        Raises:
            StreamError: Another task reads it, and the event loop is not asyncio's.
        """
        from ._alarm import reading_task

        self._run.close()
        if self._steps is None:
            return
        if self._steps.ag_running and reading_task() is None:
            raise StreamError(
                "This stream is being read by another task: only asyncio lets it be ended from "
                "here, so cancel that task."
            )
        if self._steps.ag_running:
            await stop(self._run).wait()
        else:
            await self._steps.aclose()

    async def drain(self) -> Self:
        """Read the stream to its end.

        Returns:
            This stream.
        """
        async for _ in self:
            pass
        return self

    def construct_call_response(self) -> ResponseT_co:
        """Rebuild the full response, as a call without streaming would have given it.

        Of a stream that was closed, timed out or failed, the response has what arrived, and its
        `complete` is false.

        Raises:
            StreamNotFinished: The stream has not been read to its end.
        """
        if self._run.state in ("pending", "open"):
            raise StreamNotFinished(
                "This stream has not been read to its end: `await stream.drain()` first, or, to "
                "have the response of what arrived, `await stream.aclose()`."
            )
        response: ResponseT_co = self._run.rebuild()
        return response
