"""The dynamic configuration of a call of Anthropic."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from anthropic.types import MessageParam
from typing_extensions import TypedDict

from ..base.call_params import CommonCallParams
from ..base.message_param import BaseMessageParam
from ..base.tool import BaseTool
from ..base.types import Timeout
from ._clients import AsyncClient, SyncClient
from .call_params import AnthropicCallParams

__all__ = ["AnthropicDynamicConfig", "AsyncAnthropicDynamicConfig"]


class _Config(TypedDict, total=False):
    metadata: Mapping[str, Any]
    computed_fields: Mapping[str, Any]
    messages: Sequence[MessageParam | BaseMessageParam]
    tools: Sequence[type[BaseTool] | Callable[..., Any]]
    call_params: AnthropicCallParams | CommonCallParams
    timeout: float | Timeout


class _SyncConfig(_Config, total=False):
    client: SyncClient


class _AsyncConfig(_Config, total=False):
    client: AsyncClient


AnthropicDynamicConfig: TypeAlias = "_SyncConfig | None"
"""What a `def` may return to configure one call; see `base.dynamic_config.DynamicConfig`."""

AsyncAnthropicDynamicConfig: TypeAlias = "_AsyncConfig | None"
"""What an `async def` may return to configure one call."""
