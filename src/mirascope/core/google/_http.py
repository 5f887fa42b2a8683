"""What has to be done by hand to the HTTP response that one of the SDK's generators reads.

The SDK hands its streams out as plain generators. Closing one leaves the connection of an
asynchronous stream open until the garbage collector runs (its parts refer to each other in a
cycle), and a thread that waits in one cannot be woken. The response underneath can do both, and is
what every other SDK gives as `stream.response`.
"""

from __future__ import annotations

import contextlib
from typing import Any

__all__ = ["close_response", "lift_read_limit"]


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
