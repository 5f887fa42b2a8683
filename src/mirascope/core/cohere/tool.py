"""Tools in Cohere's dialects."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..base._narrow import is_object
from ..base._tool_schema import arguments_schema, inline_refs
from ..base.tool import BaseTool

__all__ = ["CohereTool"]

_PYTHON = {
    "array": "list",
    "boolean": "bool",
    "integer": "int",
    "number": "float",
    "object": "dict",
    "string": "str",
}
_SAID = frozenset({"default", "description", "type"})


class CohereTool(BaseTool):
    """A tool offered through Cohere's chat.

    That calls keep to the schema exactly is asked of Cohere for all tools of a call together:
    `call_params={"strict_tools": True}`.
    """

    @classmethod
    def tool_schema(cls) -> dict[str, Any]:
        """Give the tool as the `tools` parameter takes it.

        Raises:
            TypeError: An argument's type has no JSON schema.
        """
        function = {
            "name": cls._name(),
            "description": cls._description(),
            "parameters": arguments_schema(cls),
        }
        return {"type": "function", "function": function}

    @classmethod
    def tool_schema_v1(cls) -> dict[str, Any]:
        """Give the tool as version 1 of Cohere's chat takes it.

        It knows Python's types alone: what they cannot say is told in the description.

        Raises:
            TypeError: An argument's type has no JSON schema.
            ValueError: An argument's type contains itself.
        """
        schema = inline_refs(arguments_schema(cls))
        required = schema.get("required", ())
        definitions = {
            name: {**_definition(argument), "required": name in required}
            for name, argument in schema["properties"].items()
        }
        tool = {"name": cls._name(), "description": cls._description()}
        return {**tool, "parameter_definitions": definitions} if definitions else tool


def _definition(argument: Mapping[str, Any]) -> dict[str, Any]:
    options = [each for each in argument.get("anyOf", ()) if each != {"type": "null"}]
    if len(options) == 1:
        rest = {key: value for key, value in argument.items() if key != "anyOf"}
        argument = {**options[0], **rest}
    kind = argument.get("type")
    items = argument.get("items")
    python = _PYTHON.get(kind, "Any") if isinstance(kind, str) else "Any"
    plain = argument.keys() <= _SAID
    if kind == "array" and is_object(items) and items.keys() == {"type"}:
        python = f"List[{_PYTHON.get(items['type'], 'Any')}]"
        plain = argument.keys() <= _SAID | {"items"}
    description = argument.get("description", "")
    if not plain:
        details = {key: value for key, value in argument.items() if key != "description"}
        description = f"{description} JSON schema: {json.dumps(details)}".strip()
    return {"type": python, **({"description": description} if description else {})}
