"""Time limits, and the thread that makes a blocking call for a caller that may give up."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import threading
import time
from typing import Any

import pytest

from mirascope.core import Timeout
from mirascope.core.base._alarm import until
from mirascope.core.base._deadline import Expired, GivenUp, Limits, Worker, limited

NONE = Limits(Timeout(), 0)


def soon(seconds: float = 0.05) -> Limits:
    """Limits that pass soon."""
    return Limits(Timeout(total=seconds), time.monotonic())


def test_the_nearest_limit_holds() -> None:
    """Each step is due at the nearest of the limits that apply to it."""
    limits = Limits(Timeout(total=10, first_chunk=3, between_chunks=2), 100)
    assert (103, "first_chunk", 3) == limits.due(101)
    limits.arrived(1)
    assert (107, "between_chunks", 2) == limits.due(105)
    limits.arrived(1)
    assert (107, "between_chunks", 2) == limits.due(106)
    limits.arrived(2)
    assert (110, "total", 10) == limits.due(109)
    assert NONE.due(5) is None
    assert float("inf") == NONE.seconds_left()


def test_an_sdk_may_send_until_a_limit_passes() -> None:
    """Where waits are cancelled from outside, an SDK is told a limit that ends nothing."""
    now = time.monotonic()
    assert float("inf") == NONE.seconds_allowed()
    assert 24 * 3600 < Limits(Timeout(total=60), now).seconds_allowed() < float("inf")
    assert Limits(Timeout(total=60), now - 61).seconds_allowed() <= 0


@pytest.mark.parametrize("name", ["total", "first_chunk", "between_chunks"])
@pytest.mark.parametrize("value", [0, -1, float("nan")])
def test_limits_are_positive(name: str, value: float) -> None:
    """A limit that makes no sense is refused, by name."""
    with pytest.raises(ValueError, match=name):
        Timeout(**{name: value})


def test_a_worker_gives_results_and_errors_in_its_creators_context() -> None:
    """A call behaves as if its caller had made it."""
    variable = contextvars.ContextVar("variable", default="unset")
    variable.set("mine")
    worker = Worker()

    def fail() -> None:
        raise KeyError("x")

    assert "mine" == worker.call(variable.get, NONE, id)
    with pytest.raises(KeyError):
        worker.call(fail, NONE, id)
    assert 3 == worker.call(lambda: 3, NONE, id)
    worker.stop()


def test_a_late_result_is_discarded() -> None:
    """A caller that gave up is not given the result; `discard` is."""
    release, discarded = threading.Event(), []
    done = threading.Event()
    worker = Worker()

    def discard(result: Any) -> None:
        discarded.append(result)
        done.set()

    def work() -> str:
        release.wait(5)
        return "late"

    with pytest.raises(Expired, match="total"):
        worker.call(work, soon(), discard)
    assert worker.abandoned
    release.set()
    assert done.wait(5)
    assert ["late"] == discarded


class _LateCaller(Worker):
    """A worker whose caller wakes up from its wait when the result is there."""

    def _abandon(self) -> bool:
        while self._results.empty():
            time.sleep(0.001)
        return super()._abandon()


LATE = ConnectionError("late")


@pytest.mark.parametrize(
    ("error", "cause"), [(LATE, LATE), (GivenUp(), None)], ids=["its own", "no time was left"]
)
@pytest.mark.parametrize("colour", ["sync", "async"])
def test_a_call_that_fails_after_its_limit(
    colour: str, error: Exception, cause: Exception | None
) -> None:
    """It was the limit that ended it, though the failure is heard of before the clock strikes."""
    limits = soon()
    worker = _LateCaller()

    def work() -> None:
        # Longer than the limit without letting anyone else look at the clock.
        while limits.seconds_left() > 0:
            pass
        raise error

    async def awork() -> None:
        work()

    with pytest.raises(Expired, match="total") as caught:
        if colour == "async":
            asyncio.run(until(awork(), limits))
        else:
            worker.call(work, limits, id)
    worker.stop()
    assert cause is caught.value.__cause__


@pytest.mark.parametrize("colour", ["sync", "async"])
def test_a_call_that_fails_before_its_limit(colour: str) -> None:
    """What it raises is its own."""
    worker = Worker()

    async def awork() -> None:
        raise LATE

    with pytest.raises(ConnectionError, match="late"):
        if colour == "async":
            asyncio.run(until(awork(), soon(60)))
        else:
            worker.call(lambda: asyncio.run(awork()), soon(60), id)
    worker.stop()


def test_a_call_after_the_deadline_is_not_made() -> None:
    """Nothing is begun when there is no time left for it."""
    made = []
    with pytest.raises(Expired):
        Worker().call(lambda: made.append(1), Limits(Timeout(total=1), 0), id)
    assert [] == made


def test_a_limited_iteration_reads_nothing_ahead() -> None:
    """The source is asked only when the caller asks."""
    read = []

    def source() -> Any:
        for number in range(3):
            read.append(number)
            yield number

    worker = Worker()
    items = limited(source(), worker, NONE, int, id)
    assert 0 == next(items)
    assert [0] == read
    assert [1, 2] == list(items)
    worker.stop()


def test_its_thread_ends() -> None:
    """A worker that is stopped leaves no thread."""
    worker = Worker()
    worker.call(lambda: None, NONE, id)
    worker.stop()
    until = time.monotonic() + 5
    while any(t.name == "mirascope-timeout" for t in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.005)


def test_a_cancellation_that_is_swallowed_comes_again() -> None:
    """A step that does not listen at first does not outlive its limit by more than a moment."""
    swallowed: list[float] = []

    async def step() -> None:
        for _ in range(2):
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(20)
            swallowed.append(time.monotonic())
        await asyncio.sleep(20)

    async def run() -> int:
        with pytest.raises(Expired, match="total"):
            await until(step(), soon())
        task = asyncio.current_task()
        assert task is not None
        return task.cancelling()

    assert 0 == asyncio.run(run())
    assert 2 == len(swallowed)


def test_the_cancellation_of_another_is_not_taken_for_a_limit() -> None:
    """Neither where it comes alone, nor where it comes together with that of the limit."""

    async def step(task: asyncio.Task[None], *, late: bool) -> None:
        if late:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(20)
        task.cancel()
        await asyncio.sleep(20)

    async def wait(*, late: bool) -> None:
        task = asyncio.current_task()
        assert task is not None
        await until(step(task, late=late), soon())

    for late in (False, True):
        with pytest.raises(asyncio.CancelledError):
            asyncio.run(wait(late=late))
