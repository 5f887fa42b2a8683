"""From a script and a request to the body that answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

from ._delivery import Body, split_events
from ._faults import ErrorEvent
from ._request import Request
from ._script import Answer, Failure, Hangup, Raw
from ._wire import Asked, Wire, find_wire
from ._wire._format import JSON, dump

__all__ = ["Script", "ScriptFunction", "Step", "make_body", "render"]

Script: TypeAlias = Answer | Raw | Failure | Hangup
"""What the server can be told to answer with."""

ScriptFunction: TypeAlias = Callable[[Request], Script]
"""Makes the script when the request is there."""

Step: TypeAlias = Script | ScriptFunction
"""What `WireServer.play` takes."""


def render(script: Answer | Failure, request: Request) -> list[bytes]:
    """The body the server would send, one item per wire event, without starting a server.

    Args:
        script: What is answered; faults other than an `ErrorEvent` make no difference.
        request: The question. Its `path` is one the server knows, as `/openai/v1/chat/completions`,
            and its JSON body says whether to stream.

    Raises:
        ValueError: No provider has an endpoint at that path, or the script holds something this
            provider cannot send.
    """
    return list(make_body(script, request).events)


def make_body(script: Answer | Raw | Failure, request: Request) -> Body:
    """The reply's body, before delivery.

    Raises:
        ValueError: As for `render`.
    """
    wire = find_wire(request.path)
    if isinstance(script, Raw):
        events = split_events(script.body, script.content_type)
        streamed = "json" not in script.content_type or len(events) > 1
        body = Body(
            events=events,
            content_type=script.content_type,
            status=script.status,
            streamed=streamed,
        )
        if wire is None or _error_of(script) is None:
            return body
        return _with_error(body, script, wire, _asked(wire, request))
    if wire is None:
        raise ValueError(
            f"No provider has an endpoint at {request.path!r}: give the client the base URL "
            "that `WireServer.url` returns for its provider."
        )
    asked = _asked(wire, request)
    if isinstance(script, Failure):
        return _failure(script, wire, asked)
    if wire.streams(asked):
        body = Body(
            events=wire.stream(script, asked),
            content_type=wire.content_type(asked),
            streamed=True,
        )
        return _with_error(body, script, wire, asked)
    error = _error_of(script)
    if error is not None:
        failure = Failure(status=error.status, message=error.message, body=error.body)
        return _failure(failure, wire, asked)
    return Body(events=[dump(wire.whole(script, asked)).encode()], content_type=JSON)


def _asked(wire: Wire, request: Request) -> Asked:
    body: dict[str, Any] = request.json or {}
    return Asked(
        number=request.number,
        model=wire.model(body, request.path),
        body=body,
        path=request.path,
        query=request.query,
    )


def _failure(failure: Failure, wire: Wire, asked: Asked) -> Body:
    body = wire.failure(failure, asked) if failure.body is None else failure.body
    data, content_type = body, "text/plain; charset=utf-8"
    if isinstance(data, str):
        data = data.encode()
    elif not isinstance(data, bytes):
        data, content_type = dump(data).encode(), JSON
    return Body(events=[data], content_type=content_type, status=failure.status)


def _error_of(script: Answer | Raw) -> ErrorEvent | None:
    return next((fault for fault in script.faults if isinstance(fault, ErrorEvent)), None)


def _with_error(body: Body, script: Answer | Raw, wire: Wire, asked: Asked) -> Body:
    error = _error_of(script)
    if error is None:
        return body
    kept = body.events[: error.after]
    return Body(
        events=[*kept, *wire.error(replace(error, after=len(kept)), asked)],
        content_type=body.content_type,
        status=body.status,
        streamed=body.streamed,
    )
