"""A request in Mistral's words: messages, tools and options of `chat.complete` and `chat.stream`.

The format is documented at https://docs.mistral.ai/api/endpoint/chat. The API takes tool calls'
ids of nine letters and digits only: ids of other providers in provider-neutral messages are put
into that form, the same one for a call and for its result. It refuses two more things, which are
mended for messages of every form: an answer that says nothing is left out, and where no answer
stands between the results of tools and what is asked next, one is put there.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from typing import Any

from .._shapes.answer_format import response_format, tool_choice
from .._shapes.chat_messages import data_url, encode_messages, image_part
from .._shapes.chat_wire import short_id
from .._shapes.json_mode import asking_for_json
from .._shapes.message_parts import field_of
from ..base._adapter import Request
from ..base.call_params import renamed
from ..base.message_param import (
    AudioPart,
    AudioURLPart,
    DocumentPart,
    DocumentURLPart,
)
from .tool import MistralTool

__all__ = ["encode"]

_NAMES = {"seed": "random_seed"}
_ANSWER = {"role": "assistant", "content": "OK."}
_ID = re.compile(r"[a-zA-Z0-9]{9}")


def encode(request: Request) -> dict[str, Any]:
    """Give the keyword arguments of `chat.complete` and of `chat.stream`.

    Raises:
        ValueError: A message has a part that Mistral does not take, a parameter is given under
            its common and its own name at once, or the response model asks for the strict mode,
            which cannot express it.
    """
    messages = encode_messages(request.messages, provider="Mistral", part=_part, id_form=_fitting)
    asking = asking_for_json(messages) if request.json_mode else messages
    kwargs: dict[str, Any] = {"model": request.model, "messages": _in_order(asking)}
    if request.tools:
        kwargs["tools"] = [tool.tool_schema() for tool in request.offered(MistralTool)]
        kwargs |= tool_choice(request, several="any")
    if request.json_mode:
        kwargs["response_format"] = response_format(request)
    return {**kwargs, **renamed(request.params, _NAMES)}


def _in_order(messages: Iterable[Any]) -> list[Any]:
    """Give messages in an order that the API takes."""
    ordered: list[Any] = []
    last: str | None = None
    for message in messages:
        role = field_of(message, "role")
        if role == "assistant" and _is_empty(message):
            continue
        if last == "tool" and role not in ("assistant", "tool"):
            ordered.append(dict(_ANSWER))
        ordered.append(message)
        last = role
    return ordered


def _is_empty(answer: Any) -> bool:
    return not (field_of(answer, "content") or field_of(answer, "tool_calls"))


def _part(part: Any) -> dict[str, Any] | None:
    if isinstance(part, AudioPart):
        return {"type": "input_audio", "input_audio": base64.b64encode(part.audio).decode()}
    if isinstance(part, AudioURLPart):
        return {"type": "input_audio", "input_audio": part.url}
    if isinstance(part, DocumentPart):
        url = data_url(part.media_type, part.document)
        return {"type": "document_url", "document_url": url}
    if isinstance(part, DocumentURLPart):
        return {"type": "document_url", "document_url": part.url}
    return image_part(part)


def _fitting(call_id: str) -> str:
    """An id of a tool call as the API takes it: nine letters and digits."""
    return call_id if _ID.fullmatch(call_id) else short_id(call_id)
