"""Turns: of requests that begin together, so many are made in each round of the event loop.

Why: an SDK takes a millisecond or so to make a request, in which the event loop does nothing else.
A thousand tasks that begin together hold it for more than a second, and go on as one through all
that follows. In turns, what arrives is read in between.
"""

from __future__ import annotations

import asyncio
import weakref
from collections import deque
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

__all__ = ["TOGETHER", "in_turn"]

_P = ParamSpec("_P")
_T = TypeVar("_T")

TOGETHER = 100
"""How many requests are made in one round.

With fewer, it takes more rounds until all are made, each of which is late; and they spread the
answers so that every later round has less to read, where a round costs time of its own.
"""


class _Turns:
    """The requests of one event loop."""

    __slots__ = ("_loop", "_taken", "_waiting")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        # What is kept for a loop must not keep the loop.
        self._loop = weakref.ref(loop)
        self._taken = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    def take(self, loop: asyncio.AbstractEventLoop) -> asyncio.Future[None] | None:
        """Take a turn in this round; gives what to wait for where there is none left."""
        if self._taken < TOGETHER:
            self._taken += 1
            if self._taken == 1:
                loop.call_soon(self._next_round)
            return None
        waiter = loop.create_future()
        self._waiting.append(waiter)
        return waiter

    def _next_round(self) -> None:
        self._taken = 0
        while self._waiting and self._taken < TOGETHER:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(None)
                self._taken += 1
        loop = self._loop()
        if self._taken and loop is not None:
            loop.call_soon(self._next_round)


_turns: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Turns] = weakref.WeakKeyDictionary()


async def in_turn(request: Callable[_P, Awaitable[_T]], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Make a request when it is its turn, which is at once unless many begin together.

    Args:
        request: What makes it.
        args: Its arguments.
        kwargs: Its keyword arguments.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        # Another library's event loop.
        return await request(*args, **kwargs)
    turns = _turns.get(loop)
    if turns is None:
        turns = _turns[loop] = _Turns(loop)
    waiter = turns.take(loop)
    if waiter is not None:
        await waiter
    return await request(*args, **kwargs)
