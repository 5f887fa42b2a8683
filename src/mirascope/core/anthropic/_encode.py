"""A request in Anthropic's words: options and tools of `messages.create`.

The format is documented at https://docs.claude.com/en/api/messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._shapes.answer_format import exact_schema
from .._shapes.json_mode import asking_for_json
from ..base._adapter import AnswerFormat, Request
from ..base._narrow import is_mapping
from ..base.call_params import renamed
from ._messages import encode_messages
from .tool import AnthropicTool

__all__ = ["encode"]

_MAX_TOKENS = 1024
_NAMES = {"stop": "stop_sequences"}
_SAMPLING = ("temperature", "top_k", "top_p")
_MISSING = ("frequency_penalty", "presence_penalty", "seed")


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
        "messages": asking_for_json(messages) if request.json_mode else messages,
        **params,
    }
    if request.json_mode and request.answer is not None:
        _ask_for(request.answer, kwargs, messages)
    if system:
        kwargs["system"] = [*_system(params.get("system")), *system]
    offered = (tool for tool in request.tools.values() if issubclass(tool, AnthropicTool))
    tools = [*(tool.tool_schema() for tool in offered), *params.get("tools", ())]
    if tools:
        kwargs["tools"] = tools
    if request.answer_tool is not None:
        kwargs.setdefault("tool_choice", _choice(request, params.get("thinking")))
    if request.stream:
        kwargs["stream"] = True
    return kwargs


def _ask_for(answer: AnswerFormat, kwargs: dict[str, Any], messages: list[Any]) -> None:
    """Ask for JSON of a form: by its schema, or in words where that cannot be kept to."""
    schema, is_exact = exact_schema(answer)
    if not is_exact:
        kwargs["messages"] = asking_for_json(messages, schema)
        return
    # Older SDKs have no argument for this.
    extra: Mapping[str, Any] = kwargs.get("extra_body") or {}
    given: Mapping[str, Any] = kwargs.pop("output_config", None) or {}
    config = {"format": {"type": "json_schema", "schema": schema}, **given}
    kwargs["extra_body"] = {"output_config": config, **extra}


def _choice(request: Request, thinking: Any) -> dict[str, Any]:
    if is_mapping(thinking) and thinking.get("type") != "disabled":
        # A model that thinks cannot be made to call a tool.
        return {"type": "auto"}
    if len(request.tools) > 1:
        return {"type": "any"}
    return {"type": "tool", "name": request.answer_tool}


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
    if given is None:
        return []
    return [{"type": "text", "text": given}] if isinstance(given, str) else list(given)
