"""What a server has seen: connections, requests, and how far each answer got. Thread-safe."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from ._request import Request

__all__ = ["Exchange", "Journal"]


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One request and how far its answer got.

    Attributes:
        request: The request, with its number.
        events_sent: How many wire events were sent whole.
        abandoned: The client went before the answer's end.
    """

    request: Request
    events_sent: int = 0
    abandoned: bool = False


class Journal:
    """Everything observed; every method may be called from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._exchanges: list[Exchange] = []
        self._accepted = 0
        self._open: set[int] = set()
        self._errors: list[BaseException] = []

    def opened(self) -> int:
        """Notes a new connection and returns its number."""
        with self._changed:
            self._accepted += 1
            self._open.add(self._accepted)
            return self._accepted

    def closed(self, connection: int) -> None:
        """Notes that a connection has ended."""
        with self._changed:
            self._open.discard(connection)
            self._changed.notify_all()

    def arrived(self, request: Request) -> Exchange:
        """Notes a request and gives it its number."""
        with self._changed:
            exchange = Exchange(request=replace(request, number=len(self._exchanges) + 1))
            self._exchanges.append(exchange)
            self._changed.notify_all()
            return exchange

    def failed(self, error: BaseException) -> None:
        """Notes a script that could not be played."""
        with self._changed:
            self._errors.append(error)

    def wait(self, condition: Callable[[], bool], *, timeout: float) -> bool:
        """Waits until the condition holds; says whether it does, after `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(condition, timeout)

    @property
    def exchanges(self) -> list[Exchange]:
        """All exchanges in the order of arrival."""
        with self._changed:
            return list(self._exchanges)

    @property
    def connections(self) -> int:
        """How many connections were accepted."""
        return self._accepted

    @property
    def open_connections(self) -> int:
        """How many connections are open now."""
        return len(self._open)

    @property
    def error(self) -> BaseException | None:
        """The first script error."""
        return self._errors[0] if self._errors else None
