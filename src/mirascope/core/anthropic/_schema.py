"""A JSON schema that Claude can be held to exactly.

Only a part of JSON Schema can (https://docs.claude.com/en/docs/build-with-claude/structured-outputs):
bounds are left out, because what comes is checked when it is read, and so are formats that are not
known there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base._tool_schema import BOUNDS, walk

__all__ = ["without_bounds"]

_FORMATS = frozenset(
    {
        "date",
        "date-time",
        "duration",
        "email",
        "hostname",
        "ipv4",
        "ipv6",
        "time",
        "uri",
        "uuid",
    }
)
_LEAST_ITEMS = (0, 1)


def without_bounds(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Give an exact schema as Anthropic takes it; the given one is not changed."""
    return walk(schema, _said)


def _said(node: dict[str, Any]) -> dict[str, Any]:
    if node.get("format") not in _FORMATS:
        node.pop("format", None)
    least = node.get("minItems")
    kept = {key: value for key, value in node.items() if key not in BOUNDS}
    return {**kept, "minItems": least} if least in _LEAST_ITEMS else kept
