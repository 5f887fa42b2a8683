"""The `stream_options` of chat completions: usage is asked for unless the user says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base._narrow import is_mapping

__all__ = ["asking_for_usage"]


def asking_for_usage(options: Mapping[str, Any]) -> dict[str, Any]:
    """Copy the options of a streamed request with the wish for a report of the tokens.

    Args:
        options: The options. `stream_options` that are `None` or empty are left out, for servers
            that do not know them.
    """
    given = options.get("stream_options", {"include_usage": True})
    if not given:
        return {name: value for name, value in options.items() if name != "stream_options"}
    asked = {"include_usage": True, **given} if is_mapping(given) else given
    return {**options, "stream_options": asked}
