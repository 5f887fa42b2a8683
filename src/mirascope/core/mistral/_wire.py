"""What Mistral says of a failure inside a stream: nothing its SDK would know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base._narrow import is_array, is_object

__all__ = ["reported"]


def reported(event: Mapping[str, Any]) -> Any:
    """What an event says of a failure: that it is one, or that a choice ended in one."""
    choices = event.get("choices")
    if event.get("object") == "error" or event.get("error"):
        return event
    if event.get("message") and not choices:
        return event
    reasons = (
        [each.get("finish_reason") for each in choices if is_object(each)]
        if is_array(choices)
        else ()
    )
    return {"finish_reason": "error"} if "error" in reasons else None
