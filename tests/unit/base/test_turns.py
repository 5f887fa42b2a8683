"""The turns of requests that begin at the same time in one event loop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import weakref
from collections import Counter

from mirascope.core.base._turns import TOGETHER, in_turn
from tests.support.rounds import Rounds


class Requests(Rounds):
    """Requests, and in which round of the event loop each was made."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[tuple[int, int]] = []

    async def request(self, number: int) -> int:
        """A request that takes as long as its answer."""
        self.made.append((number, self.now))
        await asyncio.sleep(0.01)
        return number


def test_requests_that_begin_together_take_turns() -> None:
    """So many in a round, first come, first served; all get their answer."""
    numbers = list(range(5 * TOGETHER + 1))

    async def run() -> Requests:
        rounds = Requests()
        assert numbers == await asyncio.gather(*(in_turn(rounds.request, n) for n in numbers))
        rounds.stop()
        return rounds

    made = asyncio.run(run()).made
    assert numbers == [number for number, _ in made]
    assert [TOGETHER] * 5 + [1] == [*Counter(at for _, at in made).values()]


def test_a_request_that_is_alone_waits_for_nothing() -> None:
    """It is made before anything else runs, also after others had to wait."""

    async def run() -> None:
        rounds = Requests()
        for _ in range(2):
            began = rounds.now
            await in_turn(rounds.request, 0)
            assert (0, began) == rounds.made[-1]
            await asyncio.gather(*(in_turn(rounds.request, 1) for _ in range(2 * TOGETHER)))
        rounds.stop()

    asyncio.run(run())


def test_one_that_is_cancelled_while_it_waits_is_not_made() -> None:
    """It takes no turn from the others."""

    async def run() -> Requests:
        rounds = Requests()
        tasks = [asyncio.create_task(in_turn(rounds.request, n)) for n in range(3 * TOGETHER)]
        await asyncio.sleep(0)
        for task in tasks[TOGETHER : 2 * TOGETHER]:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks)
        await asyncio.gather(*tasks, return_exceptions=True)
        rounds.stop()
        return rounds

    made = asyncio.run(run()).made
    assert [*range(TOGETHER), *range(2 * TOGETHER, 3 * TOGETHER)] == [number for number, _ in made]
    assert [TOGETHER, TOGETHER] == [*Counter(at for _, at in made).values()]


def test_each_event_loop_has_its_own_turns() -> None:
    """A loop that ended with requests that waited holds up no other."""

    async def leave() -> None:
        rounds = Requests()
        tasks = [asyncio.create_task(in_turn(rounds.request, 0)) for _ in range(2 * TOGETHER)]
        await asyncio.sleep(0)
        assert len(rounds.made) == TOGETHER < len(tasks)

    async def ask() -> int:
        return await in_turn(Requests().request, 7)

    asyncio.run(leave())
    assert 7 == asyncio.run(ask())


def test_a_loop_that_was_closed_under_its_requests_is_forgotten() -> None:
    """Requests that wait hold their loop: the next loop that makes one lets go of it."""

    async def begin() -> None:
        waits = [in_turn(asyncio.sleep, 0) for _ in range(4 * TOGETHER)]
        tasks.extend(asyncio.create_task(each) for each in waits)
        await asyncio.sleep(0)

    tasks: list[asyncio.Task[None]] = []
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda _, __: None)  # the tasks are left alone on purpose
    loop.run_until_complete(begin())
    loop.close()
    left = weakref.ref(loop)
    tasks.clear()
    del loop
    gc.collect()
    assert left() is not None
    asyncio.run(in_turn(asyncio.sleep, 0))
    gc.collect()
    assert left() is None


def test_outside_asyncio_there_are_no_turns() -> None:
    """Another library's event loop has a way of its own to be fair."""

    async def request() -> str:
        return "made"

    coroutine = in_turn(request)
    try:
        coroutine.send(None)
    except StopIteration as stopped:
        made = stopped.value
    assert "made" == made
