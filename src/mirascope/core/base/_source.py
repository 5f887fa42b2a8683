"""What a driver reads from: the bytes under an SDK's stream, or what the stream itself yields.

Both give the same thing, the steps of a few wire events at a time. Where the fast reader stops, the
bytes it has not used are put back under the stream, and the SDK's own iterator, unstarted until
then, goes on.

Text that an SDK cannot read after the provider has ended the answer is no part of it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any

from ._connection import end_was_read, ends_marked, put_back, take_body
from ._deadline import Expired, Limits, Worker, expire, limited
from ._fold import Step
from ._narrow import is_object
from ._reader import EventReader
from ._run import StreamRun

__all__ = ["AsyncSource", "Source", "reading_task", "timed", "until"]


class _Reading:
    """What both colours know of where they are."""

    __slots__ = ("_fold", "_items", "_last", "_over", "_pieces", "_reader", "_run", "_stream")

    _items: Any

    def __init__(self, run: StreamRun, stream: Any, reader: EventReader | None) -> None:
        self._run = run
        self._fold = run.fold
        self._stream = stream
        self._reader = reader
        fast = run.adapter.fast
        self._last = "" if fast is None else fast.wire.last
        self._over = False
        self._pieces: Any = None if reader is None else take_body(stream.response)

    def _steps(self, item: Any) -> Iterable[Step]:
        """The steps of one object of the SDK's."""
        self._run.events += 1
        steps = self._fold.feed_text(item)
        if steps is not None:
            return steps
        event, raw = self._run.adapter.read(item)
        if self._last and is_object(event) and event.get("type") == self._last:
            self._over = True
        return self._fold.feed(event, raw)

    def _note_end(self) -> None:
        """Note how the SDK's own iterator ended."""
        self._run.marked = ends_marked(self._run.response)

    def _hand_back(self, reader: EventReader, error: Exception | None) -> bool:
        """Let the SDK go on from where the reader stopped; false if there is nothing to go on with.

        An answer that was read to the end of its body without a rest is complete or cut off; the
        SDK could not tell more.
        """
        self._reader = None
        if reader.state == "done":
            end_was_read(self._stream.response)
            self._run.marked = True
            return False
        unused = reader.unused
        if reader.state == "more" and not unused and error is None:
            return False
        fast = self._run.adapter.fast
        marker = b"" if fast is None else fast.wire.end
        put_back(self._stream.response, unused, self._pieces, error=error, marker=marker)
        self._run.path = "handed_back"
        return True


class Source(_Reading):
    """Reads the wire events of an open stream.

    Args:
        run: The stream's run.
        stream: The SDK's stream object.
        reader: The fast reader, where the stream is untouched.
        timed: Puts an iterator under the time limits.
    """

    __slots__ = ("_timed",)

    def __init__(
        self,
        run: StreamRun,
        stream: Any,
        reader: EventReader | None,
        timed: Callable[[Iterator[Any]], Iterator[Any]],
    ) -> None:
        super().__init__(run, stream, reader)
        self._timed = timed
        self._items = timed(iter(stream) if reader is None else self._pieces)

    def read(self) -> Iterable[Step] | None:
        """Give the steps of the next events, maybe none of them yet; `None` at the end.

        They have to be asked for, all of them, before the next are read.

        Raises:
            Expired: A time limit passed.
        """
        if self._over:
            return None
        reader, error = self._reader, None
        if reader is None:
            try:
                item = next(self._items, None)
            except ValueError:
                if self._fold.complete:
                    return None
                raise
            if item is None:
                self._note_end()
                return None
            return self._steps(item)
        if reader.state == "more":
            try:
                data = next(self._items, None)
            except Expired:
                raise
            except Exception as raised:  # noqa: BLE001  # raised again where the SDK reads
                data, error = None, raised
            if data is not None:
                return reader.feed(data)
        if not self._hand_back(reader, error):
            return None
        self._items = self._timed(iter(self._stream))
        return self.read()


class AsyncSource(_Reading):
    """The asynchronous twin of `Source`."""

    __slots__ = ("_limits",)

    def __init__(
        self, run: StreamRun, stream: Any, reader: EventReader | None, limits: Limits | None
    ) -> None:
        super().__init__(run, stream, reader)
        self._limits = limits
        self._items = aiter(stream) if reader is None else self._pieces

    async def read(self) -> Iterable[Step] | None:
        """Give the steps of the next events, maybe none of them yet; `None` at the end.

        They have to be asked for, all of them, before the next are read.

        Raises:
            Expired: A time limit passed.
        """
        if self._over:
            return None
        reader, error = self._reader, None
        if reader is None:
            try:
                item = await self._next()
            except ValueError:
                if self._fold.complete:
                    return None
                raise
            if item is None:
                self._note_end()
                return None
            return self._steps(item)
        if reader.state == "more":
            try:
                data = await self._next()
            except Expired:
                raise
            except Exception as raised:  # noqa: BLE001  # raised again where the SDK reads
                data, error = None, raised
            if data is not None:
                return reader.feed(data)
        if not self._hand_back(reader, error):
            return None
        self._items = aiter(self._stream)
        return await self.read()

    def _next(self) -> Awaitable[Any]:
        self._run.waiting = reading_task()
        step = anext(self._items, None)
        return step if self._limits is None else until(step, self._limits)


def reading_task() -> tuple[asyncio.Task[Any], int] | None:
    """Give the task that reads, with the cancellations it knows of; `None` outside asyncio."""
    try:
        task = asyncio.current_task()
    except RuntimeError:
        return None
    return None if task is None else (task, task.cancelling())


async def until(step: Awaitable[Any], limits: Limits) -> Any:
    """Wait for a step until the next limit passes.

    Raises:
        Expired: A limit passed first.
    """
    now = time.monotonic()
    due = limits.due(now)
    if due is None:
        return await step
    scope = asyncio.timeout(max(due[0] - now, 0))
    try:
        async with scope:
            return await step
    except Exception as error:
        if scope.expired():
            raise Expired(due[1], due[2]) from None
        expire(due, error)
        raise


def timed(
    worker: Worker, limits: Limits, stream: Any, discard: Callable[[Any], None]
) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """Give a function that puts an iterator of a stream under its time limits."""
    return lambda items: limited(items, worker, limits, lambda _: discard(stream))
