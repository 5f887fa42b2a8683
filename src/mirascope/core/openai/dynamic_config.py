"""The dynamic configuration of a call of OpenAI."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from openai import AsyncOpenAI, OpenAI
from openai.types.chat import ChatCompletionMessageParam
from typing_extensions import TypedDict

from ..base.call_params import CommonCallParams
from ..base.message_param import BaseMessageParam
from ..base.tool import BaseTool
from ..base.types import Timeout
from .call_params import OpenAICallParams

__all__ = ["AsyncOpenAIDynamicConfig", "OpenAIDynamicConfig"]


class _Config(TypedDict, total=False):
    metadata: Mapping[str, Any]
    computed_fields: Mapping[str, Any]
    messages: Sequence[ChatCompletionMessageParam | BaseMessageParam]
    tools: Sequence[type[BaseTool] | Callable[..., Any]]
    call_params: OpenAICallParams | CommonCallParams
    timeout: float | Timeout


class _SyncConfig(_Config, total=False):
    client: OpenAI


class _AsyncConfig(_Config, total=False):
    client: AsyncOpenAI


OpenAIDynamicConfig: TypeAlias = "_SyncConfig | None"
"""What a `def` may return to configure one call; see `base.dynamic_config.DynamicConfig`."""

AsyncOpenAIDynamicConfig: TypeAlias = "_AsyncConfig | None"
"""What an `async def` may return to configure one call."""
