"""Groq as the engine knows it: the types, the pure parts, and the four lines of I/O."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter, itemgetter
from typing import Any

import groq
from groq import AsyncGroq, Groq

from ..base._adapter import Adapter
from ..base._connection import keep_alive
from ..base._events import plain
from ..base._http_failure import deadline_timeout, is_timeout, is_transport_failure
from ..base._reader import FastPath, Wire
from ..errors import ProviderStreamError
from ._encode import encode
from .call_response import GroqCallResponse
from .stream import AsyncGroqStream, GroqFold, GroqStream
from .tool import GroqTool

__all__ = ["ADAPTER"]

_END = b"[DONE]"


def _method(client: Groq | AsyncGroq) -> Callable[..., Any]:
    """The SDK's method without its overloads: they cannot be told apart by `**kwargs`."""
    return client.chat.completions.create


def _open(client: Groq, kwargs: dict[str, Any]) -> Any:
    stream = _method(client)(**kwargs)
    keep_alive(getattr(stream, "response", None), _END)
    return stream


async def _aopen(client: AsyncGroq, kwargs: dict[str, Any]) -> Any:
    stream = await _method(client)(**kwargs)
    keep_alive(getattr(stream, "response", None), _END)
    return stream


def _call(client: Groq, kwargs: dict[str, Any]) -> Any:
    return _method(client)(**kwargs)


async def _acall(client: AsyncGroq, kwargs: dict[str, Any]) -> Any:
    return await _method(client)(**kwargs)


def _read(item: Any) -> tuple[Any, Any]:
    return plain(item), item


def _failure(error: BaseException, request: Any) -> BaseException:
    """The SDK's own classes for what it lets through: it raises them while opening only."""
    if request is None:
        return error
    if isinstance(error, ProviderStreamError) and error.body is not None:
        return groq.APIError(str(error.body), request, body=error.body)
    if not is_transport_failure(error):
        return error
    if is_timeout(error):
        return groq.APITimeoutError(request=request)
    return groq.APIConnectionError(request=request)


def _deadline(seconds_left: Callable[[], float]) -> dict[str, Any]:
    return {"timeout": deadline_timeout(groq.Timeout, seconds_left)}


_METHOD = attrgetter("chat.completions.create")
_FAST = FastPath(
    wire=Wire(end=b"data: " + _END),
    stream=groq.Stream,
    async_stream=groq.AsyncStream,
    method=_METHOD,
    async_method=_METHOD,
)

ADAPTER = Adapter(
    name="groq",
    stream=GroqStream,
    async_stream=AsyncGroqStream,
    response=GroqCallResponse,
    tool=GroqTool,
    fold=GroqFold,
    encode=encode,
    messages=itemgetter("messages"),
    read=_read,
    clients=(Groq,),
    async_clients=(AsyncGroq,),
    environment=("GROQ_API_KEY", "GROQ_BASE_URL", "GROQ_CUSTOM_HEADERS"),
    client=Groq,
    async_client=AsyncGroq,
    open=_open,
    aopen=_aopen,
    call=_call,
    acall=_acall,
    failure=_failure,
    deadline=_deadline,
    fast=_FAST,
)
