"""Time limits for blocking calls: a thread makes the call, so that its caller can give up on it.

Strategy: one worker thread per stream, only where a limit is set, doing one call at a time at the
caller's request; nothing is read ahead. A caller that gives up leaves the call to the worker,
which hands a late result to `discard` and ends.
"""

from __future__ import annotations

import contextvars
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, TypeAlias

from .types import Timeout

__all__ = [
    "SLACK_SECONDS",
    "Expired",
    "GivenUp",
    "Limits",
    "Worker",
    "limited",
    "without_limit",
]

Limit: TypeAlias = Literal["total", "first_chunk", "between_chunks"]

_END = object()
SLACK_SECONDS = 0.25
"""What an SDK gets beyond a deadline kept here: its own limit only ends what was given up."""
_LONG_SECONDS = 7 * 24 * 3600.0


class Expired(Exception):  # never leaves the library: a stream makes it its own
    """A time limit has passed; its cause, if any, is how the call failed after that."""

    def __init__(self, limit: Limit, seconds: float) -> None:
        super().__init__(limit, seconds)
        self.limit: Limit = limit
        self.seconds = seconds


class GivenUp(Exception):  # as above
    """An SDK asked for time to send a request when none was left."""


Due: TypeAlias = tuple[float, Limit, float]
"""When a step is due, by which limit, and that limit's seconds."""


def _due(limit: Limit, since: float, seconds: float | None) -> Due | None:
    return None if seconds is None else (since + seconds, limit, seconds)


class Limits:
    """The points in time until which a stream's next step may take.

    Args:
        timeout: The limits.
        started: When the first step began, on the clock that `due` is asked on.
    """

    __slots__ = ("_between", "_events", "_first", "_total", "_waiting_since")

    def __init__(self, timeout: Timeout, started: float) -> None:
        self._total = _due("total", started, timeout.total)
        self._first = _due("first_chunk", started, timeout.first_chunk)
        self._between = timeout.between_chunks
        self._events = 0
        self._waiting_since: float | None = None

    def arrived(self, events: int) -> None:
        """Note how many chunks have arrived: the wait for the next begins when it is asked for."""
        if events > self._events:
            self._events = events
            self._waiting_since = None

    def due(self, now: float) -> Due | None:
        """Give when a step that goes on now is due, by which limit, and its seconds."""
        if self._waiting_since is None:
            self._waiting_since = now
        step = self._first
        if self._events:
            step = _due("between_chunks", self._waiting_since, self._between)
        total = self._total
        return min(step, total) if step and total else step or total

    def judged(self, error: BaseException, *, ended: bool = False) -> BaseException:
        """Give what is to be raised for what the present step has raised.

        Args:
            error: What it has raised.
            ended: Whether that is because it was ended for a limit. Its failure is none of its
                own, too, if its limit had passed before.
        """
        now = time.monotonic()
        due = self.due(now)
        late = due is not None and due[0] <= now and isinstance(error, Exception)
        if due is None or not (ended or late):
            return error
        expired = Expired(due[1], due[2])
        expired.__cause__ = None if ended or isinstance(error, GivenUp) else error
        return expired

    def seconds_left(self) -> float:
        """Give the seconds until the next limit passes; infinite if there is none."""
        now = time.monotonic()
        due = self.due(now)
        return float("inf") if due is None else due[0] - now

    def seconds_allowed(self) -> float:
        """Give what an SDK is told whose waits are cancelled from outside.

        Before and after a limit holds, that is what `seconds_left` says. While one does, it is so
        long that it ends nothing: some HTTP libraries keep to the end what they were told at the
        beginning, and an SDK that is told nothing takes its client's own limit.
        """
        seconds = self.seconds_left()
        return _LONG_SECONDS if 0 < seconds < float("inf") else seconds


class Worker:
    """A thread that makes blocking calls one at a time, in its creator's context."""

    __slots__ = ("_calls", "_context", "_lock", "_results", "_started", "abandoned")

    def __init__(self) -> None:
        from queue import SimpleQueue

        self.abandoned = False
        self._started = False
        self._lock = threading.Lock()
        self._context = contextvars.copy_context()
        self._calls: SimpleQueue[tuple[Callable[[], Any], Callable[[Any], None]] | None]
        self._calls = SimpleQueue()
        self._results: SimpleQueue[tuple[Any, BaseException | None]] = SimpleQueue()

    def call(
        self, function: Callable[[], Any], limits: Limits, discard: Callable[[Any], None]
    ) -> Any:
        """Make a call and wait for it until the next limit passes.

        Args:
            function: The call to make.
            limits: The limits that hold now.
            discard: Is given the call's result (`None` if it raised), on the worker's thread,
                when the caller has given up waiting.

        Raises:
            Expired: A limit passed before the call returned, or before it failed.
        """
        from queue import Empty

        now = time.monotonic()
        due = limits.due(now)
        if due is not None and due[0] <= now:
            raise Expired(due[1], due[2])
        if not self._started:
            self._started = True
            threading.Thread(target=self._run, name="mirascope-timeout", daemon=True).start()
        self._calls.put((function, discard))
        try:
            result, error = self._results.get(timeout=None if due is None else due[0] - now)
        except Empty:
            assert due is not None  # noqa: S101  # without a due time the queue waits for ever
            if self._abandon():
                raise Expired(due[1], due[2]) from None
            result, error = self._results.get()
        except BaseException:
            self._abandon()
            raise
        if error is not None:
            raise limits.judged(error)
        return result

    def stop(self) -> None:
        """Let the thread end after the call it is making."""
        self._calls.put(None)

    def _abandon(self) -> bool:
        """Give the running call up; false if its result came in the meantime."""
        with self._lock:
            self.abandoned = self._results.empty()
            return self.abandoned

    def _run(self) -> None:
        while (item := self._calls.get()) is not None:
            function, discard = item
            result, error = None, None
            try:
                result = self._context.run(function)
            except BaseException as raised:  # noqa: BLE001  # handed over to the caller
                error = raised
            with self._lock:
                if not self.abandoned:
                    self._results.put((result, error))
                    del function, discard, result, error, item
                    continue
            discard(result)
            return


def limited(
    source: Iterable[Any],
    worker: Worker,
    limits: Limits,
    events: Callable[[], int],
    discard: Callable[[Any], None],
) -> Iterator[Any]:
    """Iterate a blocking source through a worker, so that each step keeps its limit.

    Args:
        source: What to iterate.
        worker: Makes the steps.
        limits: The limits.
        events: Gives how many chunks have arrived.
        discard: As for the worker's calls.

    Raises:
        Expired: A limit passed before the next item had come.
    """
    items = iter(source)
    while (item := worker.call(lambda: next(items, _END), limits, discard)) is not _END:
        yield item
        limits.arrived(events())


def without_limit(kwargs: Mapping[str, Any]) -> tuple[dict[str, Any], Callable[[], float]]:
    """Take `seconds_left` out of keyword arguments, where it travels beside those of the SDK.

    Returns:
        A copy of the other arguments, and what gives the seconds left: infinite without a limit.
    """
    others = dict(kwargs)
    return others, others.pop("seconds_left", _unlimited)


def _unlimited() -> float:
    return float("inf")
