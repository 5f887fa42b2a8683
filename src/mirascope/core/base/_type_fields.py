"""What the fields of a class say of themselves: their names on the wire, listed values, hints."""

from __future__ import annotations

import enum
import typing
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal, get_args, get_origin

import typing_extensions
from pydantic import AliasChoices, AliasPath
from pydantic.fields import FieldInfo

__all__ = [
    "QUALIFIERS",
    "info_of",
    "is_a",
    "listed_values",
    "metadata_of",
    "substituted",
    "wire_name",
    "wire_names",
]

QUALIFIERS: Final = (
    *(typing.ClassVar, typing.Final, typing_extensions.ReadOnly),
    *(typing_extensions.NotRequired, typing_extensions.Required),
)
"""What may stand around the type of a field."""


def is_a(source: Any, kind: type[Any]) -> bool:
    """Whether something is a subclass of a class."""
    return isinstance(source, type) and issubclass(source, kind)


def wire_name(name: str, info: FieldInfo | None) -> str:
    """The first name that a field is known by on the wire."""
    return next(wire_names(name, info, by_name=False), name)


def wire_names(name: str, info: FieldInfo | None, *, by_name: bool) -> Iterator[str]:
    """The names that a field is known by on the wire.

    Args:
        name: The field's own name.
        info: What pydantic knows of it, or `None`.
        by_name: Whether its own name counts beside an alias.
    """
    alias = None if info is None else info.validation_alias or info.alias
    if alias is None or by_name:
        yield name
    for each in alias.choices if isinstance(alias, AliasChoices) else [alias]:
        if isinstance(each, AliasPath):
            # A path that leads deeper is followed in the complete answer only.
            if len(each.path) == 1 and isinstance(each.path[0], str):
                yield each.path[0]
        elif isinstance(each, str):
            yield each


def info_of(hint: Any, default: Any) -> FieldInfo | None:
    """What a field's default or its annotation tells pydantic of it."""
    found = [each for each in (default, *metadata_of(hint)) if isinstance(each, FieldInfo)]
    return found[0] if found else None


def metadata_of(hint: Any) -> tuple[Any, ...]:
    """What is said of a field itself in its `Annotated[...]`, and not of what it contains."""
    while get_origin(hint) in QUALIFIERS:
        hint = get_args(hint)[0]
    return get_args(hint)[1:] if get_origin(hint) is Annotated else ()


def listed_values(annotation: Any) -> frozenset[Any] | None:
    """The values of a type that lists them."""
    while get_origin(annotation) in (*QUALIFIERS, Annotated):
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is Literal:
        values = get_args(annotation)
        return frozenset(each.value if isinstance(each, enum.Enum) else each for each in values)
    if is_a(annotation, enum.Enum):
        return frozenset(each.value for each in annotation)
    return None


def substituted(hint: Any, filled: Mapping[Any, Any]) -> Any:
    """A hint of a generic class with the type arguments put in."""
    if not filled:
        return hint
    if hint in filled:
        return filled[hint]
    parameters = getattr(hint, "__parameters__", ())
    if not parameters:
        return hint
    return hint[tuple(filled.get(each, each) for each in parameters)]
