"""The HTTP response that one of the SDK's generators reads: found, so that it can be closed.

The SDK hands its streams out as plain generators. Closing one leaves the connection of an
asynchronous stream open until the garbage collector runs (its parts refer to each other in a
cycle), and a thread that waits in one cannot be woken. The response underneath can do both, and is
what every other SDK gives as `stream.response`.

Strategy: follow what the generators refer to, as `gc.get_referents` tells it, through the
generators that are nested in them, and look at the attributes of what they hold, one level deep. No
name of the SDK's own code is relied on; where nothing is found, the SDK's own behaviour stands.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import AsyncGenerator, Coroutine, Generator
from types import FrameType
from typing import Any

__all__ = ["close_response", "find_response", "lift_read_limit"]

_RESPONSES = frozenset(
    {("httpx", "Response"), ("httpx2", "Response"), ("aiohttp", "ClientResponse")}
)
_FOLLOWED = (AsyncGenerator, Coroutine, Generator, FrameType)


def _is_response(value: Any) -> bool:
    return any(
        (kind.__module__.partition(".")[0], kind.__name__) in _RESPONSES
        for kind in type(value).__mro__
    )


def find_response(source: Any) -> Any:
    """Find the response that a generator reads; `None` if it reads none (yet, or any more)."""
    waiting: list[Any] = [source]
    seen: set[int] = set()
    while waiting:
        holder = waiting.pop()
        if id(holder) in seen:
            continue
        seen.add(id(holder))
        for held in gc.get_referents(holder):
            if _is_response(held):
                return held
            if isinstance(held, _FOLLOWED):
                waiting.append(held)
                continue
            for value in list(getattr(held, "__dict__", {}).values()):
                if _is_response(value):
                    return value
                if isinstance(value, _FOLLOWED):
                    waiting.append(value)
    return None


def close_response(response: Any) -> Any:
    """Close a response; gives what has to be awaited for it, or `None`."""
    close = getattr(response, "aclose", None) or getattr(response, "close", None)
    return None if close is None else close()


def lift_read_limit(response: Any) -> Any:
    """Take the HTTP library's limit off the reads of a response whose body is being read.

    The caller keeps its own limits by then, and this one would also end a wait between two chunks.

    Returns:
        A function that puts the limit back; to be called when the response is done with, because
        the connection may serve others.
    """
    network: Any = getattr(response, "extensions", {}).get("network_stream")
    read = getattr(network, "read", None)
    if read is None:
        return _nothing

    def read_for_ever(max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG001
        data: bytes = read(max_bytes, None)
        return data

    try:
        network.read = read_for_ever
    except AttributeError:
        return _nothing

    def restore() -> None:
        with contextlib.suppress(AttributeError):
            del network.read

    return restore


def _nothing() -> None:
    """Stand in where there is nothing to put back."""
