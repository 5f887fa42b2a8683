"""`isinstance` for values of unknown content, in words that type checkers understand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeGuard

__all__ = [
    "count",
    "is_array",
    "is_iterable",
    "is_list",
    "is_mapping",
    "is_object",
    "is_sequence",
    "string",
]


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether `value`, which is JSON data, is an object."""
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    """Whether `value`, which is JSON data, is an array."""
    return isinstance(value, list)


def is_mapping(value: Any) -> TypeGuard[Mapping[Any, Any]]:
    """Whether `value` is a mapping, of whatever."""
    return isinstance(value, Mapping)


def is_list(value: Any) -> TypeGuard[list[Any] | tuple[Any, ...]]:
    """Whether `value` is a list or a tuple, of whatever."""
    return isinstance(value, (list, tuple))


def is_sequence(value: Any) -> TypeGuard[Sequence[Any]]:
    """Whether `value` is a sequence of whatever, other than a text or bytes."""
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray))


def is_iterable(value: Any) -> TypeGuard[Iterable[Any]]:
    """Whether `value` can be iterated and is not a text, bytes or a mapping."""
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, bytearray, Mapping))


def count(value: Any) -> int | None:
    """The value if it is a number of tokens, which some servers write as `5.0`, else `None`."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def string(value: Any) -> str | None:
    """The value if it is a text that says something, else `None`."""
    return value if value and isinstance(value, str) else None
