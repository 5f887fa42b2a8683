"""OpenAI as the engine knows it: the types, the pure parts, and the four lines of I/O."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter, itemgetter
from typing import Any

import openai
from openai import AsyncOpenAI, OpenAI

from ..base._adapter import Adapter
from ..base._events import plain
from ..base._http_failure import deadline_timeout, is_timeout, is_transport_failure
from ..base._reader import FastPath, Wire
from ._encode import encode
from .call_response import OpenAICallResponse
from .stream import AsyncOpenAIStream, OpenAIFold, OpenAIStream
from .tool import OpenAITool

__all__ = ["ADAPTER"]


def _method(client: OpenAI | AsyncOpenAI) -> Callable[..., Any]:
    """The SDK's method without its overloads: they cannot be told apart by `**kwargs`."""
    return client.chat.completions.create


def _open(client: OpenAI, kwargs: dict[str, Any]) -> Any:
    return _method(client)(**kwargs)


async def _aopen(client: AsyncOpenAI, kwargs: dict[str, Any]) -> Any:
    return await _method(client)(**kwargs)


def _call(client: OpenAI, kwargs: dict[str, Any]) -> Any:
    return _method(client)(**kwargs)


async def _acall(client: AsyncOpenAI, kwargs: dict[str, Any]) -> Any:
    return await _method(client)(**kwargs)


def _read(item: Any) -> tuple[Any, Any]:
    return plain(item), item


def _failure(error: BaseException, request: Any) -> BaseException:
    """Newer SDKs do this themselves; older ones let the HTTP library's exception through."""
    if request is None or not is_transport_failure(error):
        return error
    if is_timeout(error):
        return openai.APITimeoutError(request=request)
    return openai.APIConnectionError(request=request)


def _deadline(seconds_left: Callable[[], float]) -> dict[str, Any]:
    return {"timeout": deadline_timeout(openai.Timeout, seconds_left)}


_FAST = FastPath(
    wire=Wire(end=b"data: [DONE]"),
    stream=openai.Stream,
    async_stream=openai.AsyncStream,
    method=attrgetter("chat.completions.create"),
    async_method=attrgetter("chat.completions.create"),
)

ADAPTER = Adapter(
    name="openai",
    stream=OpenAIStream,
    async_stream=AsyncOpenAIStream,
    response=OpenAICallResponse,
    tool=OpenAITool,
    fold=OpenAIFold,
    encode=encode,
    messages=itemgetter("messages"),
    read=_read,
    clients=(OpenAI,),
    async_clients=(AsyncOpenAI,),
    environment=(
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "OPENAI_ORG_ID",
        "OPENAI_PROJECT_ID",
        "OPENAI_CUSTOM_HEADERS",
    ),
    client=OpenAI,
    async_client=AsyncOpenAI,
    open=_open,
    aopen=_aopen,
    call=_call,
    acall=_acall,
    failure=_failure,
    deadline=_deadline,
    fast=_FAST,
)
