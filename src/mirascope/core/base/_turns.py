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
from typing import TypeVar, TypeVarTuple

__all__ = ["TOGETHER", "in_turn"]

_T = TypeVar("_T")
_Arguments = TypeVarTuple("_Arguments")

TOGETHER = 100
"""How many requests are made in one round.

With fewer, it takes more rounds until all are made, each of which is late; and they spread the
answers so that every later round has less to read, where a round costs time of its own.
"""


class _Turns:
    """The requests of one event loop."""

    __slots__ = ("_taken", "_waiting")

    def __init__(self) -> None:
        self._taken = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    def take(self, loop: asyncio.AbstractEventLoop) -> asyncio.Future[None] | None:
        """Take a turn in this round; gives what to wait for where there is none left."""
        if self._taken < TOGETHER:
            self._taken += 1
            if self._taken == 1:
                loop.call_soon(self._next_round, loop)
            return None
        waiter = loop.create_future()
        self._waiting.append(waiter)
        return waiter

    def _next_round(self, loop: asyncio.AbstractEventLoop) -> None:
        self._taken = 0
        while self._waiting and self._taken < TOGETHER:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(None)
                self._taken += 1
        if self._taken:
            loop.call_soon(self._next_round, loop)


_turns: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Turns] = weakref.WeakKeyDictionary()


async def in_turn(request: Callable[[*_Arguments], Awaitable[_T]], *args: *_Arguments) -> _T:
    """Make a request when it is its turn, which is at once unless many begin together.

    Args:
        request: What makes it.
        args: Its arguments.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        # Another library's event loop.
        return await request(*args)
    turns = _turns.get(loop)
    if turns is None:
        _drop_closed()
        turns = _turns[loop] = _Turns()
    waiter = turns.take(loop)
    if waiter is not None:
        await waiter
    return await request(*args)


def _drop_closed() -> None:
    """Forget the loops that were closed with requests that still waited, and that hold them."""
    for reference in _turns.keyrefs():
        loop = reference()
        if loop is not None and loop.is_closed():
            _turns.pop(loop, None)
