"""The dynamic configuration of a call of Gemini."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from google.generativeai import protos
from google.generativeai.generative_models import GenerativeModel
from typing_extensions import TypedDict

from ..base.call_params import CommonCallParams
from ..base.message_param import BaseMessageParam
from ..base.tool import BaseTool
from ..base.types import Timeout
from .call_params import GeminiCallParams

__all__ = ["AsyncGeminiDynamicConfig", "GeminiDynamicConfig", "GeminiMessageParam"]

GeminiMessageParam: TypeAlias = protos.Content | Mapping[str, Any]
"""A message in Gemini's own form: a `protos.Content`, or a dictionary with `role` and `parts`."""


class _Config(TypedDict, total=False):
    metadata: Mapping[str, Any]
    computed_fields: Mapping[str, Any]
    messages: Sequence[GeminiMessageParam | BaseMessageParam]
    tools: Sequence[type[BaseTool] | Callable[..., Any]]
    call_params: GeminiCallParams | CommonCallParams
    timeout: float | Timeout
    client: GenerativeModel


GeminiDynamicConfig: TypeAlias = "_Config | None"
"""What a `def` may return to configure one call; see `base.dynamic_config.DynamicConfig`."""

AsyncGeminiDynamicConfig: TypeAlias = "_Config | None"
"""What an `async def` may return to configure one call; one client serves both."""
