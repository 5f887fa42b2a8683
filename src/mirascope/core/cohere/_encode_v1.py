"""A request in the words of version 1 of Cohere's chat.

The format (https://docs.cohere.com/v1/reference/chat-stream) takes the prompt apart: the first
system messages are the `preamble`, the last message is the `message` or the `tool_results`, and
what lies between is the `chat_history`. The results of one answer's calls stand together, and an
answer that says nothing is left out: it is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._shapes.json_mode import request_for_json
from ..base._adapter import Request
from ..base._events import plain
from ..base._narrow import is_mapping
from ..base._tool_build import output_text
from ..base.message_param import (
    BaseMessageParam,
    CacheControlPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from ._schema import told_schema
from .tool import CohereTool

__all__ = ["encode_v1", "messages_v1"]

_ROLES = {"assistant": "CHATBOT", "system": "SYSTEM", "user": "USER", "tool": "TOOL"}
_NO_FORMAT = ("connectors", "documents", "tools", "tool_results")


def encode_v1(
    request: Request, params: dict[str, Any], tools: Sequence[type[CohereTool]]
) -> dict[str, Any]:
    """Give the keyword arguments of the client's method.

    Args:
        request: What is asked.
        params: Its call parameters, in Cohere's words.
        tools: The offered tools.

    Raises:
        ValueError: A message has a part that Cohere does not take.
        TypeError: An argument of a tool has no JSON schema.
    """
    messages = _encoded(request.messages)
    kwargs: dict[str, Any] = {"model": request.model, **_taken_apart(messages)}
    given = params.get("preamble")
    system = kwargs.get("preamble")
    if given and system and not system.startswith(given):
        # A prompt that was taken from an earlier answer has the preamble in it already.
        kwargs["preamble"] = f"{given}\n\n{system}"
    if tools:
        kwargs["tools"] = [tool.tool_schema_v1() for tool in tools]
    if request.json_mode:
        kwargs |= _in_json(request, params, kwargs)
    rest = {key: params[key] for key in params if key != "preamble" or "preamble" not in kwargs}
    history = params.get("chat_history")
    if history:
        rest["chat_history"] = [*history, *kwargs.get("chat_history", ())]
    return {**kwargs, **rest}


def _in_json(
    request: Request, params: Mapping[str, Any], kwargs: Mapping[str, Any]
) -> dict[str, Any]:
    """Give the arguments that ask for JSON: in words and, where it is taken, by a format."""
    schema = None if request.answer is None else request.answer.schema
    has_format = not any(params.get(name) or kwargs.get(name) for name in _NO_FORMAT)
    formal, told = told_schema(schema, has_format=has_format)
    words = request_for_json(told)
    if kwargs.get("tool_results"):
        # A message beside the results of tools is refused.
        system = kwargs.get("preamble") or params.get("preamble")
        return {"preamble": f"{system}\n\n{words}" if system else words}
    asking = {"message": f"{kwargs['message']}\n\n{words}" if kwargs["message"] else words}
    if not has_format:
        return asking
    format_schema = {} if formal is None else {"schema": formal}
    return {**asking, "response_format": {"type": "json_object", **format_schema}}


def messages_v1(kwargs: dict[str, Any]) -> list[Any]:
    """Put the prompt together again from the keyword arguments."""
    messages: list[Any] = []
    if kwargs.get("preamble"):
        messages.append({"role": "SYSTEM", "message": kwargs["preamble"]})
    messages += kwargs.get("chat_history") or ()
    if kwargs["message"] or not kwargs.get("tool_results"):
        messages.append({"role": "USER", "message": kwargs["message"]})
    if kwargs.get("tool_results"):
        messages.append({"role": "TOOL", "tool_results": kwargs["tool_results"]})
    return messages


def _taken_apart(messages: list[dict[str, Any]]) -> dict[str, Any]:
    first = next(
        (at for at, each in enumerate(messages) if each["role"] != "SYSTEM"), len(messages)
    )
    preamble = "\n\n".join(each.get("message") or "" for each in messages[:first])
    history, last = messages[first:-1], messages[-1] if len(messages) > first else None
    kwargs: dict[str, Any] = {"message": ""}
    if last is not None and last["role"] == "TOOL":
        kwargs["tool_results"] = last["tool_results"]
    elif last is not None and last["role"] == "USER":
        kwargs["message"] = last.get("message") or ""
    elif last is not None:
        history = [*history, last]
    if preamble:
        kwargs["preamble"] = preamble
    if history:
        kwargs["chat_history"] = history
    return kwargs


def _encoded(messages: Iterable[Any]) -> list[dict[str, Any]]:
    """Encode messages; Cohere's own ones are copied."""
    encoded: list[dict[str, Any]] = []
    calls: dict[str | None, ToolCallPart] = {}
    for message in messages:
        if isinstance(message, BaseMessageParam):
            said = _neutral(message, calls)
        else:
            own = dict(message) if is_mapping(message) else dict(plain(message))
            role = own.get("role") or getattr(message, "role", "USER")
            said = [{**own, "role": str(role).upper()}]
        for each in said:
            _append(encoded, each)
    return encoded


def _append(encoded: list[dict[str, Any]], message: dict[str, Any]) -> None:
    """Put a message behind others: the results of tools to those before it, an empty answer not."""
    says_something = message.get("message") or message.get("tool_calls")
    if message["role"] == "CHATBOT" and not says_something:
        return
    last = encoded[-1] if encoded else {}
    if message["role"] == last.get("role") == "TOOL":
        results = [*(last.get("tool_results") or ()), *(message.get("tool_results") or ())]
        encoded[-1] = {**last, "tool_results": results}
    else:
        encoded.append(message)


def _neutral(
    message: BaseMessageParam, calls: dict[str | None, ToolCallPart]
) -> list[dict[str, Any]]:
    """Encode a provider-neutral message; the results of tools are a message of their own."""
    role = _ROLES.get(message.role, message.role.upper())
    if isinstance(message.content, str):
        return [{"role": role, "message": message.content}]
    texts: list[str] = []
    made: list[dict[str, Any]] = []
    results: list[dict[str, Any]] = []
    for part in message.content:
        if isinstance(part, TextPart):
            texts.append(part.text)
        elif isinstance(part, ToolCallPart):
            calls[part.id] = part
            made.append({"name": part.name, "parameters": part.args or {}})
        elif isinstance(part, ToolResultPart):
            # A result names its call by its contents: version 1 has no ids.
            call = calls.get(part.id)
            name = part.name or (call.name if call else "")
            parameters = (call.args if call else None) or {}
            output = {"output": output_text(part.content)}
            results.append({"call": {"name": name, "parameters": parameters}, "outputs": [output]})
        elif not isinstance(part, CacheControlPart):
            raise ValueError(  # noqa: TRY004  # of the value, not of its type
                f"Version 1 of Cohere's chat does not take a {type(part).__name__} "
                f"({part.type!r}) in a {message.role!r} message: use a client of version 2."
            )
    encoded: list[dict[str, Any]] = [{"role": "TOOL", "tool_results": results}] if results else []
    if texts or made:
        said: dict[str, Any] = {"role": role, "message": "\n\n".join(texts)}
        encoded.append({**said, "tool_calls": made} if made else said)
    return encoded
