"""Tools in chat completions: what is offered, and the ids of calls that have none that fits."""

from __future__ import annotations

import hashlib
from typing import Any

from ..base._tool_schema import arguments_schema, strict_schema
from ..base.tool import BaseTool, offered_description, offered_name

__all__ = ["function_schema", "made_id", "short_id"]


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


def made_id(answer: str | None, place: int) -> str:
    """Make the id of a tool call that has none, by which its result is known in the next turn.

    Some servers leave ids out, or out of all calls but the first, and refuse a history without.

    Args:
        answer: The answer's id, or `None`.
        place: The call's place among those of the answer.
    """
    return short_id(f"{answer} {place}")


def short_id(said: str) -> str:
    """Give the id of a text, in nine letters and digits: Mistral takes no others."""
    return hashlib.sha256(said.encode()).hexdigest()[:9]
