"""How a partial value of a type is built, for every kind of JSON value that may come.

Strategy: a type is read once into a plan. A plan says what an object, an array, a string and
anything else becomes while it arrives; a union's plan is that of its members put together. What a
plan cannot show before it is complete, pydantic validates when it is, against the type alone: the
validators of a class run on the whole answer only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic_core import to_json

from ._absent import ABSENT
from ._partial_twin import Blank

__all__ = ["HIDDEN", "UNTYPED", "Fields", "Fit", "Plan"]


class Fields:
    """How to build an object of a class.

    Attributes:
        blank: Makes an empty one.
        names: For each name on the wire, the field's own name and its plan.
        tags: For each name on the wire whose values are listed, those values.
    """

    __slots__ = ("blank", "names", "tags")

    def __init__(self, blank: Blank) -> None:
        """Make a description without fields, which are filled in: a class may contain itself."""
        self.blank = blank
        self.names: dict[str, tuple[str, Plan]] = {}
        self.tags: dict[str, frozenset[Any]] = {}

    def may_have(self, name: str | None, value: Any) -> bool:
        """Whether a field may have a value, as far as its values are listed."""
        allowed = self.tags.get(name or "")
        return allowed is None or (isinstance(value, (str, int, float)) and value in allowed)


class Plan:
    """How to build a value of a type.

    Attributes:
        objects: The classes that an object may be of.
        values: The plan of each value, where an object becomes a dictionary.
        items: The plan of each item, where an array becomes a list.
        grows: Whether a string is shown while it grows.
        takes_text: Whether a string may be a value at all.
        is_opaque: Whether nothing is known of the type's values before they are complete.
        fit: Turns any other complete value into one of the type, or into `ABSENT`; `None` where
            every value is one.
    """

    __slots__ = ("fit", "grows", "is_opaque", "items", "objects", "takes_text", "values")

    def __init__(
        self,
        *,
        objects: tuple[Fields, ...] = (),
        fit: Callable[[Any], Any] | None = None,
        grows: bool = False,
    ) -> None:
        """Make a plan; what may contain the type itself is filled in."""
        self.objects: tuple[Fields, ...] = objects
        self.values: Plan | None = None
        self.items: Plan | None = None
        self.grows: bool = grows
        self.takes_text: bool = grows
        self.is_opaque: bool = False
        self.fit: Callable[[Any], Any] | None = fit

    def take(self, other: Plan) -> Plan:
        """Make this plan the same as another one."""
        for name in self.__slots__:
            setattr(self, name, getattr(other, name))
        return self


class Fit:
    """Validates complete values of a type that come as plain data.

    Args:
        annotation: The type.
        exact: The class whose instances are values as they are.
    """

    __slots__ = ("_annotation", "_exact", "_validate")

    def __init__(self, annotation: Any, exact: type[Any] | None = None) -> None:
        self._annotation = annotation
        self._exact = exact
        self._validate: Callable[[bytes], Any] | None = None

    def __call__(self, value: Any) -> Any:
        """Give the value as one of the type, or `ABSENT`."""
        if value.__class__ is self._exact:
            return value
        try:
            if self._validate is None:
                adapter: TypeAdapter[Any] = TypeAdapter(self._annotation)
                self._validate = adapter.validate_json
            return self._validate(to_json(value, inf_nan_mode="constants"))
        except Exception:  # noqa: BLE001  # a user's validator may raise anything
            # The whole answer is validated as well, and that is what reports it.
            return ABSENT


def _nothing(value: Any) -> Any:  # noqa: ARG001  # a `fit`
    return ABSENT


def _untyped() -> Plan:
    plan = Plan(grows=True)
    plan.values = plan.items = plan
    return plan


UNTYPED: Final = _untyped()
"""Everything is shown as plain data."""

HIDDEN: Final = Plan(fit=_nothing)
"""Nothing is shown."""
