"""The SDK's response objects read: as the JSON they stand for, or for their text alone."""

from __future__ import annotations

from typing import Any

from google.genai import types

from ..base._events import plain
from ..base._narrow import is_object

__all__ = ["event_of", "mere_text"]

_NOT_ON_THE_WIRE = ("automaticFunctionCallingHistory", "parsed")
_CANDIDATE = frozenset({"content", "index"})
_CONTENT = frozenset({"parts", "role"})
_PART = {"text"}


def event_of(item: Any) -> Any:
    """Give the JSON that a response object stands for."""
    event = plain(item)
    if is_object(event):
        for name in _NOT_ON_THE_WIRE:
            event.pop(name, None)
    return event


def mere_text(item: Any) -> tuple[str, Any] | None:
    """Give the text of a response object that has one candidate, and in that one text, no more.

    Returns:
        The text, and which fields the object has, with the candidate's role and number; `None`
        for any other object, and for one that has a field with nothing in it.
    """
    if item.__class__ is not types.GenerateContentResponse or item.__pydantic_extra__:
        return None
    fields, is_set = item.__dict__, item.__pydantic_fields_set__
    for name in is_set:
        if fields[name] is None:
            return None
    candidates = item.candidates
    if candidates is None or len(candidates) != 1:
        return None
    candidate = candidates[0]
    content = candidate.content
    if candidate.index or content is None or not candidate.__pydantic_fields_set__ <= _CANDIDATE:
        return None
    parts = content.parts
    if parts is None or len(parts) != 1 or not content.__pydantic_fields_set__ <= _CONTENT:
        return None
    part = parts[0]
    text = part.text
    if text is None or part.__pydantic_fields_set__ != _PART:
        return None
    return text, (is_set, content.role, candidate.index)
