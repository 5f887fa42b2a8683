"""Groq as the engine knows it: the types, the pure parts, and the I/O."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter, itemgetter
from typing import Any

import groq
from groq import AsyncGroq, Groq

from ..base._adapter import Adapter, Request
from ..base._fold import Fold, FoldContext
from ..base._http_failure import sdk_deadline, sdk_failure
from ..base._reader import FastPath, Wire
from .call_response import GroqCallResponse
from .stream import AsyncGroqStream, GroqStream

__all__ = ["ADAPTER"]

# Without the method's overloads: they cannot be told apart by `**kwargs`.
_method: Callable[[Any], Callable[..., Any]] = attrgetter("chat.completions.create")


def _send(client: Groq | AsyncGroq, kwargs: dict[str, Any]) -> Any:
    """Send a request; an asynchronous client gives what is to be awaited."""
    return _method(client)(**kwargs)


def _encode(request: Request) -> dict[str, Any]:
    from ._encode import encode

    return encode(request)


def _fold(context: FoldContext) -> Fold:
    from ._fold import GroqFold

    return GroqFold(context)


_FAST = FastPath(
    wire=Wire(end=b"data: [DONE]"),
    stream=groq.Stream,
    async_stream=groq.AsyncStream,
    method=_method,
    async_method=_method,
)

ADAPTER = Adapter(
    name="groq",
    stream=GroqStream,
    async_stream=AsyncGroqStream,
    response=GroqCallResponse,
    fold=_fold,
    encode=_encode,
    messages=itemgetter("messages"),
    clients=(Groq,),
    async_clients=(AsyncGroq,),
    environment=("GROQ_API_KEY", "GROQ_BASE_URL", "GROQ_CUSTOM_HEADERS"),
    client=Groq,
    async_client=AsyncGroq,
    # Whether an answer is streamed is said by the keyword arguments.
    open=_send,
    aopen=_send,
    call=_send,
    acall=_send,
    failure=sdk_failure(groq),
    deadline=sdk_deadline(groq),
    fast=_FAST,
)
