"""Time limits for asynchronous waits: the task that waits too long is cancelled.

Strategy: an alarm does not follow each wait with a timer. When its timer goes off it looks at how
long the present wait has lasted, and where that is not too long yet, it is set again for when it
will be. So a stream of many chunks that come in time costs a timer now and then.

That is why an alarm keeps the HTTP library's own limit on a read, too, where it can: a library
that makes a timer for each read spends much of a read's time on it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable
from typing import Any, TypeAlias

from ._deadline import SLACK_SECONDS, Expired, Limits, expire
from ._read_limit import ReadLimit

__all__ = ["Alarm", "ReadAlarm", "reading_task", "until"]

Reading: TypeAlias = tuple[asyncio.Task[Any], int]
"""A task that waits, with the number of its cancellations before."""


def reading_task() -> Reading | None:
    """Give the task that reads, with the cancellations it knows of; `None` outside asyncio."""
    try:
        task = asyncio.current_task()
    except RuntimeError:
        return None
    return None if task is None else (task, task.cancelling())


class Alarm:
    """Cancels a task whose wait takes too long, and again until it listens.

    Once, as `asyncio.timeout` does it, is not enough: an HTTP library can swallow a cancellation
    that comes at the moment when it has made its connection, and then waits for ever. In between,
    one that listens has time to close what it holds.

    Args:
        seconds: How long a wait may take.
    """

    __slots__ = ("_handle", "_loop", "_rang", "_reading", "_seconds", "_since")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._loop = asyncio.get_running_loop()
        self._handle: asyncio.TimerHandle | None = None
        self._reading: Reading | None = None
        self._since = 0.0
        self._rang = 0

    def begin(self, reading: Reading | None) -> None:
        """Note that a task begins to wait."""
        self._reading = reading
        self._since = self._loop.time()
        if self._handle is None:
            self._handle = self._loop.call_later(self._seconds, self._ring)

    def end(self) -> None:
        """Note that the wait is over."""
        if self._rang:
            self.stop()
        self._reading = None

    def _ring(self) -> None:
        self._handle = None
        if self._reading is None:
            return
        due = self._since + self._seconds
        if self._loop.time() < due:
            self._handle = self._loop.call_at(due, self._ring)
            return
        self._rang += 1
        self._reading[0].cancel()
        self._handle = self._loop.call_later(SLACK_SECONDS, self._ring)

    def stop(self) -> bool:
        """Cancel no more, and take back what was done; whether nobody else has cancelled it."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        rang, self._rang = self._rang, 0
        if not rang or self._reading is None:
            return False
        task, before = self._reading
        for _ in range(rang):
            task.uncancel()
        return task.cancelling() <= before

    def caused(self, error: BaseException) -> bool:
        """Whether it was this alarm that ended a wait; takes back what it has done."""
        rang = self._rang > 0
        alone = self.stop()
        return alone if isinstance(error, asyncio.CancelledError) else rang


class ReadAlarm(Alarm):
    """Keeps a limit on each read of a response's body that the HTTP library no longer keeps.

    Args:
        limit: The HTTP library's limit.
    """

    __slots__ = ("_limit",)

    def __init__(self, limit: ReadLimit) -> None:
        super().__init__(limit.seconds)
        self._limit = limit

    def failure(self) -> Exception:
        """Make what the HTTP library raises when a read has taken too long."""
        return self._limit.failure("")

    async def over(self, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """Give the pieces of a body to somebody who knows nothing of this alarm."""
        while True:
            self.begin(reading_task())
            try:
                piece = await anext(pieces)
            except StopAsyncIteration:
                return
            except (Exception, asyncio.CancelledError) as error:  # raised again
                if self.caused(error):
                    raise self.failure() from None
                raise
            finally:
                self.end()
            yield piece


async def until(step: Awaitable[Any], limits: Limits) -> Any:
    """Wait for a step until the next limit passes.

    Raises:
        Expired: A limit passed first.
    """
    now = time.monotonic()
    due = limits.due(now)
    if due is None:
        return await step
    alarm = Alarm(max(due[0] - now, 0))
    alarm.begin(reading_task())
    try:
        return await step
    except (Exception, asyncio.CancelledError) as error:
        if alarm.caused(error):
            raise Expired(due[1], due[2]) from None
        if isinstance(error, Exception):
            expire(due, error)
        raise
    finally:
        alarm.stop()
