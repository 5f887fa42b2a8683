"""What can go wrong, or slowly, while an answer is on its way: the faults a script may carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

__all__ = ["Cut", "ErrorEvent", "Fault", "Pause"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The answer ends early.

    Attributes:
        after: How much of the body is still sent, counted in `unit`. More than there is means:
            all of the body, but not what marks its end in HTTP.
        unit: What `after` counts. A wire event is one `data:` block (with its `event:` line, and
            the `[DONE]` marker is one too), one line of NDJSON, or one element of an array.
        how: `close`: the connection is closed inside the HTTP body. `reset`: it is reset (TCP
            RST). `clean`: the HTTP body ends properly, as if nothing were missing.
    """

    after: int = 0
    unit: Literal["events", "bytes"] = "events"
    how: Literal["close", "reset", "clean"] = "close"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorEvent:
    """The provider reports a failure inside the stream, in its own shape, and ends it.

    A request that does not stream gets the same error as a `Failure`.

    Attributes:
        after: How many wire events come before the error.
        message: The error's text.
        status: The HTTP status the error stands for; also chooses the error's type.
        body: Replaces the provider's error object where one is given.
    """

    after: int = 0
    message: str = "The server had an error while processing your request."
    status: int = 500
    body: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Nothing is sent for a while.

    Attributes:
        seconds: How long. The pause ends early when the client goes, or when the server is closed.
        after: How many wire events come before the pause.
    """

    seconds: float
    after: int = 0


Fault: TypeAlias = Cut | ErrorEvent | Pause
"""One thing that happens to an answer on its way."""
