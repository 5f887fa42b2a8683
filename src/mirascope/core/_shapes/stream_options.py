"""The `stream_options` of chat completions: usage is asked for unless the user says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base._narrow import is_mapping

__all__ = ["asking_for_usage"]

_NOT_GIVEN = object()
_USAGE = {"include_usage": True}


def asking_for_usage(options: Mapping[str, Any]) -> dict[str, Any]:
    """Copy the options of a streamed request with the wish for a report of the tokens.

    Args:
        options: The options. `stream_options` that are `None` or empty are left out, for servers
            that do not know them.
    """
    given: Any = options.get("stream_options", _NOT_GIVEN)
    if given is None or given == {}:
        return {name: value for name, value in options.items() if name != "stream_options"}
    # An SDK has a word of its own for what is not given.
    return {**options, "stream_options": {**_USAGE, **(given if is_mapping(given) else {})}}
