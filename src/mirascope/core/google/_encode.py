"""A request in Google's words: contents and the configuration of `generate_content`.

The format is documented at https://ai.google.dev/api/generate-content.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.genai import types

from .._shapes.content_messages import asking_for_json, encode_contents
from ..base._adapter import Request
from ..base._narrow import is_list, is_mapping
from ..base.call_params import renamed
from .tool import GoogleTool

__all__ = ["encode"]

_NAMES = {"max_tokens": "max_output_tokens", "stop": "stop_sequences"}


def encode(request: Request) -> dict[str, Any]:
    """Give the keyword arguments of `generate_content` and `generate_content_stream`.

    The SDK's automatic function calling is always off: it would run tools unasked and go on with
    a second request.

    Raises:
        ValueError: A message has a part that Google does not take, or the configuration has a
            Python function among its tools.
    """
    contents, system = encode_contents(request.messages, provider="Google")
    config = _config(request.params)
    if system:
        config["system_instruction"] = _instruction(system, config.get("system_instruction"))
    tools = _tools(config.get("tools"))
    if request.tools:
        offered = (tool for tool in request.tools.values() if issubclass(tool, GoogleTool))
        tools.append({"function_declarations": [tool.tool_schema() for tool in offered]})
    if tools:
        config["tools"] = tools
    if request.answer_tool is not None:
        calling = {"mode": "ANY", "allowed_function_names": list(request.tools)}
        config.setdefault("tool_config", {"function_calling_config": calling})
    if request.json_mode:
        schema = None if request.answer is None else request.answer.schema
        # The format does not go with tools: what it says is told in words then.
        contents = asking_for_json(contents, schema if tools else None)
        if not tools:
            config.setdefault("response_mime_type", "application/json")
            if schema is not None:
                config.setdefault("response_json_schema", schema)
    config["automatic_function_calling"] = {"disable": True}
    return {"model": request.model, "contents": contents, "config": config}


def _config(params: Mapping[str, Any]) -> dict[str, Any]:
    """Put the user's configuration and parameters into one new dictionary."""
    given: Any = params.get("config")
    if isinstance(given, types.GenerateContentConfig):
        given = {name: getattr(given, name) for name in given.model_fields_set}
    beside = {key: value for key, value in params.items() if key != "config"}
    config: dict[str, Any] = {**(given or {}), **renamed(beside, _NAMES)}
    if isinstance(config.get("stop_sequences"), str):
        config["stop_sequences"] = [config["stop_sequences"]]
    return config


def _instruction(system: list[Any], configured: Any) -> Any:
    """Put the prompt's system messages behind an instruction from the configuration."""
    if configured is None:
        return {"parts": system}
    if isinstance(configured, types.Content):
        before: list[Any] = list(configured.parts or ())
    elif is_mapping(configured) and "parts" in configured:
        before = list(configured["parts"] or ())
    else:
        before = list(configured) if is_list(configured) else [configured]
    parts = [{"text": part} if isinstance(part, str) else part for part in before]
    return {"parts": [*parts, *system]}


def _tools(tools: Any) -> list[Any]:
    """Copy the tools of the configuration: the provider's own, such as its search."""
    copied: list[Any] = list(tools or ())
    for tool in copied:
        if callable(tool):
            raise ValueError(  # noqa: TRY004  # the configuration is what is wrong
                f"config.tools has the Python object {tool!r}, which the SDK would call by itself: "
                "give it as `tools=[...]` of the call instead."
            )
    return copied
