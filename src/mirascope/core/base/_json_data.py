"""JSON data that is complete already, told to a sink as a reader of its text would tell it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._json import JsonSink
from ._narrow import is_array, is_object

__all__ = ["tell", "tell_fields"]


def tell(sink: JsonSink, value: Any) -> None:
    """Tell a value.

    Args:
        sink: Is told.
        value: Plain data.
    """
    if is_object(value):
        sink.begin(is_object=True)
        tell_fields(sink, value)
        sink.end()
    elif is_array(value):
        sink.begin(is_object=False)
        for item in value:
            tell(sink, item)
        sink.end()
    elif isinstance(value, str):
        sink.begin_text()
        sink.grow(value)
        sink.end_text()
    else:
        sink.scalar(value)


def tell_fields(sink: JsonSink, values: Mapping[str, Any]) -> None:
    """Tell what an object holds, without its beginning and its end."""
    for name, value in values.items():
        sink.key(name)
        tell(sink, value)
