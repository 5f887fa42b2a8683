"""The HTTP library's own limit on a read of a response's body, taken off where another is kept.

Works on the public surface that `httpx` and `httpx2` share: a request carries its limits in
`extensions["timeout"]`, which is looked at when the first read of its response's body begins.
Where `aiohttp` sends the requests, the limit that counts is the one its connection was given with
the request, which has a public name and is looked at whenever something has arrived.
"""

from __future__ import annotations

import math
import sys
from typing import Any

from ._connection import is_shared
from ._http_response import aiohttp_response, library_of
from ._narrow import is_object
from ._record import Record

__all__ = ["ReadLimit", "take_read_limit", "wait_for_ever"]


class ReadLimit(Record):
    """A limit on each read of a body.

    Attributes:
        seconds: How long a read may take.
        failure: What the HTTP library raises after that.
    """

    seconds: float
    failure: type[Exception]

    def seconds_left(self) -> float:
        """Give how long the read that begins now may take."""
        return self.seconds

    def judged(self, error: BaseException, *, ended: bool) -> BaseException:
        """Give what is to be raised for what a read has raised.

        Args:
            error: What it has raised.
            ended: Whether that is because it was ended for this limit.
        """
        return self.failure("") if ended else error


def wait_for_ever(response: Any) -> None:
    """Take the HTTP library's own limit off the reads of a response's body.

    Where the caller keeps its own limits, that one would also end a wait between two chunks. It
    stays where the connection is shared, which is never cut, so that no read waits for ever.
    """
    limits = _limits(response)
    if limits is not None:
        limits["read"] = None
        _forget(_aiohttp_connection(response))


def take_read_limit(response: Any) -> ReadLimit | None:
    """Take that limit off to keep it in its place.

    Returns:
        The limit; `None` if there is none, or if it stays because it cannot be kept.
    """
    limits = _limits(response)
    if limits is None:
        return None
    connection = None
    seconds, failure = limits.get("read"), _failure(response)
    if getattr(response, "extensions", {}).get("network_stream") is None:
        connection = _aiohttp_connection(response)
        # None is no limit there, and so is 0.
        seconds = getattr(connection, "read_timeout", None) or None
    if not isinstance(seconds, int | float) or not math.isfinite(seconds) or failure is None:
        return None
    limits["read"] = None
    _forget(connection)
    return ReadLimit(seconds=seconds, failure=failure)


def _limits(response: Any) -> dict[str, Any] | None:
    if is_shared(response):
        return None
    extensions = getattr(getattr(response, "request", None), "extensions", {})
    limits = extensions.get("timeout") if is_object(extensions) else None
    return limits if is_object(limits) else None


def _failure(response: Any) -> type[Exception] | None:
    """The class of what the HTTP library of a response raises when a read has taken too long."""
    library = library_of(response)
    return None if library is None else getattr(sys.modules[library], "ReadTimeout", None)


def _aiohttp_connection(response: Any) -> Any:
    """What reads the connection of a response, if that is `aiohttp`, and can be told a limit."""
    below = aiohttp_response(getattr(response, "stream", None))
    connection: Any = getattr(getattr(below, "connection", None), "protocol", None)
    limit: Any = getattr(connection.__class__, "read_timeout", None)
    is_told = isinstance(limit, property) and limit.fset is not None
    return connection if is_told and hasattr(connection, "start_timeout") else None


def _forget(connection: Any) -> None:
    """Have a connection of `aiohttp` keep no limit; it is given another with its next request."""
    if connection is not None:
        connection.read_timeout = None
        # The timer of the present read still runs.
        connection.start_timeout()
