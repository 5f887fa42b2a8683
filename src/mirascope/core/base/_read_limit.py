"""The HTTP library's own limit on a read of a response's body, taken off where another is kept.

Works on the public surface that `httpx` and `httpx2` share: a request carries its limits in
`extensions["timeout"]`, which is looked at when the first read of its response's body begins.
"""

from __future__ import annotations

import math
import sys
from typing import Any

from ._connection import is_shared
from ._http_response import library_of
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
    stays where the connection cannot be cut, so that no read waits for ever.
    """
    limits = _limits(response)
    if limits is not None:
        limits["read"] = None


def take_read_limit(response: Any) -> ReadLimit | None:
    """Take that limit off to keep it in its place.

    Returns:
        The limit; `None` if there is none, or if it stays because it cannot be kept exactly.
    """
    limits = _limits(response)
    if limits is None or getattr(response, "extensions", {}).get("network_stream") is None:
        return None
    seconds, failure = limits.get("read"), _failure(response)
    if not isinstance(seconds, int | float) or not math.isfinite(seconds) or failure is None:
        return None
    limits["read"] = None
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
