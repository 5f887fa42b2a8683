"""One client connection: reads its requests and plays what the script says to each."""

from __future__ import annotations

import socket
import struct
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

from ._delivery import Body, Plan, make_hangup, make_plan
from ._http import ConnectionReader, HTTPSyntaxError, chunk, last_chunk, response_head
from ._journal import Exchange, Journal
from ._reply import Step, make_body
from ._request import Request
from ._script import Answer, Delivery, Failure, Hangup, Raw
from ._wire._format import JSON, dump

__all__ = ["Connection"]

_LINGER_NOT = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class _ClientGone(Exception):
    """The client closed the connection while the server was waiting."""


class Connection:
    """A connection and the thread that serves it.

    Args:
        sock: The accepted socket; owned from here on.
        journal: Where everything is noted.
        choose: The step to play next.
        closing: Set when the server is closed.
    """

    def __init__(
        self,
        sock: socket.socket,
        *,
        journal: Journal,
        choose: Callable[[Request], tuple[Exchange, Step | None]],
        closing: threading.Event,
    ) -> None:
        self._sock = sock
        self._journal = journal
        self._choose = choose
        self._closing = closing
        self._reader = ConnectionReader(sock)
        self._number = journal.opened()
        self._thread = threading.Thread(
            target=self._run, name=f"WireServer-connection-{self._number}", daemon=True
        )

    def start(self) -> None:
        """Starts to serve."""
        self._thread.start()

    def stop(self, *, timeout: float) -> None:
        """Ends the connection, whatever it is doing, and waits for its thread."""
        with suppress(OSError):  # it may have ended by itself
            self._sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(timeout)

    @property
    def ended(self) -> bool:
        """Whether the thread has ended."""
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            while self._serve_one():
                pass
        except (OSError, HTTPSyntaxError):
            pass  # the client is gone, or is no HTTP client
        finally:
            self._sock.close()
            self._journal.closed(self._number)

    def _serve_one(self) -> bool:
        request = self._reader.read_request(connection=self._number)
        if request is None:
            return False
        exchange, step = self._choose(request)
        try:
            plan = self._plan(exchange.request, step)
        except Exception as error:  # noqa: BLE001 - a script function may raise anything
            self._journal.failed(error)
            plan = _refusal(error)
        try:
            return self._send(plan, exchange) and request.keep_alive
        except (OSError, _ClientGone):
            exchange.abandoned = not self._closing.is_set()
            return False

    def _plan(self, request: Request, step: Step | None) -> Plan:
        if step is None:
            raise LookupError(
                "There is nothing to play: call `server.play(Answer(...))` before the request."
            )
        script = step if isinstance(step, (Answer, Raw, Failure, Hangup)) else step(request)
        if isinstance(script, Hangup):
            return make_hangup(script)
        return make_plan(make_body(script, request), script)

    def _send(self, plan: Plan, exchange: Exchange) -> bool:
        self._pause(plan.delay)
        if plan.head:
            self._sock.sendall(response_head(plan.status, plan.headers))
        chunked = plan.framing == "chunked"
        for write in plan.writes:
            self._pause(write.pause)
            # Counted first: a client that has an event finds it counted.
            exchange.events_sent = write.events
            self._sock.sendall(chunk(write.data) if chunked else write.data)
        self._pause(plan.last_pause)
        match plan.ending:
            case "end":
                if chunked:
                    self._sock.sendall(last_chunk)
                return plan.framing != "close"
            case "hold":
                self._pause(None)
            case "reset":
                self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
            case "close":
                pass
        return False

    def _pause(self, seconds: float | None) -> None:
        """Waits, `None`: without end; ends early, by an exception, when the client goes."""
        if seconds is not None and seconds <= 0:
            return
        self._sock.settimeout(seconds)
        try:
            sent_ahead = self._sock.recv(1, socket.MSG_PEEK)
        except TimeoutError:
            return
        finally:
            self._sock.settimeout(None)
        if not sent_ahead:
            raise _ClientGone
        self._closing.wait(seconds)


def _refusal(error: Exception) -> Plan:
    """Tells the client that the script cannot be played; 400, which no SDK tries again."""
    text = f"WireServer: {type(error).__name__}: {error}"
    body = dump({"error": {"message": text, "type": "invalid_request_error"}}).encode()
    return make_plan(Body(events=[body], content_type=JSON, status=400), Delivery())
