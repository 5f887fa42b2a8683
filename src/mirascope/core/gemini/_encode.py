"""A request in Gemini's words: contents and options of `generate_content`.

The format is documented at https://ai.google.dev/api/generate-content.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.generativeai import protos
from google.generativeai.types import generation_types

from .._shapes.content_messages import asking_for_json, encode_contents
from ..base._adapter import Request
from ..base.call_params import renamed
from .tool import GeminiTool, response_schema

__all__ = ["encode"]

_NAMES = {"max_tokens": "max_output_tokens", "stop": "stop_sequences"}
_OPTIONS = ("request_options", "safety_settings", "tool_config")
# Parts of the SDK that its own types get wrong.
_Tool: Any = protos.Tool
_types: Any = generation_types


def encode(request: Request) -> dict[str, Any]:
    """Give the keyword arguments of `generate_content`.

    `model` and `system_instruction` are none of them: the SDK keeps them on the model object.
    Retries are off unless the user asks for them: the SDK would repeat a request for ten minutes.

    Raises:
        ValueError: A message has a part that Gemini does not take, or there is a `seed`.
    """
    contents, system = encode_contents(request.messages, provider="Gemini")
    config = _generation_config(request.params)
    kwargs: dict[str, Any] = {"model": request.model, "contents": contents}
    if system:
        kwargs["system_instruction"] = system
    if request.tools:
        kwargs["tools"] = [
            _Tool(
                function_declarations=[tool.tool_schema() for tool in request.offered(GeminiTool)]
            )
        ]
    if request.answer_tool is not None:
        calling = {"mode": "ANY", "allowed_function_names": list(request.tools)}
        kwargs["tool_config"] = {"function_calling_config": calling}
    if request.json_mode:
        schema = _response_schema(request)
        if schema is not None:
            config.setdefault("response_schema", schema)
        words = None if request.answer is None or schema is not None else request.answer.schema
        kwargs["contents"] = asking_for_json(contents, words)
        if not request.tools:
            config.setdefault("response_mime_type", "application/json")
    if config:
        kwargs["generation_config"] = config
    if request.stream:
        kwargs["stream"] = True
    kwargs |= {key: request.params[key] for key in _OPTIONS if key in request.params}
    kwargs["request_options"] = {"retry": None, **(kwargs.get("request_options") or {})}
    return kwargs


def _response_schema(request: Request) -> Any:
    """The answer's schema, as far as the SDK has words for it; they do not go with tools."""
    answer = request.answer
    if answer is None or request.tools:
        return None
    try:
        return response_schema(answer.schema)
    except ValueError:
        return None


def _generation_config(params: Mapping[str, Any]) -> dict[str, Any]:
    """Put the user's configuration and parameters into one new dictionary."""
    if params.get("seed") is not None:
        raise ValueError(
            "Gemini's SDK knows no `seed`: leave it out, or use `mirascope.core.google`."
        )
    config: dict[str, Any] = dict(_types.to_generation_config_dict(params.get("generation_config")))
    aside = (*_OPTIONS, "generation_config", "seed")
    config |= renamed({key: params[key] for key in params if key not in aside}, _NAMES)
    if isinstance(config.get("stop_sequences"), str):
        config["stop_sequences"] = [config["stop_sequences"]]
    return {key: value for key, value in config.items() if value is not None}
