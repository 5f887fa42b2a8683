"""The dynamic configuration a prompt function may return."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from typing_extensions import TypedDict

from .tool import BaseTool
from .types import Timeout

__all__ = ["BaseDynamicConfig", "DynamicConfig"]


class DynamicConfig(TypedDict, total=False):
    """What a prompt function may return to configure one call.

    Attributes:
        metadata: Replaces the metadata of the `metadata` decorator.
        computed_fields: Further variables of the template; they win over arguments.
        messages: The prompt, in place of the template.
        tools: Replaces the decorator's tools.
        call_params: Merged over the decorator's call parameters.
        client: Used for this call alone.
        timeout: Replaces the decorator's time limits.
    """

    metadata: Mapping[str, Any]
    computed_fields: Mapping[str, Any]
    messages: Sequence[Any]
    tools: Sequence[type[BaseTool] | Callable[..., Any]]
    call_params: Mapping[str, Any]
    client: Any
    timeout: float | Timeout


BaseDynamicConfig: TypeAlias = "DynamicConfig | None"
"""A dynamic configuration, or none."""
