"""OpenAI as the engine knows it: the types, the pure parts, and the I/O."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter, itemgetter
from typing import Any

import openai
from openai import AsyncOpenAI, OpenAI

from ..base._adapter import Adapter, Request
from ..base._fold import Fold, FoldContext
from ..base._http_failure import sdk_deadline, sdk_failure
from ..base._reader import FastPath, Wire
from .call_response import OpenAICallResponse
from .stream import AsyncOpenAIStream, OpenAIStream

__all__ = ["ADAPTER"]


# Without the method's overloads: they cannot be told apart by `**kwargs`.
_method: Callable[[Any], Callable[..., Any]] = attrgetter("chat.completions.create")


def _send(client: OpenAI | AsyncOpenAI, kwargs: dict[str, Any]) -> Any:
    """Send a request; an asynchronous client gives what is to be awaited."""
    return _method(client)(**kwargs)


def _encode(request: Request) -> dict[str, Any]:
    from ._encode import encode

    return encode(request)


def _fold(context: FoldContext) -> Fold:
    from ._fold import OpenAIFold

    return OpenAIFold(context)


_FAST = FastPath(
    wire=Wire(end=b"data: [DONE]"),
    stream=openai.Stream,
    async_stream=openai.AsyncStream,
    method=_method,
    async_method=_method,
)

ADAPTER = Adapter(
    name="openai",
    stream=OpenAIStream,
    async_stream=AsyncOpenAIStream,
    response=OpenAICallResponse,
    fold=_fold,
    encode=_encode,
    messages=itemgetter("messages"),
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
    # Whether an answer is streamed is said by the keyword arguments.
    open=_send,
    aopen=_send,
    call=_send,
    acall=_send,
    failure=sdk_failure(openai),
    deadline=sdk_deadline(openai),
    fast=_FAST,
)
