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

__all__ = ["PartEncoder", "data_url", "encode_messages", "image_part"]

PartEncoder: TypeAlias = "Callable[[Any], dict[str, Any] | None]"
"""Encodes a content part; `None` for a part the provider does not take."""


def encode_messages(
    messages: Iterable[Any], *, provider: str, part: PartEncoder
) -> list[dict[str, Any] | Any]:
    """Encode messages; the provider's own ones pass through as they are.

    Args:
        messages: The prompt.
        provider: The provider's name, for errors.
        part: Encodes the parts beyond text, tool calls and tool results.

    Raises:
        ValueError: A message has a part that the provider does not take.
    """
    encoded: list[Any] = []
    for message in messages:
        if not isinstance(message, BaseMessageParam):
            encoded.append(message)
        elif isinstance(message.content, str):
            encoded.append({"role": message.role, "content": message.content})
        else:
            encoded += _with_parts(message.role, message.content, provider, part)
    return encoded


def _with_parts(role: str, parts: Iterable[Any], provider: str, part: PartEncoder) -> list[Any]:
    """Encode a message of parts; the results of tools are messages of their own, and first."""
    results: list[Any] = []
    content: list[dict[str, Any]] = []
    calls: list[dict[str, Any]] = []
    for each in parts:
        if isinstance(each, ToolResultPart):
            results.append(
                {
                    "role": "tool",
                    "tool_call_id": each.id or "",
                    "content": output_text(each.content),
                }
            )
        elif isinstance(each, ToolCallPart):
            calls.append(_call(each))
        elif isinstance(each, TextPart):
            content.append({"type": "text", "text": each.text})
        elif not isinstance(each, CacheControlPart):
            # Cache control is a hint, and caching is automatic here.
            encoded = part(each)
            if encoded is None:
                raise ValueError(
                    f"{provider} does not take a {type(each).__name__} ({each.type!r}) in a "
                    f"{role!r} message."
                )
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


def _call(part: ToolCallPart) -> dict[str, Any]:
    function = {"name": part.name, "arguments": json.dumps(part.args or {})}
    return {"id": part.id or "", "type": "function", "function": function}


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
