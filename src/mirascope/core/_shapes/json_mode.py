"""The JSON mode of providers that want the prompt to ask for JSON too, in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ..base._narrow import is_mapping, is_sequence
from .message_parts import place_of_last

__all__ = ["asking_for_json", "naming_json", "request_for_json"]

_REQUEST = "Answer with a JSON object and nothing else."


def request_for_json(schema: Mapping[str, Any] | None = None) -> str:
    """Give the request for JSON in words.

    Args:
        schema: What the JSON has to look like, where it is told in no other way.
    """
    if schema is None:
        return _REQUEST
    return f"{_REQUEST} It has to fit this JSON schema:\n{json.dumps(schema, ensure_ascii=False)}"


def naming_json(messages: Iterable[Any], *, part: str = "text") -> list[Any]:
    """Copy encoded messages with a request for JSON, unless one of them names JSON already.

    OpenAI refuses its JSON mode for a prompt without that word.

    Args:
        messages: The messages.
        part: The type of a content part with text.
    """
    asked = list(messages)
    return asked if any(map(_names_json, asked)) else asking_for_json(asked, part=part)


def _names_json(message: Any) -> bool:
    content = message.get("content") if is_mapping(message) else None
    parts = content if is_sequence(content) and not isinstance(content, str) else [content]
    texts = (each.get("text") if is_mapping(each) else each for each in parts)
    return any(isinstance(text, str) and "json" in text.lower() for text in texts)


def asking_for_json(
    messages: Iterable[Mapping[str, Any] | Any],
    schema: Mapping[str, Any] | None = None,
    *,
    part: str = "text",
) -> list[Any]:
    """Copy encoded messages with a request for JSON at the end of the user's last one.

    The given messages are not changed. Where that message cannot be extended, because it is an
    object of an SDK, the request follows it as a message of its own; where the user has none, it is
    the last.

    Args:
        messages: The messages.
        schema: What the JSON has to look like, where it is told in no other way.
        part: The type of a content part with text.
    """
    request = request_for_json(schema)
    asking = list(messages)
    place = place_of_last(asking, ("user",))
    if place is None:
        return [*asking, {"role": "user", "content": request}]
    message = asking[place]
    content = message.get("content") if is_mapping(message) else None
    if isinstance(content, str):
        asking[place] = {**message, "content": f"{content}\n\n{request}" if content else request}
    elif is_sequence(content):
        asking[place] = {**message, "content": [*content, {"type": part, "text": request}]}
    else:
        asking.insert(place + 1, {"role": "user", "content": request})
    return asking
