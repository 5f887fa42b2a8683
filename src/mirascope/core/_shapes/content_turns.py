"""What of an answer goes into the next prompt: parts that say something, and tools' outputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..base._tool_build import output_text, tool_outputs
from ..base.tool import BaseTool, call_id, tool_name

__all__ = ["function_responses", "says_something"]

_MERE_TEXT = frozenset({"text", "thought"})


def says_something(part: Mapping[str, Any]) -> bool:
    """Whether a part of an answer may go back: the provider refuses empty ones without a signature.

    Args:
        part: The part, in the names of the wire or of the SDKs' dictionaries.
    """
    return bool(part.get("text")) or not part.keys() <= _MERE_TEXT


def function_responses(tools_and_outputs: Iterable[tuple[BaseTool, Any]]) -> list[dict[str, Any]]:
    """Give tools' outputs as parts.

    Args:
        tools_and_outputs: Each tool the model called, with what it gave.
    """
    parts: list[dict[str, Any]] = []
    for tool, output in tool_outputs(tools_and_outputs):
        response: dict[str, Any] = {
            "name": tool_name(tool),
            "response": {"result": output_text(output)},
        }
        call = call_id(tool)
        said = {} if call is None else {"id": call}
        parts.append({"function_response": {**said, **response}})
    return parts
