"""The content of a chat message: a text, or a list of parts with thinking among them.

The list is Mistral's form (https://docs.mistral.ai/capabilities/reasoning); servers that speak
OpenAI's wire for such models send it too. Databricks calls the thinking `reasoning`, with its texts
in `summary` (https://docs.databricks.com/aws/en/machine-learning/model-serving/query-reason-models).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base._narrow import is_array, is_object

__all__ = ["TEXTS", "kind_of", "reasoning_in", "text_of", "thinking_field"]

TEXTS = frozenset({"summary_text", "text"})
"""The types of parts that are texts."""

_THOUGHTS = {"reasoning": "summary", "thinking": "thinking"}


def text_of(content: Any) -> str:
    """The text of a content: its text parts, joined."""
    if isinstance(content, str):
        return content
    return "".join(map(_text, content)) if is_array(content) else ""


def _text(part: Any) -> str:
    text = part.get("text") if is_object(part) and kind_of(part) in (None, *TEXTS) else part
    return text if isinstance(text, str) else ""


def kind_of(part: Mapping[str, Any]) -> str | None:
    """The type of a part; `None` where it says none."""
    kind = part.get("type")
    return None if kind is None else str(kind)


def thinking_field(part: Mapping[str, Any]) -> str:
    """The field that has the texts of a part that is thinking; empty for any other part."""
    return _THOUGHTS.get(kind_of(part) or "", "")


def reasoning_in(content: Any) -> str | None:
    """The thinking in a content, or `None` if there is none."""
    parts = filter(is_object, content) if is_array(content) else ()
    thinking = (part.get(thinking_field(part)) for part in parts)
    return "".join(map(text_of, thinking)) or None
