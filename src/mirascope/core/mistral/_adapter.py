"""Mistral as the engine knows it: the types, the pure parts, and the I/O."""

from __future__ import annotations

import os
from collections.abc import Callable
from operator import attrgetter, itemgetter
from typing import Any

from mistralai.client import Mistral
from mistralai.client.errors import ResponseValidationError
from mistralai.client.utils.eventstreaming import EventStream, EventStreamAsync

from ..base._adapter import Adapter, Request
from ..base._deadline import SLACK_SECONDS
from ..base._events import plain
from ..base._fold import Fold, FoldContext
from ..base._narrow import is_object
from ..base._reader import FastPath, Wire
from ..base._tool_build import object_in
from ..errors import ProviderStreamError
from ._content import unwrapped
from ._wire import reported
from .call_response import MistralCallResponse
from .stream import AsyncMistralStream, MistralStream

__all__ = ["ADAPTER"]

_KEY = "MISTRAL_API_KEY"


def _client() -> Mistral:
    """Make a default client; the SDK itself would send requests without a key.

    Raises:
        ValueError: There is no key.
    """
    key = os.environ.get(_KEY)
    if not key:
        raise ValueError(
            f"Mistral needs an API key: set the environment variable {_KEY}, or give a client of "
            "your own with `client=Mistral(api_key=...)`."
        )
    return Mistral(api_key=key)


def _open(client: Mistral, kwargs: dict[str, Any]) -> Any:
    return client.chat.stream(**kwargs)


async def _aopen(client: Mistral, kwargs: dict[str, Any]) -> Any:
    return await client.chat.stream_async(**kwargs)


def _call(client: Mistral, kwargs: dict[str, Any]) -> Any:
    return client.chat.complete(**kwargs)


async def _acall(client: Mistral, kwargs: dict[str, Any]) -> Any:
    return await client.chat.complete_async(**kwargs)


def _read(item: Any) -> tuple[Any, Any]:
    """Every event has its chunk in `data`."""
    event = plain(item.data)
    for choice in event.get("choices") or ():
        delta = choice.get("delta")
        if is_object(delta) and not isinstance(delta.get("content"), str):
            delta["content"] = unwrapped(delta.get("content"))
    return event, item.data


def _failure(error: BaseException, request: Any) -> BaseException:  # noqa: ARG001
    """The SDK takes a failure that is reported as an event for a chunk, which does not fit."""
    if not isinstance(error, ResponseValidationError):
        return error
    event = object_in(error.body) or {}
    data = event.get("data")
    report = reported(data) if is_object(data) else None
    if report is None:
        return error
    return ProviderStreamError(
        f"mistral reported a failure inside the stream: {report}", body=report
    )


def _deadline(seconds_left: Callable[[], float]) -> dict[str, Any]:
    seconds = seconds_left()
    if seconds == float("inf"):
        return {}
    return {"timeout_ms": max(int((seconds + SLACK_SECONDS) * 1000), 1)}


def _encode(request: Request) -> dict[str, Any]:
    from ._encode import encode

    return encode(request)


def _fold(context: FoldContext) -> Fold:
    from ._fold import MistralFold

    return MistralFold(context)


_FAST = FastPath(
    wire=Wire(end=b"data: [DONE]", error_keys=("error", "message")),
    stream=EventStream,
    async_stream=EventStreamAsync,
    method=attrgetter("chat.stream"),
    async_method=attrgetter("chat.stream_async"),
)

ADAPTER = Adapter(
    name="mistral",
    stream=MistralStream,
    async_stream=AsyncMistralStream,
    response=MistralCallResponse,
    fold=_fold,
    encode=_encode,
    messages=itemgetter("messages"),
    read=_read,
    clients=(Mistral,),
    async_clients=(Mistral,),
    environment=(_KEY,),
    client=_client,
    async_client=_client,
    open=_open,
    aopen=_aopen,
    call=_call,
    acall=_acall,
    deadline=_deadline,
    failure=_failure,
    fast=_FAST,
)
