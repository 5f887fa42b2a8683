"""Cohere as the engine knows it: the types, the pure parts, and the I/O.

Streams are opened through the SDK's raw responses, which give the HTTP response beside the events:
with it a stream can be closed at once, its connection kept, and its bytes read. Version 1 is read
from that response line by line: the SDK cuts lines at any character that Unicode calls a line end,
and silently drops the events that had one in their text. A client whose method for streams is not
the SDK's own is asked through that method: whoever replaced it is to see every event.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator
from operator import attrgetter
from typing import Any

import httpx
from cohere import AsyncClient, AsyncClientV2, Client, ClientV2
from cohere.core.api_error import ApiError
from cohere.core.http_response import AsyncHttpResponse, HttpResponse
from cohere.core.http_sse import SSEError
from pydantic_core import from_json

from ..base._adapter import Adapter, Request
from ..base._events import plain
from ..base._fold import Fold, FoldContext
from ..base._guard import holds_untouched, is_own_method
from ..base._http_failure import deadline_timeout
from ..base._reader import FastPath, Wire
from ._typed import EVENT_NAMES
from .call_response import CohereCallResponse
from .stream import AsyncCohereStream, CohereStream

__all__ = ["ADAPTER"]

_PACKAGE = "cohere"
_ADDRESS = "CO_API_URL"
_SHOWN = 200


class _Lines:
    """Cuts what arrives into lines, at line feeds alone."""

    def __init__(self) -> None:
        self._tail: list[bytes] = []

    def feed(self, piece: bytes) -> list[bytes]:
        """Take a piece in; gives the lines it ends that are not blank."""
        first, *others = piece.split(b"\n")
        self._tail.append(first)
        if not others:
            return []
        lines = [b"".join(self._tail), *others[:-1]]
        self._tail = [others[-1]]
        return [line for line in lines if line.strip()]

    def end(self) -> list[bytes]:
        """Give the last line, if it was not ended."""
        return self.feed(b"\n")


class _Stream:
    """An open stream: the SDK's raw response, closed with the context it belongs to."""

    def __init__(self, context: Any, opened: Any, *, in_lines: bool) -> None:
        self.opened = opened
        self.response: Any = _response(opened)
        self._context = context
        self._events = opened.data
        self._lines = _Lines() if in_lines else None

    def __iter__(self) -> Iterator[Any]:
        lines = self._lines
        if lines is not None:
            for piece in self.response.iter_bytes():
                yield from lines.feed(piece)
            yield from lines.end()
            return
        try:
            yield from self._events
        except SSEError as error:
            raise _unreadable(error) from error

    def close(self) -> None:
        """Close the connection, or give it back if the answer was read to its end."""
        self._context.__exit__(None, None, None)


class _AsyncStream:
    """The asynchronous twin of `_Stream`."""

    def __init__(self, context: Any, opened: Any, *, in_lines: bool) -> None:
        self.opened = opened
        self.response: Any = _response(opened)
        self._context = context
        self._events = opened.data
        self._lines = _Lines() if in_lines else None

    async def __aiter__(self) -> AsyncIterator[Any]:
        lines = self._lines
        if lines is not None:
            async for piece in self.response.aiter_bytes():
                for line in lines.feed(piece):
                    yield line
            for line in lines.end():
                yield line
            return
        try:
            async for event in self._events:
                yield event
        except SSEError as error:
            raise _unreadable(error) from error

    async def aclose(self) -> None:
        """Close the connection, or give it back if the answer was read to its end."""
        await self._context.__aexit__(None, None, None)


def _response(opened: Any) -> Any:
    """The HTTP response under a raw response; SDKs before 7.1.1 do not make it public."""
    return getattr(opened, "response", None) or getattr(opened, "_response", None)


def _is_untouched(stream: Any, kind: type[Any], method: Any) -> bool:  # noqa: ARG001  # see `_open`
    """Whether the bytes under a stream may be read: those of version 2 are an event stream."""
    if not isinstance(stream, (_Stream, _AsyncStream)):
        return False
    return holds_untouched(stream.opened, kind, iterator="_data", response="_response")


class _Unreadable(ValueError):
    """What arrived is no event."""


def _unreadable(error: SSEError) -> ValueError:
    """The SDK counts what is no event stream among the failures of the connection."""
    return _Unreadable(str(error))


def _dialect(client: Any) -> str:
    """A client of version 2 is one of version 1 as well."""
    if client is None or isinstance(client, (ClientV2, AsyncClientV2)):
        return "v2"
    return "v1"


_method: Callable[[Any], Callable[..., Any]] = attrgetter("chat_stream")


def _open(client: Client, kwargs: dict[str, Any]) -> Any:
    if not is_own_method(_method(client), _PACKAGE):
        return _method(client)(**kwargs)
    context = _method(client.with_raw_response)(**kwargs)
    return _Stream(context, context.__enter__(), in_lines=_dialect(client) == "v1")


async def _aopen(client: AsyncClient, kwargs: dict[str, Any]) -> Any:
    if not is_own_method(_method(client), _PACKAGE):
        return _method(client)(**kwargs)
    context = _method(client.with_raw_response)(**kwargs)
    return _AsyncStream(context, await context.__aenter__(), in_lines=_dialect(client) == "v1")


def _call(client: Client, kwargs: dict[str, Any]) -> Any:
    method: Callable[..., Any] = client.chat
    return method(**kwargs)


async def _acall(client: AsyncClient, kwargs: dict[str, Any]) -> Any:
    method: Callable[..., Any] = client.chat
    return await method(**kwargs)


def _read(item: Any) -> tuple[Any, Any]:
    if isinstance(item, bytes):
        return from_json(item), None
    event = plain(item)
    if "type" not in event and isinstance(event.get("data"), str):
        # Of text that is no JSON the SDK makes a first event without an id.
        raise _Unreadable(f"the data is no JSON: {event['data'][:_SHOWN]!r}")
    return event, item


def _reported(report: Any) -> Exception:
    # The SDK's objects have another order than the wire; what is printed shall not differ.
    return ApiError(body=dict(sorted(report.items())))


def _deadline(seconds_left: Callable[[], float]) -> dict[str, Any]:
    limit = deadline_timeout(httpx.Timeout, seconds_left)
    # SDKs before 7.1 know the second name alone.
    return {"request_options": {"timeout": limit, "timeout_in_seconds": limit}}


def _encode(request: Request) -> dict[str, Any]:
    from ._encode import encode

    return encode(request)


def _messages(kwargs: dict[str, Any]) -> list[Any]:
    from ._encode import messages_of

    return messages_of(kwargs)


def _fold(context: FoldContext) -> Fold:
    if context.dialect == "v1":
        from ._fold_v1 import CohereV1Fold

        return CohereV1Fold(context)
    from ._fold_v2 import CohereFold

    return CohereFold(context)


def _client() -> ClientV2:
    """Make a default client; the SDK itself reads the address once, when it is imported."""
    return ClientV2(base_url=os.environ.get(_ADDRESS))


def _async_client() -> AsyncClientV2:
    return AsyncClientV2(base_url=os.environ.get(_ADDRESS))


ADAPTER = Adapter(
    name="cohere",
    stream=CohereStream,
    async_stream=AsyncCohereStream,
    response=CohereCallResponse,
    fold=_fold,
    encode=_encode,
    messages=_messages,
    read=_read,
    clients=(ClientV2, Client),
    async_clients=(AsyncClientV2, AsyncClient),
    environment=("CO_API_KEY", "COHERE_API_KEY", _ADDRESS),
    client=_client,
    async_client=_async_client,
    open=_open,
    aopen=_aopen,
    call=_call,
    acall=_acall,
    deadline=_deadline,
    reported=_reported,
    dialect=_dialect,
    answers_as_json=frozenset({"v1"}),
    fast=FastPath(
        wire=Wire(
            text=b"event: content-delta\ndata: ",
            known=EVENT_NAMES,
            end=b"data: [DONE]",
            error_keys=(),
            needed_key="type",
        ),
        stream=HttpResponse,
        async_stream=AsyncHttpResponse,
        method=_method,
        async_method=_method,
        untouched=_is_untouched,
    ),
)
