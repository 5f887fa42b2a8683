"""The JSON mode of providers that want the prompt to ask for JSON too, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..base._narrow import is_mapping, is_sequence

__all__ = ["asking_for_json"]

_REQUEST = "Answer with a JSON object and nothing else."


def asking_for_json(messages: Iterable[Mapping[str, Any] | Any]) -> list[Any]:
    """Copy encoded messages with a request for JSON at the end of the user's last one.

    The given messages are not changed. Where no message of the user's can be extended, the request
    is a message of its own.
    """
    asking = list(messages)
    for place in range(len(asking) - 1, -1, -1):
        message = asking[place]
        if not is_mapping(message) or message.get("role") != "user":
            continue
        content = message.get("content")
        if isinstance(content, str):
            extended: Any = f"{content}\n\n{_REQUEST}" if content else _REQUEST
        elif is_sequence(content):
            extended = [*content, {"type": "text", "text": _REQUEST}]
        else:
            break
        asking[place] = {**message, "content": extended}
        return asking
    return [*asking, {"role": "user", "content": _REQUEST}]
