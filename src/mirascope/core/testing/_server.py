"""`WireServer`: plays scripts to any provider's SDK, on a loopback port, in threads of its own."""

from __future__ import annotations

import os
import socket
import threading
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from ._addresses import ADDRESSES, Provider, environment
from ._connection import Connection
from ._journal import Exchange, Journal
from ._reply import Step
from ._request import Request

__all__ = ["WireServer"]

_HOST = "127.0.0.1"
_JOIN_SECONDS = 5.0


class WireServer:
    """A server on loopback that answers as the providers do, with what it was told to say.

    ::

        with WireServer() as server:
            server.play(Answer(text=["Hel", "lo"]))
            client = OpenAI(api_key="test", base_url=server.url("openai"))

    Nothing is started before `start` (or `with`), nothing is left after `close`. A script that
    could not be played (it raised, or holds what the provider cannot send) is answered with
    status 400, and its exception is raised at the end of the `with` block.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._journal = Journal()
        self._steps: deque[Step] = deque()
        self._closing = threading.Event()
        self._connections: list[Connection] = []
        self._listener: socket.socket | None = None
        self._refusing: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> Self:
        """Opens the port and starts to serve.

        Raises:
            RuntimeError: It was started before.
        """
        if self._listener is not None:
            raise RuntimeError("A WireServer is started once; make another one.")
        self._listener = socket.create_server((_HOST, 0), backlog=128)
        self._thread = threading.Thread(
            target=self._accept, args=(self._listener,), name="WireServer", daemon=True
        )
        self._thread.start()
        return self

    def close(self) -> None:
        """Ends all connections, threads and sockets. May be called again."""
        if self._thread is None or self._listener is None or self._closing.is_set():
            return
        self._closing.set()
        # Closing a listening socket wakes `accept` on some systems only; a connection always does.
        with socket.create_connection(self._listener.getsockname()[:2]):
            self._thread.join(_JOIN_SECONDS)
        self._listener.close()
        for connection in self._connections:
            connection.stop(timeout=_JOIN_SECONDS)
        if self._refusing is not None:
            self._refusing.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
        if error is None and self._journal.error is not None:
            raise self._journal.error

    def play(self, *steps: Step) -> None:
        """Says what is answered from now on, in place of what was said before.

        Args:
            steps: Scripts, or functions from the request to a script. The first request gets the
                first of them, and so on; the last is repeated.
        """
        with self._lock:
            self._steps = deque(steps)

    def url(self, provider: Provider) -> str:
        """The base URL to give to this provider's SDK.

        Raises:
            RuntimeError: The server was not started.
            ValueError: There is no such provider.
        """
        return self._origin(self._listener) + _path(provider)

    def refused_url(self, provider: Provider) -> str:
        """The same, on a port that refuses every connection as long as the server lives."""
        path = _path(provider)
        with self._lock:
            if self._refusing is None:
                self._refusing = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
                self._refusing.bind((_HOST, 0))
            return self._origin(self._refusing) + path

    def environment(self) -> dict[str, str]:
        """The environment variables that lead every SDK that reads one to this server.

        The SDKs of Mistral and `google-generativeai` read no address: give them `url`.
        """
        return environment(self._origin(self._listener))

    @contextmanager
    def patched_environ(self) -> Generator[None]:
        """Sets `environment` in this process and, at the end, puts back what was there."""
        ours = self.environment()
        before = {name: os.environ.get(name) for name in ours}
        os.environ.update(ours)
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value

    @property
    def requests(self) -> list[Request]:
        """All requests, in the order of arrival."""
        return [exchange.request for exchange in self._journal.exchanges]

    @property
    def connections(self) -> int:
        """How many TCP connections were accepted."""
        return self._journal.connections

    @property
    def open_connections(self) -> int:
        """How many TCP connections are open."""
        return self._journal.open_connections

    @property
    def events_sent(self) -> int:
        """How many wire events of the latest answer were sent whole."""
        exchanges = self._journal.exchanges
        return exchanges[-1].events_sent if exchanges else 0

    @property
    def abandoned(self) -> int:
        """How many answers the client did not wait for the end of, as far as the server saw.

        An answer that was already in the system's buffers when the client went counts as sent.
        """
        return sum(exchange.abandoned for exchange in self._journal.exchanges)

    def wait_closed(self, timeout: float = 5.0) -> bool:
        """Waits until no connection is open; says whether that is so after `timeout` seconds."""
        return self._journal.wait(lambda: self.open_connections == 0, timeout=timeout)

    def wait_requests(self, count: int, *, timeout: float = 5.0) -> bool:
        """Waits until `count` requests have arrived in all; says whether they have."""
        return self._journal.wait(lambda: len(self.requests) >= count, timeout=timeout)

    def _origin(self, sock: socket.socket | None) -> str:
        if sock is None:
            raise RuntimeError("The WireServer is not started: use `with WireServer() as server:`.")
        return f"http://{_HOST}:{sock.getsockname()[1]}"

    def _accept(self, listener: socket.socket) -> None:
        while True:
            sock, _ = listener.accept()
            if self._closing.is_set():
                sock.close()
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = Connection(
                sock, journal=self._journal, choose=self._choose, closing=self._closing
            )
            self._connections = [c for c in self._connections if not c.ended]
            self._connections.append(connection)
            connection.start()

    def _choose(self, request: Request) -> tuple[Exchange, Step | None]:
        with self._lock:
            exchange = self._journal.arrived(request)
            if not self._steps:
                return exchange, None
            return exchange, self._steps.popleft() if len(self._steps) > 1 else self._steps[0]


def _path(provider: Provider) -> str:
    if provider not in ADDRESSES:
        known = ", ".join(sorted(ADDRESSES))
        raise ValueError(f"There is no provider {provider!r} here; there are {known}.")
    return ADDRESSES[provider]
