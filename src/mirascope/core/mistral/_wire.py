"""What Mistral says of a failure inside a stream: nothing its SDK would know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._shapes.chat_wire import failure_in

__all__ = ["reported"]


def reported(event: Mapping[str, Any]) -> Any:
    """What an event says of a failure, if it is one."""
    if event.get("error") or (event.get("message") and not event.get("choices")):
        return event
    return failure_in(event)
