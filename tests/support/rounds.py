"""The rounds of an event loop, counted."""

from __future__ import annotations

import asyncio


class Rounds:
    """Counts the rounds of the running event loop, from the next one on.

    Attributes:
        now: How many have begun.
    """

    def __init__(self) -> None:
        self.now = 0
        self._handle = asyncio.get_running_loop().call_soon(self._count)

    def _count(self) -> None:
        self.now += 1
        self._handle = asyncio.get_running_loop().call_soon(self._count)

    def stop(self) -> None:
        """Count no more."""
        self._handle.cancel()
