"""Tools in Google's dialect.

Google takes a part of JSON Schema, which the SDK describes at `response_json_schema` of its
`GenerateContentConfig`: a `$ref` stands alone, and there is neither `const` nor `discriminator`.
What else Google does not know it passes over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base._tool_schema import arguments_schema, lone_refs, walk, without_discriminator
from ..base.tool import BaseTool

__all__ = ["GoogleTool", "google_schema"]


class GoogleTool(BaseTool):
    """A tool offered through Google's generateContent."""

    @classmethod
    def tool_schema(cls) -> dict[str, Any]:
        """Give the tool as a function declaration.

        Raises:
            TypeError: An argument's type has no JSON schema.
        """
        return {
            "name": cls._name(),
            "description": cls._description(),
            "parameters_json_schema": google_schema(arguments_schema(cls)),
        }


def google_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Give a JSON schema as Google takes it; the given one is not changed."""
    return walk(lone_refs(schema), _said)


def _said(node: dict[str, Any]) -> dict[str, Any]:
    node = without_discriminator(node)
    if isinstance(node.get("const"), (float, int, str)) and not isinstance(node["const"], bool):
        # Google takes `enum` for strings and numbers alone.
        node["enum"] = [node.pop("const")]
    return node
