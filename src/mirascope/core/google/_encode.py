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
from ._typed import field_names, fields_of
from .tool import GoogleTool, google_schema

__all__ = ["encode"]

_NAMES = {"max_tokens": "max_output_tokens", "stop": "stop_sequences"}
# Documented at https://ai.google.dev/gemini-api/docs/thought-signatures for calls that another
# model made: without any, Gemini 3 refuses them.
_NO_SIGNATURE = b"skip_thought_signature_validator"
# SDKs before 3.6 do not know it.
_CONTINUES = "automatic_continuation" in types.GenerateContentConfig.model_fields


def encode(request: Request) -> dict[str, Any]:
    """Give the keyword arguments of `generate_content` and `generate_content_stream`.

    The SDK's automatic function calling is always off: it would run tools unasked and go on with
    a second request. Its automatic continuation, which sends a second request where a stream breaks
    off, is off unless the configuration turns it on.

    Raises:
        ValueError: A message has a part that Google does not take, or the configuration has a
            Python function among its tools.
    """
    contents, system = encode_contents(request.messages, provider="Google", signature=_NO_SIGNATURE)
    config = _config(request.params)
    if system:
        config["system_instruction"] = _instruction(system, config.get("system_instruction"))
    tools = _tools(config.get("tools"))
    if request.tools:
        tools.append(
            {"function_declarations": [tool.tool_schema() for tool in request.offered(GoogleTool)]}
        )
    if tools:
        config["tools"] = tools
    if request.answer_tool is not None:
        config["tool_config"] = _calling(config.get("tool_config"), list(request.tools))
    if request.json_mode:
        schema = None if request.answer is None else request.answer.schema
        # The format does not go with tools: what it says is told in words then.
        contents = asking_for_json(contents, schema if tools else None)
        if not tools:
            config.setdefault("response_mime_type", "application/json")
            if schema is not None:
                config.setdefault("response_json_schema", google_schema(schema))
    config["automatic_function_calling"] = {"disable": True}
    if _CONTINUES:
        config.setdefault("automatic_continuation", False)
    return {"model": request.model, "contents": contents, "config": config}


def _config(params: Mapping[str, Any]) -> dict[str, Any]:
    """Put the user's configuration and parameters into one new dictionary."""
    beside = {key: value for key, value in params.items() if key != "config"}
    given = fields_of(params.get("config"))
    # A dictionary may have the names of the wire.
    names = field_names(types.GenerateContentConfig)
    config = {names.get(key, key): value for key, value in given.items()}
    config |= renamed(beside, _NAMES)
    if isinstance(config.get("stop_sequences"), str):
        config["stop_sequences"] = [config["stop_sequences"]]
    return config


def _calling(given: Any, names: list[str]) -> dict[str, Any]:
    """Have one of the functions called, unless a tool configuration says which ones."""
    configured = fields_of(given)
    if configured.get("function_calling_config") or configured.get("functionCallingConfig"):
        return configured
    calling = {"mode": "ANY", "allowed_function_names": names}
    return {**configured, "function_calling_config": calling}


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
