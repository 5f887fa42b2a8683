"""Tools in Gemini's dialect.

The SDK's schema is a part of OpenAPI's: no references, no unions but with null, no defaults. What
it has no word for and the model can do without is left out; what changes the meaning is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base._narrow import is_array, is_object
from ..base._tool_schema import arguments_schema, inline_refs
from ..base.tool import BaseTool

__all__ = ["GeminiTool", "response_schema"]

_TYPES = frozenset({"array", "boolean", "integer", "number", "object", "string"})
# The only formats the provider takes; any other is an error there.
_FORMATS = frozenset({"date-time", "double", "float", "int32", "int64"})


class GeminiTool(BaseTool):
    """A tool offered through Gemini's `generate_content`."""

    @classmethod
    def tool_schema(cls) -> dict[str, Any]:
        """Give the tool as a function declaration.

        Raises:
            TypeError: An argument's type has no JSON schema.
            ValueError: An argument's type cannot be said to this provider.
        """
        declaration: dict[str, Any] = {"name": cls._name(), "description": cls._description()}
        parameters = inline_refs(arguments_schema(cls))
        if parameters["properties"]:
            # The provider refuses an object without properties.
            declaration["parameters"] = _schema(parameters, f"`{cls._name()}`")
        return declaration


def response_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Give the schema of an answer as the SDK takes it.

    Raises:
        ValueError: It cannot be said to this provider.
    """
    return _schema(inline_refs(schema), "the answer")


def _schema(node: Mapping[str, Any], where: str) -> dict[str, Any]:
    said = {"description": node["description"]} if "description" in node else {}
    options = node.get("anyOf", node.get("oneOf"))
    if is_array(options):
        return {**_union(options, where), **said}
    if "const" in node:
        node = {"enum": [node["const"]], **node}
    kind = node.get("type") or ("string" if "enum" in node else None)
    if kind not in _TYPES:
        raise ValueError(
            f"{where} has no type that Gemini's SDK can express ({kind or 'anything'}): give it a "
            "type, or use `mirascope.core.google`."
        )
    return {**said, "type_": str(kind).upper(), **_KINDS.get(kind, _scalar)(node, where)}


def _union(options: list[Any], where: str) -> dict[str, Any]:
    real = [option for option in options if option.get("type") != "null"]
    if len(real) != 1:
        raise ValueError(
            f"{where} takes a union of types, which Gemini's SDK cannot express: give it one "
            "type, or use `mirascope.core.google`."
        )
    return {**_schema(real[0], where), **({"nullable": True} if len(real) < len(options) else {})}


def _scalar(node: Mapping[str, Any], where: str) -> dict[str, Any]:  # noqa: ARG001  # as the others
    allowed: Any = node.get("enum")
    if is_array(allowed) and node.get("type", "string") == "string":
        return {"format_": "enum", "enum": [str(value) for value in allowed]}
    return {"format_": node["format"]} if node.get("format") in _FORMATS else {}


def _array(node: Mapping[str, Any], where: str) -> dict[str, Any]:
    bounds = {"min_items": "minItems", "max_items": "maxItems"}
    said = {name: node[key] for name, key in bounds.items() if key in node}
    return {**said, "items": _items(node, where)}


def _object(node: Mapping[str, Any], where: str) -> dict[str, Any]:
    properties = node.get("properties")
    if not is_object(properties) or not properties:
        raise ValueError(
            f"{where} is an object without named fields (such as a `dict`), which Gemini refuses: "
            "give it a model with fields, or use `mirascope.core.google`."
        )
    schemas = {name: _schema(of, f"{where}.{name}") for name, of in properties.items()}
    return {"properties": schemas, "required": list(node.get("required", ()))}


def _items(node: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The schema of a list's items; a tuple's is the one that all its places share."""
    places: list[Any] = node.get("prefixItems") or [node.get("items")]
    first, *others = places
    if not is_object(first) or any(place != first for place in others):
        raise ValueError(
            f"{where} is a list whose items have no one type, which Gemini's SDK cannot express: "
            "give them one type, or use `mirascope.core.google`."
        )
    return _schema(first, f"{where}[]")


_KINDS = {"array": _array, "object": _object}
