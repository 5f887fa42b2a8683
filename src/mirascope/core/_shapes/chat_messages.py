"""Messages as chat completions take them: what OpenAI, Groq and Mistral share."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from ..base._tool_build import output_text
from ..base.message_param import (
    BaseMessageParam,
    CacheControlPart,
    ImagePart,
    ImageURLPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from .message_parts import CallIds, refused

__all__ = ["PartEncoder", "data_url", "encode_messages", "image_part"]

PartEncoder: TypeAlias = "Callable[[Any], dict[str, Any] | None]"
"""Encodes a content part; `None` for a part the provider does not take."""


def encode_messages(
    messages: Iterable[Any],
    *,
    provider: str,
    part: PartEncoder,
    id_form: Callable[[str], str] = str,
) -> list[dict[str, Any] | Any]:
    """Encode messages; the provider's own ones pass through as they are.

    Args:
        messages: The prompt.
        provider: The provider's name, for errors.
        part: Encodes the parts beyond text, tool calls and tool results.
        id_form: Puts the id of a tool call into the form that the provider takes.

    Raises:
        ValueError: A message has a part that the provider does not take, or the result of a tool
            belongs to no call.
    """
    encoded: list[Any] = []
    ids = CallIds(form=id_form)
    for message in messages:
        if not isinstance(message, BaseMessageParam):
            encoded.append(message)
        elif isinstance(message.content, str):
            encoded.append({"role": message.role, "content": message.content})
        else:
            encoded += _with_parts(message.role, message.content, ids, provider, part)
    return encoded


def _with_parts(
    role: str, parts: Iterable[Any], ids: CallIds, provider: str, part: PartEncoder
) -> list[Any]:
    """Encode a message of parts; the results of tools are messages of their own, and first."""
    results: list[Any] = []
    content: list[dict[str, Any]] = []
    calls: list[dict[str, Any]] = []
    for each in parts:
        if isinstance(each, ToolResultPart):
            output = output_text(each.content)
            results.append({"role": "tool", "tool_call_id": ids.of_result(each), "content": output})
        elif isinstance(each, ToolCallPart):
            calls.append(_call(each, ids.of_call(each)))
        elif isinstance(each, TextPart):
            content.append({"type": "text", "text": each.text})
        elif not isinstance(each, CacheControlPart):
            # Cache control is a hint, and caching is automatic here.
            encoded = part(each)
            if encoded is None:
                raise refused(each, role, by=provider)
            content.append(encoded)
    if not content and not calls:
        return results
    encoded_message: dict[str, Any] = {"role": role}
    if content:
        # Text alone goes as a string, which every compatible server takes.
        texts = [each["text"] for each in content if each["type"] == "text"]
        encoded_message["content"] = "\n\n".join(texts) if len(texts) == len(content) else content
    if calls:
        encoded_message["tool_calls"] = calls
    return [*results, encoded_message]


def _call(part: ToolCallPart, call_id: str) -> dict[str, Any]:
    function = {"name": part.name, "arguments": json.dumps(part.args or {})}
    return {"id": call_id, "type": "function", "function": function}


def image_part(part: Any) -> dict[str, Any] | None:
    """Encode an image, given or by its address."""
    if isinstance(part, ImagePart):
        url = data_url(part.media_type, part.image)
    elif isinstance(part, ImageURLPart):
        url = part.url
    else:
        return None
    image = {"url": url} if part.detail is None else {"url": url, "detail": part.detail}
    return {"type": "image_url", "image_url": image}


def data_url(media_type: str, data: bytes) -> str:
    """Give data as an address that holds it."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
