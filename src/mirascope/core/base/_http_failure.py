"""Failures and time-outs of HTTP libraries, told apart without importing any."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from ..errors import ProviderStreamError
from ._deadline import SLACK_SECONDS, GivenUp
from ._narrow import is_object

__all__ = ["deadline_timeout", "is_timeout", "is_transport_failure", "sdk_deadline", "sdk_failure"]

_LIBRARIES = frozenset(
    {"aiohttp", "httpcore", "httpcore2", "httpx", "httpx2", "requests", "urllib3"}
)


def is_transport_failure(error: BaseException) -> bool:
    """Whether an exception is the HTTP library's own, as it is when a connection breaks."""
    return type(error).__module__.partition(".")[0] in _LIBRARIES


def is_timeout(error: BaseException) -> bool:
    """Whether an exception of the HTTP library says that a time limit of its own passed."""
    return any(kind.__name__ == "TimeoutException" for kind in type(error).__mro__)


def sdk_failure(sdk: Any) -> Callable[[BaseException, Any], BaseException]:
    """Give what turns a failure that an SDK lets through into the SDK's own class for it.

    The SDKs generated from OpenAPI descriptions raise their classes while a stream is opened;
    once it is open, some let the HTTP library's exceptions through, and show failures of some
    servers as events.

    Args:
        sdk: The SDK's module, with `APIError`, `APIConnectionError` and `APITimeoutError`.

    Returns:
        A function of the exception and the stream's request. It gives back as it is what has no
        request, and what is neither a reported failure nor the HTTP library's.
    """

    def failure(error: BaseException, request: Any) -> BaseException:
        made = error
        if request is None:
            return made
        if isinstance(error, ProviderStreamError) and error.body is not None:
            said = error.body.get("message") if is_object(error.body) else error.body
            made = sdk.APIError(str(said or error), request, body=error.body)
        elif is_transport_failure(error):
            kind = sdk.APITimeoutError if is_timeout(error) else sdk.APIConnectionError
            made = kind(request=request)
        return made

    return failure


def sdk_deadline(sdk: Any) -> Callable[[Callable[[], float]], dict[str, Any]]:
    """Give what makes the keyword arguments by which an SDK's method keeps a deadline.

    Args:
        sdk: The SDK's module, with the HTTP library's `Timeout`.
    """
    return lambda seconds_left: {"timeout": deadline_timeout(sdk.Timeout, seconds_left)}


def deadline_timeout(timeout: Any, seconds_left: Callable[[], float]) -> Any:
    """Give a time-out object whose limits are what is left of a deadline when it is asked.

    An SDK that retries asks again for every request: the object then refuses, so that nothing is
    sent after the deadline.

    Args:
        timeout: The HTTP library's `Timeout` class.
        seconds_left: Gives the seconds until the deadline; infinite for none.
    """
    made = _deadline_class(timeout)(None)
    object.__setattr__(made, "seconds_left", seconds_left)
    return made


@cache
def _deadline_class(timeout: type[Any]) -> type[Any]:
    def left(self: Any) -> float | None:
        seconds: float = self.seconds_left() if hasattr(self, "seconds_left") else float("inf")
        if seconds <= 0:
            raise GivenUp
        return None if seconds == float("inf") else seconds + SLACK_SECONDS

    def ignore(self: Any, value: Any) -> None:
        """The limits are computed; what the base class sets is of no use."""

    limits = {name: property(left, ignore) for name in ("connect", "read", "write", "pool")}
    return type("DeadlineTimeout", (timeout,), limits)
