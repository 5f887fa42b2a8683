"""The dynamic configuration of a call of Groq."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from groq import AsyncGroq, Groq
from groq.types.chat import ChatCompletionMessageParam
from typing_extensions import TypedDict

from ..base.call_params import CommonCallParams
from ..base.message_param import BaseMessageParam
from ..base.tool import BaseTool
from ..base.types import Timeout
from .call_params import GroqCallParams

__all__ = ["AsyncGroqDynamicConfig", "GroqDynamicConfig"]


class _Config(TypedDict, total=False):
    metadata: Mapping[str, Any]
    computed_fields: Mapping[str, Any]
    messages: Sequence[ChatCompletionMessageParam | BaseMessageParam]
    tools: Sequence[type[BaseTool] | Callable[..., Any]]
    call_params: GroqCallParams | CommonCallParams
    timeout: float | Timeout


class _SyncConfig(_Config, total=False):
    client: Groq


class _AsyncConfig(_Config, total=False):
    client: AsyncGroq


GroqDynamicConfig: TypeAlias = "_SyncConfig | None"
"""What a `def` may return to configure one call; see `base.dynamic_config.DynamicConfig`."""

AsyncGroqDynamicConfig: TypeAlias = "_AsyncConfig | None"
"""What an `async def` may return to configure one call."""
