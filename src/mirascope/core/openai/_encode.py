"""A request in OpenAI's words: messages, tools and options of `chat.completions.create`.

The format is documented at https://platform.openai.com/docs/api-reference/chat/create.
"""

from __future__ import annotations

import base64
from typing import Any

from .._shapes.answer_format import response_format, tool_choice
from .._shapes.chat_messages import data_url, encode_messages, image_part
from .._shapes.json_mode import naming_json
from .._shapes.stream_options import asking_for_usage
from ..base._adapter import Request
from ..base.message_param import AudioPart, DocumentPart
from .tool import OpenAITool

__all__ = ["encode"]

_AUDIO = {"audio/wav": "wav", "audio/x-wav": "wav", "audio/mp3": "mp3", "audio/mpeg": "mp3"}


def encode(request: Request) -> dict[str, Any]:
    """Give the keyword arguments of `chat.completions.create`.

    Usage is asked for in a stream, unless the user's `stream_options` say otherwise. `None` sends
    none, to servers that do not know them.

    Raises:
        ValueError: A message has a part that OpenAI does not take, or the response model asks for
            the strict mode, which cannot express it.
    """
    kwargs: dict[str, Any] = {
        "model": request.model,
        "messages": encode_messages(request.messages, provider="OpenAI", part=_part),
    }
    if request.tools:
        kwargs["tools"] = [tool.tool_schema() for tool in request.offered(OpenAITool)]
        kwargs |= tool_choice(request)
    if request.json_mode:
        kwargs["response_format"] = response_format(request)
        if request.answer is None:
            kwargs["messages"] = naming_json(kwargs["messages"])
    kwargs |= request.params
    if request.stream:
        return asking_for_usage({**kwargs, "stream": True})
    return kwargs


def _part(part: Any) -> dict[str, Any] | None:
    if isinstance(part, AudioPart) and part.media_type in _AUDIO:
        audio = {"data": base64.b64encode(part.audio).decode(), "format": _AUDIO[part.media_type]}
        return {"type": "input_audio", "input_audio": audio}
    if isinstance(part, DocumentPart):
        data = data_url(part.media_type, part.document)
        return {"type": "file", "file": {"filename": "document.pdf", "file_data": data}}
    return image_part(part)
