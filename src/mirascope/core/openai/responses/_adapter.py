"""OpenAI's Responses API as the engine knows it: what differs from chat completions."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter, itemgetter
from typing import Any

import openai
from openai import AsyncOpenAI, OpenAI

from ...base._adapter import Request
from ...base._events import plain
from ...base._fold import Fold, FoldContext
from ...base._narrow import is_object
from ...base._reader import FastPath, Wire
from .._adapter import ADAPTER as CHAT
from .call_response import OpenAIResponsesCallResponse
from .call_response_chunk import EVENTS
from .stream import AsyncOpenAIResponsesStream, OpenAIResponsesStream

__all__ = ["ADAPTER"]


def _send(client: OpenAI | AsyncOpenAI, kwargs: dict[str, Any]) -> Any:
    """Send a request; an asynchronous client gives what is to be awaited."""
    # Without the method's overloads: they cannot be told apart by `**kwargs`.
    method: Callable[..., Any] = client.responses.create
    return method(**kwargs)


def _read(item: Any) -> tuple[Any, Any]:
    event = plain(item)
    if is_object(event) and event.keys() == _WRAPPED:
        # Older SDKs take an event whose name does not begin with "response." for an assistant's.
        return event["data"], item
    return event, item


def _encode(request: Request) -> dict[str, Any]:
    from ._encode import encode

    return encode(request)


def _fold(context: FoldContext) -> Fold:
    from ._fold import OpenAIResponsesFold

    return OpenAIResponsesFold(context)


_WRAPPED = {"data", "event"}

ADAPTER = CHAT.replaced(
    stream=OpenAIResponsesStream,
    async_stream=AsyncOpenAIResponsesStream,
    response=OpenAIResponsesCallResponse,
    fold=_fold,
    encode=_encode,
    messages=itemgetter("input"),
    flattens=True,
    stored_prompt="prompt",
    read=_read,
    open=_send,
    aopen=_send,
    call=_send,
    acall=_send,
    fast=FastPath(
        wire=Wire(
            text=b"event: response.output_text.delta\ndata: ",
            known=frozenset(name.encode() for name in EVENTS if name != "error"),
            end=b"data: [DONE]",
            needed_key="type",
        ),
        stream=openai.Stream,
        async_stream=openai.AsyncStream,
        method=attrgetter("responses.create"),
        async_method=attrgetter("responses.create"),
    ),
)
