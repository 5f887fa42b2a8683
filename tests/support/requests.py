"""What a request says: the texts of its messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

REFUSING = ("anthropic", "gemini", "google")
"""The providers that refuse a message with an empty part in it."""

_HOLDERS = ("content", "contents", "messages", "parts")


def sent_texts(request: Any) -> Iterator[Any]:
    """The texts in the messages of a request, and `None` for what says nothing at all.

    Text with a signature is left out: that goes back though it is empty.
    """
    return _texts(request.json)


def _texts(data: Any) -> Iterator[Any]:
    if isinstance(data, list):
        for item in data:
            if item == {}:
                yield None
            yield from _texts(item)
    elif isinstance(data, dict):
        signed = data.get("thoughtSignature") or data.get("thought_signature")
        if isinstance(data.get("text"), str) and not signed:
            yield data["text"]
        for holder in _HOLDERS:
            if holder in data:
                held = data[holder]
                yield from [held] if isinstance(held, str) else _texts(held)
