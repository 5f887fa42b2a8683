"""Tools as chat completions offer them."""

from __future__ import annotations

from typing import Any

from ..base._tool_schema import arguments_schema, strict_schema
from ..base.tool import BaseTool, offered_description, offered_name

__all__ = ["function_schema"]


def function_schema(tool: type[BaseTool]) -> dict[str, Any]:
    """Give a tool as an item of the `tools` parameter; the caller owns it.

    Raises:
        TypeError: An argument's type has no JSON schema.
        ValueError: `tool_config` asks for the strict mode, which cannot express an argument.
    """
    strict = bool(tool.tool_config.get("strict"))
    parameters = arguments_schema(tool)
    function: dict[str, Any] = {
        "name": offered_name(tool),
        "description": offered_description(tool),
        "parameters": strict_schema(parameters) if strict else parameters,
    }
    if strict:
        function["strict"] = True
    return {"type": "function", "function": function}
