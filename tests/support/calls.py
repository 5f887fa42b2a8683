"""The tool calls of a call response, as what is known of the recordings tells them."""

from __future__ import annotations

import json
from typing import Any

from mirascope.core.base._events import plain


def chat_calls(response: Any) -> list[tuple[Any, ...]]:
    """Id, name and arguments' text of the calls of a chat completion."""
    param = response.message_param
    calls = list(param.get("tool_calls", ()))
    if "function_call" in param:
        calls.append({"id": None, "function": param["function_call"]})
    return [(call["id"], call["function"]["name"], call["function"]["arguments"]) for call in calls]


def block_calls(response: Any) -> list[tuple[Any, ...]]:
    """Id, name and arguments of the calls of an Anthropic message."""
    blocks = plain(response.response.content)
    calls = (block for block in blocks if block["type"] == "tool_use")
    return [(call["id"], call["name"], call["input"]) for call in calls]


def item_calls(response: Any) -> list[tuple[Any, ...]]:
    """Id, name and arguments' text of the calls of an OpenAI response."""
    places = {"custom_tool_call": "input", "function_call": "arguments"}
    return [
        (item["call_id"], item["name"], item[places[item["type"]]])
        for item in plain(response.response.output)
        if item["type"] in places
    ]


def as_object(arguments: Any) -> Any:
    """The object that the text of arguments stands for; a text that was cut off as it is."""
    try:
        return json.loads(arguments or "{}")
    except ValueError:
        return arguments
