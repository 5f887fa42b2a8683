"""A request in Cohere's words: messages, tools and options of `chat` and `chat_stream`.

The format is documented at https://docs.cohere.com/v2/reference/chat-stream.
"""

from __future__ import annotations

from typing import Any

from .._shapes.chat_messages import encode_messages, image_part
from .._shapes.json_mode import asking_for_json
from ..base._adapter import Request
from ..base.call_params import renamed
from ._encode_v1 import encode_v1, messages_v1
from ._schema import told_schema
from .tool import CohereTool

__all__ = ["encode", "messages_of"]

_NAMES = {"top_p": "p", "stop": "stop_sequences"}


def encode(request: Request) -> dict[str, Any]:
    """Give the keyword arguments of the client's method.

    Raises:
        ValueError: A message has a part that Cohere does not take, or a parameter is given twice.
        TypeError: An argument of a tool has no JSON schema.
    """
    params = renamed(request.params, _NAMES)
    if isinstance(params.get("stop_sequences"), str):
        params["stop_sequences"] = [params["stop_sequences"]]
    tools = request.offered(CohereTool)
    if request.dialect == "v1":
        return encode_v1(request, params, tools)
    messages = encode_messages(request.messages, provider="Cohere", part=image_part)
    kwargs: dict[str, Any] = {"model": request.model, "messages": messages}
    if tools:
        kwargs["tools"] = [tool.tool_schema() for tool in tools]
    if request.answer_tool is not None:
        kwargs["tool_choice"] = "REQUIRED"
    if request.json_mode:
        schema = None if request.answer is None else request.answer.schema
        # Cohere refuses the format beside tools and documents.
        has_format = not tools and not params.get("documents")
        formal, told = told_schema(schema, has_format=has_format)
        kwargs["messages"] = asking_for_json(messages, told)
        if has_format:
            format_schema = {} if formal is None else {"json_schema": formal}
            kwargs["response_format"] = {"type": "json_object", **format_schema}
    return {**kwargs, **params}


def messages_of(kwargs: dict[str, Any]) -> list[Any]:
    """Give the messages among the keyword arguments of either version."""
    return kwargs["messages"] if "messages" in kwargs else messages_v1(kwargs)
