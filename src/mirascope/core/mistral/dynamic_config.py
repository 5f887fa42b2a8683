"""The dynamic configuration of a call of Mistral, and the messages it may bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from mistralai.client import Mistral
from mistralai.client.models import (
    AssistantMessage,
    AssistantMessageTypedDict,
    SystemMessage,
    SystemMessageTypedDict,
    ToolMessage,
    ToolMessageTypedDict,
    UserMessage,
    UserMessageTypedDict,
)
from typing_extensions import TypedDict

from ..base.call_params import CommonCallParams
from ..base.message_param import BaseMessageParam
from ..base.tool import BaseTool
from ..base.types import Timeout
from .call_params import MistralCallParams

__all__ = ["AsyncMistralDynamicConfig", "MistralDynamicConfig", "MistralMessageParam"]

MistralMessageParam: TypeAlias = (
    AssistantMessageTypedDict
    | SystemMessageTypedDict
    | ToolMessageTypedDict
    | UserMessageTypedDict
    | AssistantMessage
    | SystemMessage
    | ToolMessage
    | UserMessage
)
"""A message in Mistral's own form: a dictionary, or an object of the SDK."""


class _Config(TypedDict, total=False):
    client: Mistral
    metadata: Mapping[str, Any]
    computed_fields: Mapping[str, Any]
    messages: Sequence[MistralMessageParam | BaseMessageParam]
    tools: Sequence[type[BaseTool] | Callable[..., Any]]
    call_params: MistralCallParams | CommonCallParams
    timeout: float | Timeout


MistralDynamicConfig: TypeAlias = "_Config | None"
"""What a `def` may return to configure one call; see `base.dynamic_config.DynamicConfig`."""

AsyncMistralDynamicConfig: TypeAlias = MistralDynamicConfig
"""What an `async def` may return to configure one call: Mistral has one client for both."""
