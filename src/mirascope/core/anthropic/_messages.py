"""Messages as Anthropic takes them.

Rules: system messages go apart, wherever in the prompt they stand. Results of tools are the user's:
they come first in their message, and those of one turn go in one message. A cache mark goes on the
block before it. A call without an id, as some providers make, gets one, and so does its result.
Blank text is refused, and left out; but a question that is nothing else goes as it is, for
Anthropic to say what is wrong with it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable
from typing import Any

from .._shapes.message_parts import CallIds, refused
from ..base._media import parse_data_url
from ..base._narrow import is_mapping
from ..base._tool_build import output_text
from ..base.message_param import (
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

_SYSTEM = frozenset({"developer", "system"})
_IMAGES = ("image/jpeg", "image/png", "image/gif", "image/webp")
_NOT_IN_IDS = re.compile(r"[^a-zA-Z0-9_-]")

_Block = dict[str, Any]


def encode_messages(messages: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """Encode messages; the provider's own ones pass through as they are.

    Returns:
        The blocks of the system prompt, and the other messages.

    Raises:
        ValueError: A message has a part that Anthropic does not take, or the result of a tool
            belongs to no call.
    """
    system: list[Any] = []
    encoded: list[Any] = []
    results: list[_Block] | None = None
    ids = CallIds("toolu_", form=_legal)
    for message in messages:
        if not isinstance(message, BaseMessageParam):
            if not _is_empty_answer(message):
                encoded.append(message)
                results = None
            continue
        content = message.content
        if message.role in _SYSTEM:
            parts = [TextPart(text=content)] if isinstance(content, str) else content
            system += _blocks(message.role, parts, ids)
            continue
        role = "user" if message.role == "tool" else message.role
        if isinstance(content, str):
            if role != "assistant" or content.strip():
                encoded.append({"role": role, "content": content})
                results = None
            continue
        blocks = _blocks(role, content, ids)
        if not blocks and role == "user":
            blocks = [_text(part) for part in content if isinstance(part, TextPart)]
        if not blocks:
            continue
        only_results = all(block["type"] == "tool_result" for block in blocks)
        if only_results and results is not None:
            results += blocks
            continue
        encoded.append({"role": role, "content": blocks})
        results = blocks if only_results else None
    return system, encoded


def _is_empty_answer(message: Any) -> bool:
    """Whether a message in Anthropic's own form is an answer without content."""
    if not is_mapping(message) or message.get("role") != "assistant":
        return False
    content = message.get("content", message)
    return not (content.strip() if isinstance(content, str) else content)


def _legal(call_id: str) -> str:
    """An id in the characters that Anthropic takes."""
    return _NOT_IN_IDS.sub("_", call_id)


def _blocks(role: str, parts: Iterable[Any], ids: CallIds) -> list[_Block]:
    results: list[_Block] = []
    others: list[_Block] = []
    last: _Block | None = None
    for part in parts:
        if role in _SYSTEM and not isinstance(part, (TextPart, CacheControlPart)):
            raise refused(part, role, by="Anthropic")
        if isinstance(part, CacheControlPart):
            if last is not None:
                last["cache_control"] = {"type": part.cache_type}
        elif isinstance(part, TextPart) and not part.text.strip():
            continue
        elif isinstance(part, ToolResultPart):
            last = _result(part, ids.of_result(part))
            results.append(last)
        elif isinstance(part, ToolCallPart):
            last = {"type": "tool_use", "id": ids.of_call(part), "name": part.name}
            last["input"] = part.args or {}
            others.append(last)
        else:
            encode = _ENCODERS.get(part.type)
            if encode is None:
                raise refused(part, role, by="Anthropic")
            last = encode(part)
            others.append(last)
    return [*results, *others]


def _result(part: ToolResultPart, call_id: str) -> _Block:
    block = {"type": "tool_result", "tool_use_id": call_id, "content": output_text(part.content)}
    return {**block, "is_error": True} if part.is_error else block


def _text(part: TextPart) -> _Block:
    return {"type": "text", "text": part.text}


def _image(part: ImagePart) -> _Block:
    return _image_data(part.media_type, part.image)


def _image_url(part: ImageURLPart) -> _Block:
    if part.url.startswith("data:"):
        return _image_data(*parse_data_url(part.url))
    return {"type": "image", "source": {"type": "url", "url": part.url}}


def _image_data(media_type: str, data: bytes) -> _Block:
    known = "image/jpeg" if media_type == "image/jpg" else media_type
    if known not in _IMAGES:
        raise ValueError(
            f"Anthropic does not take an image of the type {media_type!r}, only "
            f"{', '.join(_IMAGES)}."
        )
    return {"type": "image", "source": _base64(known, data)}


def _document(part: DocumentPart) -> _Block:
    return _document_data(part.media_type, part.document)


def _document_url(part: DocumentURLPart) -> _Block:
    if part.url.startswith("data:"):
        return _document_data(*parse_data_url(part.url))
    return {"type": "document", "source": {"type": "url", "url": part.url}}


def _document_data(media_type: str, data: bytes) -> _Block:
    if media_type == "application/pdf":
        return {"type": "document", "source": _base64(media_type, data)}
    if media_type == "text/plain":
        source = {"type": "text", "media_type": media_type, "data": data.decode()}
        return {"type": "document", "source": source}
    raise ValueError(
        f"Anthropic does not take a document of the type {media_type!r}, only application/pdf and "
        "text/plain."
    )


def _base64(media_type: str, data: bytes) -> dict[str, str]:
    return {"type": "base64", "media_type": media_type, "data": base64.b64encode(data).decode()}


_ENCODERS: dict[str, Callable[[Any], _Block]] = {
    "text": _text,
    "image": _image,
    "image_url": _image_url,
    "document": _document,
    "document_url": _document_url,
}
