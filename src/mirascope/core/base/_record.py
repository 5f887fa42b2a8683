"""Frozen records whose classes cost nothing to make.

A frozen dataclass compiles a handful of methods when its module is imported, and this package has
more than twenty records: together they would be a third of what its import costs. To type checkers
a record is a frozen dataclass.
"""

from __future__ import annotations

from typing import Any, Never, Self, dataclass_transform

__all__ = ["Record"]


@dataclass_transform(frozen_default=True, eq_default=False)
class Record:
    """A value with the annotated fields of its class, given by name or in their order.

    Two records are never equal, and `repr` does not show what is in one: some hold credentials.

    Raises:
        TypeError: A field is missing, unknown, or given twice.
    """

    def __init__(self, *values: Any, **fields: Any) -> None:
        names = type(self).__annotations__
        given = dict(zip(names, values, strict=False))
        if len(given) < len(values):
            raise TypeError(f"{type(self).__name__}: too many values")
        if twice := given.keys() & fields:
            raise TypeError(f"{type(self).__name__}: given twice: {', '.join(sorted(twice))}")
        given |= fields
        if len(given) < len(names):
            defaults = vars(type(self))
            given = {name: defaults[name] for name in names if name in defaults} | given
        if odd := given.keys() ^ names:
            raise TypeError(f"{type(self).__name__}: missing or unknown: {', '.join(sorted(odd))}")
        self.__dict__.update(given)

    def replaced(self, **changes: Any) -> Self:
        """The same record with some fields changed."""
        return type(self)(**{**self.__dict__, **changes})

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be set")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be deleted")
