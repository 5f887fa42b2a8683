"""What is done to the HTTP response under an SDK's stream: keep its connection, or cut it.

Works on the public surface that `httpx` and `httpx2` share, without importing either: a response
has `stream`, `extensions` and `http_version`. Where a response looks different, nothing is done
and the SDK's own behaviour stands.

Why: some SDKs stop reading at the provider's end marker and close the response while the last
bytes of its body are still unread. An HTTP/1.1 connection cannot be used again then, so that every
streamed call pays for a new connection.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import cache
from typing import Any

from ._narrow import is_object

__all__ = ["cut", "keep_alive", "wait_for_ever"]

_DRAIN_SECONDS = 0.1
_TAIL_BYTES = 64


class _BodyWithEnd:
    """A response body that is read to its end when it is closed after the end marker."""

    def __init__(self, body: Any, marker: bytes, network: Any) -> None:
        self._body = body
        self._marker = marker
        self._network = network
        self._pieces: Iterator[bytes] = iter(())
        self._tail = b""

    def __iter__(self) -> Iterator[bytes]:
        self._pieces = iter(self._body)
        for piece in self._pieces:
            self._tail = (self._tail + piece)[-_TAIL_BYTES:]
            yield piece

    def close(self) -> None:
        if self._marker in self._tail:
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

    def __init__(self, body: Any, marker: bytes, network: Any) -> None:
        self._body = body
        self._marker = marker
        self._network = network
        self._pieces: AsyncIterator[bytes] | None = None
        self._tail = b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._pieces = aiter(self._body)
        async for piece in self._pieces:
            self._tail = (self._tail + piece)[-_TAIL_BYTES:]
            yield piece

    async def aclose(self) -> None:
        if self._pieces is not None and self._marker in self._tail:
            await self._drain(self._pieces)
        await self._body.aclose()

    async def _drain(self, pieces: AsyncIterator[bytes]) -> None:
        read: Callable[..., Awaitable[bytes]] = self._network.read
        until = time.monotonic() + _DRAIN_SECONDS

        async def read_soon(max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG001, ASYNC109
            return await read(max_bytes, max(until - time.monotonic(), 0.001))

        try:
            self._network.read = read_soon
        except AttributeError:
            return
        with contextlib.suppress(Exception):
            async for _ in pieces:
                if time.monotonic() > until:
                    break
        with contextlib.suppress(AttributeError):
            del self._network.read


_BODIES: dict[str, type[Any]] = {
    "SyncByteStream": _BodyWithEnd,
    "AsyncByteStream": _AsyncBodyWithEnd,
}


@cache
def _body_class(base: type[Any]) -> type[Any]:
    return type("BodyWithEnd", (_BODIES[base.__name__], base), {})


def keep_alive(response: Any, marker: bytes) -> None:
    """Have the response's body read to its end when it is closed after its end marker.

    Args:
        response: The response under an SDK's stream, of either colour; unread.
        marker: The last bytes of the provider's stream, such as `b"[DONE]"`.
    """
    body = getattr(response, "stream", None)
    base = next((kind for kind in type(body).__mro__ if kind.__name__ in _BODIES), None)
    network = getattr(response, "extensions", {}).get("network_stream")
    if base is None or network is None or response.http_version != "HTTP/1.1":
        return
    if getattr(response, "is_stream_consumed", True):
        return
    response.stream = _body_class(base)(body, marker, network)


def cut(response: Any) -> None:
    """End the connection of a response at once; safe to call from any thread.

    A thread that is waiting in a read of this connection wakes up.
    """
    network = getattr(response, "extensions", {}).get("network_stream")
    if network is None:
        return
    with contextlib.suppress(Exception):
        network.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


def wait_for_ever(response: Any) -> None:
    """Take the HTTP library's own limit off the reads of a response's body.

    Where the caller keeps its own limits, that one would also end a wait between two chunks.
    """
    extensions = getattr(getattr(response, "request", None), "extensions", {})
    limits = extensions.get("timeout") if is_object(extensions) else None
    if is_object(limits):
        limits["read"] = None
