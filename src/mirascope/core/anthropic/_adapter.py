"""Anthropic as the engine knows it: the types, the pure parts, and the I/O."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter, itemgetter
from typing import Any, get_args

import anthropic
from anthropic import Anthropic, AsyncAnthropic

from ..base._adapter import Adapter, Request
from ..base._fold import Fold, FoldContext
from ..base._http_failure import sdk_deadline, sdk_failure
from ..base._reader import FastPath, Wire
from ._clients import AnyClient, AsyncClient, SyncClient
from .call_response import AnthropicCallResponse
from .stream import AnthropicStream, AsyncAnthropicStream

__all__ = ["ADAPTER"]

# Without the method's overloads: they cannot be told apart by `**kwargs`.
_method: Callable[[Any], Callable[..., Any]] = attrgetter("messages.create")


def _send(client: AnyClient, kwargs: dict[str, Any]) -> Any:
    """Send a request; an asynchronous client gives what is to be awaited."""
    return _method(client)(**kwargs)


def _encode(request: Request) -> dict[str, Any]:
    from ._encode import encode

    return encode(request)


def _fold(context: FoldContext) -> Fold:
    from ._fold import AnthropicFold

    return AnthropicFold(context)


ADAPTER = Adapter(
    name="anthropic",
    stream=AnthropicStream,
    async_stream=AsyncAnthropicStream,
    response=AnthropicCallResponse,
    fold=_fold,
    encode=_encode,
    messages=itemgetter("messages"),
    clients=get_args(SyncClient),
    async_clients=get_args(AsyncClient),
    environment=(
        "ANTHROPIC_API_KEY",
        "ANTHROPIC_AUTH_TOKEN",
        "ANTHROPIC_BASE_URL",
        "ANTHROPIC_CONFIG_DIR",
        "ANTHROPIC_CUSTOM_HEADERS",
        "ANTHROPIC_FEDERATION_RULE_ID",
        "ANTHROPIC_IDENTITY_TOKEN",
        "ANTHROPIC_IDENTITY_TOKEN_FILE",
        "ANTHROPIC_ORGANIZATION_ID",
        "ANTHROPIC_PROFILE",
        "ANTHROPIC_SCOPE",
        "ANTHROPIC_SERVICE_ACCOUNT_ID",
        "ANTHROPIC_WORKSPACE_ID",
    ),
    client=Anthropic,
    async_client=AsyncAnthropic,
    # Whether an answer is streamed is said by the keyword arguments.
    open=_send,
    aopen=_send,
    call=_send,
    acall=_send,
    failure=sdk_failure(anthropic),
    deadline=sdk_deadline(anthropic),
    fast=FastPath(
        wire=Wire(
            text=b"event: content_block_delta\ndata: ",
            known=frozenset(
                {
                    b"message_start",
                    b"message_delta",
                    b"message_stop",
                    b"content_block_start",
                    b"content_block_delta",
                    b"content_block_stop",
                }
            ),
            skipped=frozenset({b"ping"}),
            end=b"event: message_stop",
            last="message_stop",
            error_keys=(),
            needed_key="type",
        ),
        stream=anthropic.Stream,
        async_stream=anthropic.AsyncStream,
        method=_method,
        async_method=_method,
    ),
)
