"""The JSON schema of an answer, as Cohere's `response_format` takes it.

It takes a part of JSON Schema (https://docs.cohere.com/docs/structured-outputs-json). Bounds are
left out: the answer is checked when it is read. What cannot be left out has to be told in words: an
object without a required field, such as a dictionary, and `allOf` and `not`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base._tool_schema import BOUNDS, walk, without_discriminator

__all__ = ["told_schema"]

_FORMATS = frozenset({"date", "date-time", "time", "uuid"})
_NOT_IN_PATTERNS = ("^", "$", "?=", "?!")


def told_schema(
    schema: Mapping[str, Any] | None, *, has_format: bool
) -> tuple[dict[str, Any] | None, Mapping[str, Any] | None]:
    """Give the schema of an answer for the format, and for the words: at most one of the two.

    Args:
        schema: The schema, or `None` if any object will do; it is not changed.
        has_format: Whether the request can have a format.
    """
    if schema is None or not has_format:
        return None, schema
    try:
        return walk(schema, _said), None
    except ValueError:
        return None, schema


def _said(node: dict[str, Any]) -> dict[str, Any]:
    node = without_discriminator(node)
    if "allOf" in node or "not" in node:
        raise ValueError("The format takes no compositions but `anyOf`.")
    if node.get("type") == "object" and not node.get("required"):
        raise ValueError("The format takes no object without a required field.")
    if "oneOf" in node:
        node["anyOf"] = node.pop("oneOf")
    pattern = node.get("pattern")
    if isinstance(pattern, str) and any(each in pattern for each in _NOT_IN_PATTERNS):
        del node["pattern"]
    if "format" in node and node["format"] not in _FORMATS:
        del node["format"]
    return {key: value for key, value in node.items() if key not in BOUNDS}
