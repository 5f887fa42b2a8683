"""What is done to the HTTP response under an SDK's stream: keep its connection, or cut it.

Works on the public surface that `httpx` and `httpx2` share, without importing either: a response
has `stream`, `extensions` and `http_version`. Where a response looks different, nothing is done
and the SDK's own behaviour stands.

Why: some SDKs stop reading at the provider's end marker and close the response while the last
bytes of its body are still unread. An HTTP/1.1 connection cannot be used again then, so that every
streamed call pays for a new connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from functools import cache
from typing import Any

__all__ = [
    "body_base",
    "cut",
    "end_was_read",
    "ends_marked",
    "is_shared",
    "keep_alive",
    "put_back",
    "take_body",
]

_DRAIN_SECONDS = 0.1
_TAIL_BYTES = 64


def _tail(tail: bytes, piece: bytes) -> bytes:
    """What a body ends with after another piece: its last bytes at the least."""
    return piece if len(piece) >= _TAIL_BYTES else tail[-_TAIL_BYTES:] + piece


class _BodyWithEnd:
    """A response body that is read to its end when it is closed after the end marker."""

    def __init__(self, body: Any, marker: bytes, network: Any) -> None:
        self._body = body
        self._marker = marker
        self._network = network
        self._pieces: Iterator[bytes] = iter(())
        self._tail = b""

    def take(self) -> Iterator[bytes]:
        """Give the pieces themselves, to a reader that will say when it has read the end."""
        self._pieces = iter(self._body)
        return self._pieces

    def end_was_read(self) -> None:
        """Note that a reader who took the pieces has read the end marker."""
        self._tail = self._marker

    @property
    def ends_marked(self) -> bool:
        """Whether the end marker is among the last bytes that were read."""
        return self._marker in self._tail[-_TAIL_BYTES:]

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.take():
            self._tail = _tail(self._tail, piece)
            yield piece

    def close(self) -> None:
        if self.ends_marked:
            self._drain()
        self._body.close()

    def _drain(self) -> None:
        """Read what is left of the body, for a tenth of a second at most."""
        read: Callable[..., bytes] = self._network.read
        until = time.monotonic() + _DRAIN_SECONDS

        def read_soon(max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG001
            return read(max_bytes, max(until - time.monotonic(), 0.001))

        try:
            self._network.read = read_soon
        except AttributeError:
            return
        # Whatever goes wrong here only costs the connection: the answer is complete.
        with contextlib.suppress(Exception):
            for _ in self._pieces:
                if time.monotonic() > until:
                    break
        with contextlib.suppress(AttributeError):
            del self._network.read


class _AsyncBodyWithEnd:
    """The asynchronous twin of `_BodyWithEnd`."""

    def __init__(self, body: Any, marker: bytes) -> None:
        self._body = body
        self._marker = marker
        self._pieces: AsyncIterator[bytes] | None = None
        self._tail = b""

    def take(self) -> AsyncIterator[bytes]:
        """Give the pieces themselves, to a reader that will say when it has read the end."""
        self._pieces = aiter(self._body)
        return self._pieces

    def end_was_read(self) -> None:
        """Note that a reader who took the pieces has read the end marker."""
        self._tail = self._marker

    @property
    def ends_marked(self) -> bool:
        """Whether the end marker is among the last bytes that were read."""
        return self._marker in self._tail[-_TAIL_BYTES:]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self.take():
            self._tail = _tail(self._tail, piece)
            yield piece

    async def aclose(self) -> None:
        if self._pieces is not None and self.ends_marked:
            await self._drain(self._pieces)
        await self._body.aclose()

    async def _drain(self, pieces: AsyncIterator[bytes]) -> None:
        with contextlib.suppress(Exception):
            async with asyncio.timeout(_DRAIN_SECONDS):
                async for _ in pieces:
                    pass


class _Replay:
    """A body whose first bytes were read and are given again."""

    def __init__(self, body: Any, head: bytes, rest: Any, error: Exception | None) -> None:
        self._body = body
        self._head = head
        self._rest = rest
        self._error = error

    def __iter__(self) -> Iterator[bytes]:
        if self._head:
            yield self._head
        if self._error is not None:
            raise self._error
        yield from self._rest

    def close(self) -> None:
        self._body.close()


class _AsyncReplay:
    """The asynchronous twin of `_Replay`."""

    def __init__(self, body: Any, head: bytes, rest: Any, error: Exception | None) -> None:
        self._body = body
        self._head = head
        self._rest = rest
        self._error = error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._head:
            yield self._head
        if self._error is not None:
            raise self._error
        async for piece in self._rest:
            yield piece

    async def aclose(self) -> None:
        await self._body.aclose()


_BODIES: dict[str, type[Any]] = {
    "SyncByteStream": _BodyWithEnd,
    "AsyncByteStream": _AsyncBodyWithEnd,
}
_REPLAYS: dict[str, type[Any]] = {"SyncByteStream": _Replay, "AsyncByteStream": _AsyncReplay}


@cache
def _body_class(base: type[Any]) -> type[Any]:
    return type("BodyWithEnd", (_BODIES[base.__name__], base), {"__module__": __name__})


@cache
def _replay_class(base: type[Any]) -> type[Any]:
    return type("Replay", (_REPLAYS[base.__name__], base), {"__module__": __name__})


def body_base(body: Any) -> Any:
    """The HTTP library's class of bodies that a body is of; `None` for another's body."""
    return next((kind for kind in type(body).__mro__ if kind.__name__ in _BODIES), None)


def keep_alive(response: Any, marker: bytes) -> None:
    """Have the response's body read to its end when it is closed after its end marker.

    Args:
        response: The response under an SDK's stream, of either colour; unread.
        marker: The last bytes of the provider's stream, such as `b"[DONE]"`.
    """
    body = getattr(response, "stream", None)
    if isinstance(body, (_BodyWithEnd, _AsyncBodyWithEnd)):
        return
    base = body_base(body)
    if base is None or response.http_version != "HTTP/1.1":
        return
    if getattr(response, "is_stream_consumed", True):
        return
    if issubclass(_BODIES[base.__name__], _AsyncBodyWithEnd):
        response.stream = _body_class(base)(body, marker)
        return
    # A blocking read can only be limited where the HTTP library lets it be.
    network = response.extensions.get("network_stream")
    if network is not None:
        response.stream = _body_class(base)(body, marker, network)


def take_body(response: Any) -> Any:
    """Give an iterator of the pieces of a response's body, of either colour."""
    body = response.stream
    if isinstance(body, (_BodyWithEnd, _AsyncBodyWithEnd)):
        return body.take()
    return iter(body) if hasattr(body, "__iter__") else aiter(body)


def end_was_read(response: Any) -> None:
    """Note that a reader of the taken body has read the provider's end marker."""
    body = response.stream
    if isinstance(body, (_BodyWithEnd, _AsyncBodyWithEnd)):
        body.end_was_read()


def ends_marked(response: Any) -> bool:
    """Whether the provider's end marker was among the last bytes of a response's body."""
    body = getattr(response, "stream", None)
    return isinstance(body, (_BodyWithEnd, _AsyncBodyWithEnd)) and body.ends_marked


def put_back(
    response: Any, head: bytes, rest: Any, *, error: Exception | None, marker: bytes
) -> None:
    """Have a response's body begin with bytes that were read already.

    Args:
        response: The response.
        head: The bytes to give again.
        rest: The iterator of the pieces after them.
        error: What reading the rest raised, to be raised again in its place.
        marker: The provider's end marker; empty if there is none.
    """
    body = response.stream
    base = body_base(body)
    if base is None:
        return
    response.stream = _replay_class(base)(body, head, rest, error)
    if marker:
        keep_alive(response, marker)


def cut(response: Any) -> None:
    """End the connection of a response at once; safe to call from any thread.

    A thread that is waiting in a read of this connection wakes up. One of HTTP/2 is left alone,
    because other streams share it: such a thread waits until its read ends by itself.
    """
    network = getattr(response, "extensions", {}).get("network_stream")
    if network is None or is_shared(response):
        return
    with contextlib.suppress(Exception):
        network.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


def is_shared(response: Any) -> bool:
    """Whether other streams may use the same connection."""
    return bool(getattr(response, "http_version", "") == "HTTP/2")
