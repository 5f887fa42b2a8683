"""Messages as OpenAI's Responses API takes them: items, in one flat list.

Rules: system messages stay in their places, under their role. A message with calls or results of
tools becomes several items, in the order of its parts. A list among the messages is an answer's
items. A call without an id, as some providers make, gets one, and so does its result.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..._shapes.chat_messages import data_url
from ..._shapes.message_parts import CallIds, refused
from ...base._narrow import is_list
from ...base._tool_build import output_text
from ...base.message_param import (
    BaseMessageParam,
    CacheControlPart,
    DocumentPart,
    DocumentURLPart,
    ImagePart,
    ImageURLPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

__all__ = ["encode_messages"]

_Item = dict[str, Any]

_EXTENSIONS = {"text/csv": "csv", "text/html": "html", "text/markdown": "md", "text/plain": "txt"}


def encode_messages(messages: Iterable[Any]) -> list[Any]:
    """Encode messages; the provider's own ones pass through as they are.

    Raises:
        ValueError: A message has a part that OpenAI does not take, or the result of a tool belongs
            to no call.
    """
    encoded: list[Any] = []
    ids = CallIds()
    for message in messages:
        if is_list(message):
            encoded += message
        elif not isinstance(message, BaseMessageParam):
            encoded.append(message)
        elif isinstance(message.content, str):
            encoded.append({"role": message.role, "content": message.content})
        else:
            encoded += _with_parts(message.role, message.content, ids)
    return encoded


def _with_parts(role: str, parts: Iterable[Any], ids: CallIds) -> Iterator[_Item]:
    """The items of a message of parts: calls and results stand between its other parts."""
    content: list[_Item] = []
    for part in parts:
        if isinstance(part, CacheControlPart):
            continue  # a hint, and caching is automatic here
        item = _item(part, ids)
        if item is None:
            content.append(_content(role, part))
            continue
        yield from _message(role, content)
        content = []
        yield item
    yield from _message(role, content)


def _item(part: Any, ids: CallIds) -> _Item | None:
    """The item that a part is by itself; `None` for one that belongs in a message."""
    if isinstance(part, ToolCallPart):
        arguments = json.dumps(part.args or {})
        call: _Item = {"type": "function_call", "call_id": ids.of_call(part), "name": part.name}
        return {**call, "arguments": arguments}
    if isinstance(part, ToolResultPart):
        output = output_text(part.content)
        return {"type": "function_call_output", "call_id": ids.of_result(part), "output": output}
    return None


def _message(role: str, content: list[_Item]) -> Iterator[_Item]:
    if not content:
        return
    # A single text goes as a string, which every compatible server takes.
    is_text = len(content) == 1 and "text" in content[0]
    yield {"role": role, "content": content[0]["text"] if is_text else content}


def _content(role: str, part: Any) -> _Item:
    if isinstance(part, TextPart):
        return {"type": "output_text" if role == "assistant" else "input_text", "text": part.text}
    encode = None if role == "assistant" else _ENCODERS.get(part.type)
    if encode is None:
        raise refused(part, role, by="OpenAI's Responses API")
    return encode(part)


def _image(part: ImagePart) -> _Item:
    return _image_at(data_url(part.media_type, part.image), part.detail)


def _image_url(part: ImageURLPart) -> _Item:
    return _image_at(part.url, part.detail)


def _image_at(url: str, detail: str | None) -> _Item:
    return {"type": "input_image", "image_url": url, "detail": detail or "auto"}


def _document(part: DocumentPart) -> _Item:
    # The kind of a file is told from its name.
    name = f"document.{_EXTENSIONS.get(part.media_type, 'pdf')}"
    data = data_url(part.media_type, part.document)
    return {"type": "input_file", "filename": name, "file_data": data}


def _document_url(part: DocumentURLPart) -> _Item:
    return {"type": "input_file", "file_url": part.url}


_ENCODERS: dict[str, Callable[[Any], _Item]] = {
    "image": _image,
    "image_url": _image_url,
    "document": _document,
    "document_url": _document_url,
}
