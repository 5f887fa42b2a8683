"""Time limits for asynchronous waits: the task that waits too long is cancelled.

Strategy: an alarm does not follow each wait with a timer. When its timer goes off it looks at when
the present wait is due, and where that is later, it is set again for then. So a stream of many
chunks that come in time costs a timer now and then.

That is why an alarm keeps the HTTP library's own limit on a read, too, where it can: a library
that makes a timer for each read spends much of a read's time on it.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable
from functools import partial
from typing import Any, Protocol, TypeAlias

from ..errors import StreamError
from ._deadline import SLACK_SECONDS

__all__ = ["Alarm", "TimeLimit", "check_loop", "reading_task", "until"]

_ROUND_SECONDS = 0.001
"""More than nothing, so that an event loop looks at its connections before it comes back."""

Reading: TypeAlias = tuple[asyncio.Task[Any], int]
"""A task that waits, with the number of its cancellations before."""


def reading_task() -> Reading | None:
    """Give the task that reads, with the cancellations it knows of; `None` outside asyncio."""
    try:
        task = asyncio.current_task()
    except RuntimeError:
        return None
    return None if task is None else (task, task.cancelling())


def check_loop() -> None:
    """Refuse to keep a limit where nothing could end a wait.

    Raises:
        StreamError: This is another event loop than asyncio's.
    """
    if reading_task() is None:
        raise StreamError(
            "The time limits of asynchronous calls need asyncio: in another event loop, put the "
            "call, or the loop over the stream, under that one's own limit."
        )


class TimeLimit(Protocol):
    """What an alarm keeps."""

    def seconds_left(self) -> float:
        """Give how long the wait that begins now may take; infinite if there is no limit."""
        ...

    def judged(self, error: BaseException, *, ended: bool) -> BaseException:
        """Give what is to be raised for what a wait has raised.

        Args:
            error: What it has raised.
            ended: Whether that is because it was ended for this limit.
        """
        ...


class Alarm:
    """Cancels a task whose wait takes too long, and again until it listens.

    Once, as `asyncio.timeout` does it, is not enough: an HTTP library can swallow a cancellation
    that comes at the moment when it has made its connection, and then waits for ever. In between,
    one that listens has time to close what it holds.

    Args:
        limit: The limit to keep.

    Attributes:
        limit: The same.
    """

    __slots__ = ("_due", "_handle", "_loop", "_rang", "_reading", "_set_for", "limit")

    def __init__(self, limit: TimeLimit) -> None:
        self.limit = limit
        self._loop = asyncio.get_running_loop()
        self._handle: asyncio.TimerHandle | None = None
        self._reading: Reading | None = None
        self._due = self._set_for = math.inf
        self._rang = 0

    def begin(self, reading: Reading | None) -> None:
        """Note that a task begins to wait."""
        self._reading = reading
        self._due = due = self._loop.time() + self.limit.seconds_left()
        # Of one and the same point in time, each look at the clock gives a little another.
        if due < self._set_for - _ROUND_SECONDS:
            self._set(due)

    def _set(self, when: float) -> None:
        if self._handle is not None:
            self._handle.cancel()
        self._set_for = when
        self._handle = self._loop.call_at(when, self._ring)

    def end(self) -> None:
        """Note that the wait is over, whatever came of it."""
        if self._rang:
            self.stop()
        self._reading = None

    def _ring(self, *, again: bool = False) -> None:
        self._handle, self._set_for = None, math.inf
        if self._reading is None:
            return
        if self._loop.time() < self._due:
            if self._due < math.inf:
                self._set(self._due)
        elif not again:
            # An event loop that is late has not looked yet at what arrived in time.
            look = partial(self._ring, again=True)
            self._handle = self._loop.call_later(_ROUND_SECONDS, look)
        else:
            self._rang += 1
            self._reading[0].cancel()
            self._handle = self._loop.call_later(SLACK_SECONDS, self._ring)

    def stop(self) -> bool:
        """Cancel no more, and take back what was done; whether nobody else has cancelled it."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle, self._set_for = None, math.inf
        rang, self._rang = self._rang, 0
        if not rang or self._reading is None:
            return False
        task, before = self._reading
        for _ in range(rang):
            task.uncancel()
        return task.cancelling() <= before

    def judged(self, error: BaseException) -> BaseException:
        """Give what a wait that failed raises; takes back what this alarm has done."""
        rang = self._rang > 0
        alone = self.stop()
        ended = alone if isinstance(error, asyncio.CancelledError) else rang
        return self.limit.judged(error, ended=ended)

    async def over(self, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """Give the pieces of a body to somebody who knows nothing of this alarm."""
        while True:
            piece = await self.kept(anext(pieces, None))
            if piece is None:
                return
            yield piece

    async def kept(self, step: Awaitable[Any]) -> Any:
        """Wait for something within the limit."""
        self.begin(reading_task())
        try:
            return await step
        except (Exception, asyncio.CancelledError) as error:
            judged = self.judged(error)
            if judged is error:
                raise
            raise judged from judged.__cause__
        finally:
            self.end()


async def until(step: Awaitable[Any], limit: TimeLimit) -> Any:
    """Wait for a step until a limit passes.

    Raises:
        Expired: It passed first.
    """
    alarm = Alarm(limit)
    try:
        return await alarm.kept(step)
    finally:
        alarm.stop()
