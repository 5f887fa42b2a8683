"""The dynamic configuration of a call of Cohere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from cohere import AsyncClient, AsyncClientV2, ChatMessageV2, Client, ClientV2, Message
from typing_extensions import TypedDict

from ..base.call_params import CommonCallParams
from ..base.message_param import BaseMessageParam
from ..base.tool import BaseTool
from ..base.types import Timeout
from .call_params import CohereCallParams

__all__ = ["AsyncCohereDynamicConfig", "CohereDynamicConfig", "CohereMessageParam"]

CohereMessageParam: TypeAlias = "ChatMessageV2 | Message | Mapping[str, Any]"
"""A message in Cohere's form: an object of the SDK's, of either version, or a mapping like it."""


class _Config(TypedDict, total=False):
    metadata: Mapping[str, Any]
    computed_fields: Mapping[str, Any]
    messages: Sequence[CohereMessageParam | BaseMessageParam]
    tools: Sequence[type[BaseTool] | Callable[..., Any]]
    call_params: CohereCallParams | CommonCallParams
    timeout: float | Timeout


class _SyncConfig(_Config, total=False):
    client: ClientV2 | Client


class _AsyncConfig(_Config, total=False):
    client: AsyncClientV2 | AsyncClient


CohereDynamicConfig: TypeAlias = "_SyncConfig | None"
"""What a `def` may return to configure one call; see `base.dynamic_config.DynamicConfig`."""

AsyncCohereDynamicConfig: TypeAlias = "_AsyncConfig | None"
"""What an `async def` may return to configure one call."""
