"""A request in Groq's words: messages, tools and options of `chat.completions.create`.

The format is documented at https://console.groq.com/docs/api-reference#chat-create.
"""

from __future__ import annotations

from typing import Any

from .._shapes.answer_format import response_format, tool_choice
from .._shapes.chat_messages import encode_messages, image_part
from .._shapes.json_mode import asking_for_json
from .._shapes.stream_options import asking_for_usage
from ..base._adapter import Request
from .tool import GroqTool

__all__ = ["encode"]


def encode(request: Request) -> dict[str, Any]:
    """Give the keyword arguments of `chat.completions.create`.

    Usage is asked for in a stream, unless the user's `extra_body` says otherwise.

    Raises:
        ValueError: A message has a part that Groq does not take, or the response model asks for
            the strict mode, which cannot express it.
    """
    messages = encode_messages(request.messages, provider="Groq", part=image_part)
    kwargs: dict[str, Any] = {
        "model": request.model,
        "messages": asking_for_json(messages) if request.json_mode else messages,
    }
    if request.tools:
        kwargs["tools"] = [tool.tool_schema() for tool in request.offered(GroqTool)]
        kwargs |= tool_choice(request)
    if request.json_mode:
        # Few of its models can be held to a schema exactly: that has to be asked for.
        kwargs["response_format"] = response_format(request, unasked=False)
    kwargs |= request.params
    if request.stream:
        kwargs["stream"] = True
        # The API takes `stream_options`; the SDK's method does not know it.
        kwargs["extra_body"] = asking_for_usage(kwargs.get("extra_body") or {})
    return kwargs
