"""A request in the words of OpenAI's Responses API: items, tools and options.

The format is documented at https://platform.openai.com/docs/api-reference/responses/create.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._shapes.answer_format import json_schema_format
from ..._shapes.json_mode import naming_json
from ...base._adapter import Request
from ...base.call_params import renamed
from ._messages import encode_messages
from .tool import OpenAIResponsesTool

__all__ = ["encode"]

_NAMES = {"max_tokens": "max_output_tokens"}
_MISSING = ("frequency_penalty", "presence_penalty", "seed", "stop")


def encode(request: Request) -> dict[str, Any]:
    """Give the keyword arguments of `responses.create`.

    Raises:
        ValueError: A message has a part that OpenAI does not take, the result of a tool belongs to
            no call, a call parameter is one that responses do not have, or the response model asks
            for the strict mode, which cannot express it.
    """
    params = _params(request.params)
    kwargs: dict[str, Any] = {
        "model": request.model,
        "input": encode_messages(request.messages),
        **params,
    }
    offered = (tool.tool_schema() for tool in request.offered(OpenAIResponsesTool))
    tools = [*offered, *(params.get("tools") or ())]
    if tools:
        kwargs["tools"] = tools
    if request.answer_tool is not None and "tool_choice" not in params:
        named = {"type": "function", "name": request.answer_tool}
        kwargs["tool_choice"] = named if len(request.tools) == 1 else "required"
    if request.json_mode:
        asked: Mapping[str, Any] = params.get("text") or {}
        kwargs["text"] = {"format": _format(request), **asked}
        if request.answer is None and "format" not in asked:
            kwargs["input"] = naming_json(kwargs["input"], part="input_text")
    if request.stream:
        kwargs["stream"] = True
    return kwargs


def _format(request: Request) -> dict[str, Any]:
    if request.answer is None:
        return {"type": "json_object"}
    return {"type": "json_schema", **json_schema_format(request.answer)}


def _params(given: Mapping[str, Any]) -> dict[str, Any]:
    """The call parameters under the SDK's names; those it does not have may be there as `None`."""
    params = renamed(given, _NAMES)
    missing = [name for name in _MISSING if params.pop(name, None) is not None]
    if missing:
        raise ValueError(
            f"OpenAI's responses have no {' and no '.join(map(repr, missing))}: leave it out of "
            "call_params, or use openai.call."
        )
    return params
