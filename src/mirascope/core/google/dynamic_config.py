"""The dynamic configuration of a call of Google."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from google.genai import Client, types
from typing_extensions import TypedDict

from ..base.call_params import CommonCallParams
from ..base.message_param import BaseMessageParam
from ..base.tool import BaseTool
from ..base.types import Timeout
from .call_params import GoogleCallParams

__all__ = ["AsyncGoogleDynamicConfig", "GoogleDynamicConfig", "GoogleMessageParam"]

GoogleMessageParam: TypeAlias = types.Content | types.ContentDict
"""A message in Google's own form."""


class _Config(TypedDict, total=False):
    metadata: Mapping[str, Any]
    computed_fields: Mapping[str, Any]
    messages: Sequence[GoogleMessageParam | BaseMessageParam]
    tools: Sequence[type[BaseTool] | Callable[..., Any]]
    call_params: GoogleCallParams | CommonCallParams
    timeout: float | Timeout
    client: Client


GoogleDynamicConfig: TypeAlias = "_Config | None"
"""What a `def` may return to configure one call; see `base.dynamic_config.DynamicConfig`."""

AsyncGoogleDynamicConfig: TypeAlias = "_Config | None"
"""What an `async def` may return to configure one call; one client serves both."""
