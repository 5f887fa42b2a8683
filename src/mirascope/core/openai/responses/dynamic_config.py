"""The dynamic configuration of a call of OpenAI's Responses API."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from openai import AsyncOpenAI, OpenAI
from openai.types.responses import ResponseInputItemParam
from typing_extensions import TypedDict

from ...base.call_params import CommonCallParams
from ...base.message_param import BaseMessageParam
from ...base.tool import BaseTool
from ...base.types import Timeout
from .call_params import OpenAIResponsesCallParams

__all__ = ["AsyncOpenAIResponsesDynamicConfig", "OpenAIResponsesDynamicConfig"]


class _Config(TypedDict, total=False):
    metadata: Mapping[str, Any]
    computed_fields: Mapping[str, Any]
    messages: Sequence[ResponseInputItemParam | BaseMessageParam | list[ResponseInputItemParam]]
    tools: Sequence[type[BaseTool] | Callable[..., Any]]
    call_params: OpenAIResponsesCallParams | CommonCallParams
    timeout: float | Timeout


class _SyncConfig(_Config, total=False):
    client: OpenAI


class _AsyncConfig(_Config, total=False):
    client: AsyncOpenAI


OpenAIResponsesDynamicConfig: TypeAlias = "_SyncConfig | None"
"""What a `def` may return to configure one call; see `base.dynamic_config.DynamicConfig`."""

AsyncOpenAIResponsesDynamicConfig: TypeAlias = "_AsyncConfig | None"
"""What an `async def` may return to configure one call."""
