"""A message's content as Mistral's SDK gives it."""

from __future__ import annotations

from typing import Any

from ..base._narrow import is_array, is_object

__all__ = ["unwrapped"]


def unwrapped(content: Any) -> Any:
    """A content with the parts the SDK does not know as they came: it wraps them."""
    return [_unwrapped(part) for part in content] if is_array(content) else content


def _unwrapped(part: Any) -> Any:
    return part["raw"] if is_object(part) and "raw" in part and "type" not in part else part
