"""What a stream that failed raises: the SDK's own exceptions where there are some, else ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic_core import ValidationError

from ..errors import (
    ProviderStreamError,
    StreamConnectionError,
    StreamError,
    StreamTimeout,
    StreamTruncated,
)
from ._deadline import Expired, Limit
from ._http_failure import is_transport_failure

if TYPE_CHECKING:
    from ._run import StreamRun

__all__ = ["shown_failure", "truncated"]

_LIMITS: dict[Limit, str] = {
    "total": "the whole answer",
    "first_chunk": "the first chunk",
    "between_chunks": "the next chunk",
}


def shown_failure(run: StreamRun, error: Exception) -> BaseException:
    """Give the exception that a failed stream raises, in the form the caller is promised."""
    if isinstance(error, Expired):
        return StreamTimeout(
            f"{run.adapter.name} model {run.context.model!r}: {_LIMITS[error.limit]} did "
            f"not arrive within {error.seconds:g} s ({error.limit}); {run.events} events had "
            "arrived. What arrived is on this error's `response` and on the stream.",
            rebuild=run.rebuild,
        )
    shown = run.adapter.failure(error, getattr(run.response, "request", None))
    if isinstance(shown, ProviderStreamError) and shown is not error:
        return ProviderStreamError(str(shown), body=shown.body, rebuild=run.rebuild)
    if shown is not error or run.source is None:
        return shown
    if is_transport_failure(error):
        when = f"failed after {run.events} events" if run.events else "failed"
        return StreamConnectionError(
            f"The connection to {run.adapter.name} {when}: {_why(error)}", rebuild=run.rebuild
        )
    if run.events == 0 and (isinstance(error, ValidationError) or _is_check(error, run.response)):
        # An SDK that sends nothing before the first step checks its arguments there.
        return shown
    # An SDK lets the JSON or UTF-8 decoder's exception through.
    return _unreadable(run, error) if isinstance(error, ValueError) else shown


def _why(error: Exception) -> str:
    """What an HTTP library's failure says; not all of them say something."""
    name = type(error).__name__
    if name == "ReadTimeout":
        return f"the client's own limit on a read has passed ({name})."
    return str(error) or name


def _unreadable(run: StreamRun, error: ValueError) -> StreamError:
    if isinstance(error, UnicodeDecodeError) and error.reason == "unexpected end of data":
        # The input ended inside a character.
        return truncated(run)
    return ProviderStreamError(
        f"{run.adapter.name} sent something that cannot be read as an event: {error}",
        rebuild=run.rebuild,
    )


def _is_check(error: Exception, response: Any) -> bool:
    """Whether an SDK refuses its arguments; a decoder raises a class of its own, or reads bytes."""
    return type(error) is ValueError and response is None


def truncated(run: StreamRun) -> StreamTruncated:
    """Give the exception for input that ended before the answer did."""
    return StreamTruncated(
        f"The stream of {run.adapter.name} model {run.context.model!r} ended after "
        f"{run.events} events without a finish reason: the answer is cut off. "
        f"{_media_type(run)}What arrived is on this error's `response` and on the stream.",
        rebuild=run.rebuild,
    )


def _media_type(run: StreamRun) -> str:
    """What the server sent in place of a stream, if that is what is wrong."""
    headers = getattr(run.response, "headers", {})
    kind = str(headers.get("content-type", ""))
    if run.events or not kind.startswith(("application/json", "text/html", "text/plain")):
        return ""
    return f"The server sent no stream, but {kind!r}: is the client's base URL right? "
