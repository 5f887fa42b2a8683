"""A request in Anthropic's words: options and tools of `messages.create`.

The format is documented at https://docs.claude.com/en/api/messages.

Rules: a model that thinks cannot be made to call a tool, and newer ones think unless told not to
(https://platform.claude.com/docs/en/models/sonnet-5-5/migration-guide): they are asked in words.
Such words, and those for JSON, are the end of the system prompt and always the same: the messages
stay as they were, which caches and the signatures of thinking depend on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .._shapes.answer_format import exact_schema
from .._shapes.json_mode import request_for_json
from ..base._adapter import AnswerFormat, Request
from ..base._narrow import is_mapping
from ..base.call_params import renamed
from ._messages import encode_messages
from ._schema import without_bounds
from .tool import AnthropicTool

__all__ = ["encode"]

_MAX_TOKENS = 1024
_NAMES = {"stop": "stop_sequences"}
_SAMPLING = ("temperature", "top_k", "top_p")
_MISSING = ("frequency_penalty", "presence_penalty", "seed")
_THINKS_SINCE = 5
_THINKS = "mythos"
_CALL = "Give your answer by calling the tool `{name}`, not as text."
_VERSION = re.compile(r"claude-(?:[a-z]+-)*(\d{1,2})(?!\d)")


def encode(request: Request) -> dict[str, Any]:
    """Give the keyword arguments of `messages.create`.

    Raises:
        ValueError: A message has a part that Anthropic does not take, there is no message but the
            system's, a call parameter is one that Anthropic does not have, or the response model
            asks for the strict mode, which cannot express it.
    """
    system, messages = encode_messages(request.messages)
    if not messages:
        raise ValueError(
            "The prompt has no message but the system's, and Anthropic answers none without one: "
            "give what is asked as a user's message."
        )
    params = _params(request.params)
    kwargs: dict[str, Any] = {
        "model": request.model,
        "max_tokens": _MAX_TOKENS,
        "messages": messages,
        **params,
    }
    if request.json_mode:
        system.append(_text(_ask_for_json(request.answer, kwargs)))
    elif request.answer_tool is not None and _said(params, "tool_choice") is None:
        if _thinks(request.model, _said(params, "thinking")):
            kwargs["tool_choice"] = {"type": "auto"}
            system.append(_text(_CALL.format(name=request.answer_tool)))
        else:
            kwargs["tool_choice"] = _forced(request, request.answer_tool)
    if system:
        kwargs["system"] = [*_system(params.get("system")), *system]
    offered = (tool.tool_schema() for tool in request.offered(AnthropicTool))
    tools = [*offered, *params.get("tools", ())]
    if tools:
        kwargs["tools"] = tools
    if request.stream:
        kwargs["stream"] = True
    return kwargs


def _ask_for_json(answer: AnswerFormat | None, kwargs: dict[str, Any]) -> str:
    """Ask for JSON, by its schema where that can be kept to; gives what to ask in words."""
    if answer is None:
        return request_for_json()
    schema, is_exact = exact_schema(answer)
    if not is_exact:
        return request_for_json(schema)
    # Older SDKs have no argument for this.
    extra: Mapping[str, Any] = kwargs.get("extra_body") or {}
    given: Mapping[str, Any] = kwargs.pop("output_config", None) or {}
    more: Mapping[str, Any] = extra.get("output_config") or {}
    form = {"type": "json_schema", "schema": without_bounds(schema)}
    config = {"format": form, **given, **more}
    kwargs["extra_body"] = {**extra, "output_config": config}
    return request_for_json()


def _thinks(model: str, thinking: Any) -> bool:
    """Whether a model thinks: as it is told to, else as its name says."""
    if is_mapping(thinking):
        return thinking.get("type") != "disabled"
    version = _VERSION.search(model)
    return _THINKS in model or (version is not None and int(version[1]) >= _THINKS_SINCE)


def _forced(request: Request, name: str) -> dict[str, Any]:
    return {"type": "any"} if len(request.tools) > 1 else {"type": "tool", "name": name}


def _said(params: Mapping[str, Any], name: str) -> Any:
    """A parameter as it is sent; older SDKs have arguments for fewer of them."""
    extra: Mapping[str, Any] = params.get("extra_body") or {}
    return extra.get(name, params.get(name))


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def _params(given: Mapping[str, Any]) -> dict[str, Any]:
    """The call parameters under the SDK's names; `None` is "not given", but for `timeout`."""
    params = {
        key: value
        for key, value in renamed(given, _NAMES).items()
        if value is not None or key == "timeout"
    }
    missing = [name for name in _MISSING if name in params]
    if missing:
        raise ValueError(
            f"Anthropic has no {' and no '.join(map(repr, missing))}: leave it out of call_params."
        )
    if isinstance(params.get("stop_sequences"), str):
        params["stop_sequences"] = [params["stop_sequences"]]
    # Newer SDKs have no arguments for these, though the API takes them from older models.
    sampling = {name: params.pop(name) for name in _SAMPLING if name in params}
    if sampling:
        extra: Mapping[str, Any] = params.get("extra_body") or {}
        twice = sorted(sampling.keys() & extra.keys())
        if twice:
            raise ValueError(
                f"call_params has {', '.join(map(repr, twice))} itself and in extra_body: give one."
            )
        params["extra_body"] = {**extra, **sampling}
    return params


def _system(given: Any) -> list[Any]:
    """The `system` parameter as a list of blocks."""
    if not given:
        return []
    return [_text(given)] if isinstance(given, str) else list(given)
