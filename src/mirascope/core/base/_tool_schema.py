"""JSON schemas of tool arguments, and the changes that stricter dialects ask for.

Strategy: `walk` visits every place where JSON Schema allows a schema, and no other, so that a
property called `title` or a default value that looks like a schema is never touched. It never
changes what it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias, cast

from pydantic.errors import PydanticUserError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaWarningKind
from pydantic_core import CoreSchema, from_json, to_json

from .tool import BaseTool, documentation, offered_name

__all__ = [
    "BOUNDS",
    "GenerateJsonSchemaNoTitles",
    "arguments_schema",
    "inline_refs",
    "keep_schema",
    "lone_refs",
    "strict_schema",
    "walk",
    "without_discriminator",
]

BOUNDS: Final = frozenset(
    {
        "exclusiveMaximum",
        "exclusiveMinimum",
        "maxItems",
        "maxLength",
        "maximum",
        "minItems",
        "minLength",
        "minimum",
        "multipleOf",
        "uniqueItems",
    }
)
"""Keywords of a schema that say how large or how many; some providers take none of them."""

Schema: TypeAlias = dict[str, Any]

_ONE = frozenset(
    {
        "additionalProperties",
        "contains",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
_MANY = frozenset({"anyOf", "allOf", "oneOf", "prefixItems"})
_NAMED = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"})
_REF = "#/$defs/"
_KEPT = "__tool_schema__"


class GenerateJsonSchemaNoTitles(GenerateJsonSchema):
    """pydantic's JSON schema without titles, which cost tokens and tell a model nothing."""

    # A default that is no JSON stays with the function; the model need not be told.
    ignored_warning_kinds: set[JsonSchemaWarningKind] = {  # noqa: RUF012 - pydantic's declaration
        "skipped-choice",
        "non-serializable-default",
    }

    def generate(self, schema: CoreSchema, mode: JsonSchemaMode = "validation") -> Schema:
        """The schema; an `allOf` of one (pydantic 2.8's way to describe a `$ref`) is merged."""
        return walk(super().generate(schema, mode), _plain)


def arguments_schema(tool_class: type[BaseTool]) -> Schema:
    """The JSON schema of a tool's arguments; the caller owns the returned object.

    Properties stand in the order of the fields; arguments with a default are not required. An
    argument without a description of its own takes the docstring's.

    Raises:
        TypeError: An argument's type has no JSON schema.
    """
    kept = vars(tool_class).get(_KEPT)
    if kept is None:
        kept = to_json(_compute(tool_class))
        setattr(tool_class, _KEPT, kept)
    # Kept as text: reading it is the cheapest way to a copy that nobody else holds.
    return cast("Schema", from_json(kept))


def keep_schema(tool_class: type[BaseTool], schema: Mapping[str, Any]) -> None:
    """Give a tool class the JSON schema of its arguments, in place of that of its fields."""
    setattr(tool_class, _KEPT, to_json(schema))


def _compute(tool_class: type[BaseTool]) -> Schema:
    try:
        schema = tool_class.model_json_schema(schema_generator=GenerateJsonSchemaNoTitles)
    except PydanticUserError as error:
        raise TypeError(
            f"The arguments of tool `{offered_name(tool_class)}` cannot be described to a model: "
            f"{error.message}"
        ) from error
    definitions = schema.get("$defs", {})
    if "$ref" in schema:  # a tool that takes itself
        schema = {**definitions[schema["$ref"].removeprefix(_REF)], "$defs": definitions}
    if schema.get("type", "object") != "object":
        raise TypeError(
            f"The arguments of tool `{offered_name(tool_class)}` are of the type "
            f"`{schema['type']}`, but a model sends an object: give it a model with named fields."
        )
    schema.pop("description", None)
    texts = documentation(tool_class).arguments
    properties = {
        name: {"description": texts[name], **node} if name in texts else node
        for name, node in schema.get("properties", {}).items()
    }
    return {"type": "object", **schema, "properties": properties}


def strict_schema(schema: Mapping[str, Any]) -> Schema:
    """`schema` as OpenAI's strict mode takes it.

    Objects take no further properties, every property is required, and one that was optional may
    be null instead. Defaults go; `oneOf` becomes `anyOf`; a `$ref` stands alone.

    Raises:
        ValueError: The schema has a free-form object, which strict mode cannot express.
    """
    return walk(lone_refs(schema), _strict)


def lone_refs(schema: Mapping[str, Any]) -> Schema:
    """`schema` with every `$ref` alone: one that is described is replaced by what it refers to.

    A default beside a `$ref` goes. A `$ref` within what it was replaced by stays, and one that
    leads elsewhere than to `$defs`; its description goes.
    """
    return _expand(schema, schema.get("$defs", {}), frozenset())


def inline_refs(schema: Mapping[str, Any]) -> Schema:
    """`schema` with every `$ref` replaced by what it refers to, and without `$defs`.

    Raises:
        ValueError: A definition contains itself.
    """
    definitions = schema.get("$defs", {})

    def inline(node: Schema, open_names: tuple[str, ...]) -> Schema:
        name = _reference(node)
        if name is None:
            return _children(node, lambda child: inline(child, open_names))
        if name in open_names:
            raise ValueError(
                f"`{name}` contains itself, and this provider takes no recursive arguments: give "
                f"the tool a flat shape, such as a list of nodes that name their parents."
            )
        siblings = {key: value for key, value in node.items() if key != "$ref"}
        return {**inline(definitions[name], (*open_names, name)), **siblings}

    body = {key: value for key, value in schema.items() if key != "$defs"}
    return walk(inline(body, ()), without_discriminator)


def walk(node: Mapping[str, Any], visit: Callable[[Schema], Schema]) -> Schema:
    """Give a copy of a schema in which `visit` has replaced every schema, the innermost first."""
    return visit(_children(node, lambda child: walk(child, visit)))


def _children(node: Mapping[str, Any], change: Callable[[Schema], Schema]) -> Schema:
    def one(child: Any) -> Any:
        # `true` is a schema as well.
        return change(cast("Schema", child)) if isinstance(child, dict) else child

    changed: Schema = {}
    for key, value in node.items():
        if key in _ONE:
            changed[key] = one(value)
        elif key in _MANY:
            changed[key] = [one(child) for child in value]
        elif key in _NAMED:
            changed[key] = {name: one(child) for name, child in value.items()}
        else:
            changed[key] = value
    return changed


def _plain(node: Schema) -> Schema:
    node.pop("title", None)
    parts: list[Schema] = node.get("allOf", [])
    if len(parts) != 1:
        return node
    del node["allOf"]
    return {**parts[0], **node}


def _reference(node: Mapping[str, Any]) -> str | None:
    reference = node.get("$ref")
    return reference.removeprefix(_REF) if isinstance(reference, str) else None


def _expand(node: Mapping[str, Any], definitions: Schema, within: frozenset[str]) -> Schema:
    name = _reference(node)
    if name is not None:
        siblings = {key: value for key, value in node.items() if key not in ("$ref", "default")}
        if not siblings or name in within or name not in definitions:
            return {"$ref": node["$ref"]}
        # What it refers to may be a `$ref` as well.
        return _expand({**definitions[name], **siblings}, definitions, within | {name})
    return _children(node, lambda child: _expand(child, definitions, within))


def _strict(node: Schema) -> Schema:
    node.pop("default", None)
    node = without_discriminator(node)
    if "oneOf" in node:
        node["anyOf"] = node.pop("oneOf")
    if node.get("type") != "object":
        return node
    if "properties" not in node or node.get("additionalProperties", False) is not False:
        raise ValueError(
            "Strict mode takes no object with free keys (such as a `dict` argument): give it a "
            "model with named fields, or leave strict mode off."
        )
    properties: Schema = node["properties"]
    required: list[str] = node.get("required", [])
    node["properties"] = {
        name: child if name in required else _nullable(child) for name, child in properties.items()
    }
    return {**node, "required": list(properties), "additionalProperties": False}


def _nullable(node: Schema) -> Schema:
    if node.get("type") == "null" or node == {}:
        return node
    options = node.get("anyOf")
    if options is not None and {"type": "null"} in options:
        return node
    outer = {key: node[key] for key in ("description",) if key in node}
    inner = {key: value for key, value in node.items() if key not in outer}
    if list(inner) == ["anyOf"]:
        return {**outer, "anyOf": [*inner["anyOf"], {"type": "null"}]}
    return {**outer, "anyOf": [inner, {"type": "null"}]}


def without_discriminator(node: Schema) -> Schema:
    """Take the discriminator out of a node of a schema.

    It maps to `$defs` by address, and is OpenAPI's, not JSON Schema's.
    """
    node.pop("discriminator", None)
    return node
