"""The content of a chat message: a text, or a list of parts with thinking among them.

The list is Mistral's form (https://docs.mistral.ai/capabilities/reasoning); servers that speak
OpenAI's wire for such models send it too.
"""

from __future__ import annotations

from typing import Any

from ..base._narrow import is_array, is_object

__all__ = ["reasoning_in", "text_of"]


def text_of(content: Any) -> str:
    """The text of a content: its text parts, joined."""
    if isinstance(content, str):
        return content
    return "".join(map(_text, content)) if is_array(content) else ""


def _text(part: Any) -> str:
    text = part.get("text") if is_object(part) and part.get("type", "text") == "text" else part
    return text if isinstance(text, str) else ""


def reasoning_in(content: Any) -> str | None:
    """The thinking in a content, or `None` if there is none."""
    parts = filter(is_object, content) if is_array(content) else ()
    thinking = (part.get("thinking") for part in parts if part.get("type") == "thinking")
    return "".join(map(text_of, thinking)) or None
