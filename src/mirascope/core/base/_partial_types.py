"""Reads types into the plans of their partial values.

Rules: aliases, new types, `Annotated` and type variables are looked through. A union's plan is
that of its members together; where two of them would take the same JSON value, it is built aside
until it is complete, unless it is an object whose names and tags tell its class. What is not known
here (tuples, sets, root models, types of other packages) is shown when it is complete.
"""

from __future__ import annotations

import collections.abc
import datetime as dt
import decimal
import enum
import pathlib
import types
import uuid
from collections.abc import Callable, Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from typing import Annotated, Any, Final, Literal, NewType, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, RootModel
from pydantic.fields import FieldInfo
from pydantic.functional_validators import PlainValidator, WrapValidator
from typing_extensions import get_type_hints, is_typeddict

from ._partial_plan import UNTYPED, Fields, Fit, Plan
from ._partial_twin import Blank, blank_dataclass, blank_mapping, blank_model
from ._type_fields import (
    QUALIFIERS,
    info_of,
    is_a,
    listed_values,
    substituted,
    wire_names,
)

__all__ = ["PlanReader", "plan_of_class"]

_TEXTLESS: Final = (bool, float, int, types.NoneType)
"""Scalars that no string of JSON is meant for."""

_TEXTS: Final = (
    *(bytes, dt.date, dt.datetime, dt.time, dt.timedelta),
    *(decimal.Decimal, pathlib.Path, uuid.UUID),
)
"""Scalars that JSON has as strings."""

_LISTS: Final = (
    *(list, collections.abc.Collection, collections.abc.Iterable),
    *(collections.abc.MutableSequence, collections.abc.Sequence),
)
_DICTS: Final = (dict, collections.abc.Mapping, collections.abc.MutableMapping)
_UNIONS: Final = (Union, types.UnionType)


_KEPT: Final = "__mirascope_partial_plan__"


class PlanReader:
    """Reads types into plans, each once.

    Args:
        skip: Says of a field, by its annotation, that it does not come from the text.
    """

    __slots__ = ("_plans", "_skip", "_unread")

    def __init__(self, skip: Callable[[Any], bool] = lambda _: False) -> None:
        self._plans: dict[Any, Plan] = {}
        self._unread: dict[int, tuple[Plan, Any]] = {}
        self._skip = skip

    def read(self, annotation: Any) -> Plan:
        """Read a type, and all types that it contains."""
        plan = self._plan(annotation)
        while self._unread:
            self._read(*self._unread.popitem()[1])
        return plan

    def _plan(self, annotation: Any) -> Plan:
        """The plan of a type, complete but for the plans of what its values contain."""
        plan = self._later(annotation)
        if self._unread.pop(id(plan), None) is not None:
            self._read(plan, annotation)
        return plan

    def _later(self, annotation: Any) -> Plan:
        """The plan of a type that is read later: a type may contain itself."""
        plan = self._known(annotation)
        if plan is None:
            plan = Plan()
            self._unread[id(plan)] = plan, annotation
            if _has_hash(annotation):
                self._plans[annotation] = plan
        return plan

    def _known(self, annotation: Any) -> Plan | None:
        return self._plans.get(annotation) if _has_hash(annotation) else None

    def _read(self, plan: Plan, annotation: Any) -> Plan:
        origin, args = get_origin(annotation), get_args(annotation)
        if annotation is Any or annotation is object:
            return plan.take(UNTYPED)
        if origin is Annotated:
            return self._read_annotated(plan, annotation, args)
        if origin in _UNIONS:
            return self._read_union(plan, annotation, args)
        if origin in QUALIFIERS:
            return plan.take(self._plan(args[0]))
        if isinstance(annotation, NewType):
            return plan.take(self._plan(annotation.__supertype__))
        if isinstance(annotation, TypeVar):
            options = annotation.__constraints__ or (annotation.__bound__ or Any,)
            any_of: Any = Union  # of as many as there are
            return plan.take(self._plan(any_of[options]))
        source = origin or annotation
        if hasattr(source, "__value__"):  # a `type` alias
            value: Any = source.__value__
            return plan.take(self._plan(value[args] if args else value))
        return self._read_class(plan, annotation, source, args)

    def _read_annotated(self, plan: Plan, annotation: Any, args: tuple[Any, ...]) -> Plan:
        inner, *metadata = args
        plan.take(self._plan(inner))
        if any(isinstance(each, (PlainValidator, WrapValidator)) for each in metadata):
            # What comes need not look like the type.
            plan.take(Plan())
            plan.is_opaque = plan.takes_text = True
        if plan.fit is not None or plan.is_opaque:
            plan.fit = Fit(annotation)
        return plan

    def _read_union(self, plan: Plan, annotation: Any, members: tuple[Any, ...]) -> Plan:
        plans = [self._plan(member) for member in members]
        if UNTYPED.values in [each.values for each in plans if each.fit is None]:
            return plan.take(UNTYPED)
        plan.fit = Fit(annotation)
        plan.is_opaque = any(each.is_opaque for each in plans)
        plan.takes_text = any(each.takes_text for each in plans)
        # Of several types a string may be of, only the complete string tells which it is.
        plan.grows = plan.takes_text and all(each.grows for each in plans if each.takes_text)
        if plan.is_opaque:
            return plan
        objects = [each for each in plans if each.objects or each.values]
        if all(each.objects for each in objects):
            plan.objects = tuple(dict.fromkeys(f for each in objects for f in each.objects))
        elif len(objects) == 1:
            plan.values = objects[0].values
        lists = [each.items for each in plans if each.items is not None]
        plan.items = lists[0] if len(lists) == 1 else None
        return plan

    def _read_class(self, plan: Plan, annotation: Any, source: Any, args: tuple[Any, ...]) -> Plan:
        plan.fit = Fit(annotation, source if source in (*_TEXTLESS, str) else None)
        if source is str:
            plan.grows = plan.takes_text = True
        elif source in _LISTS:
            plan.items = self._later(args[0] if args else Any)
        elif source in _DICTS and (not args or args[0] in (str, Any)):
            plan.values = self._later(args[1] if args else Any)
        elif (fields := self._object(source, args)) is not None:
            plan.objects = (fields,)
        elif source not in _TEXTLESS:
            plan.takes_text = True
            is_scalar = source is Literal or source in _TEXTS or is_a(source, enum.Enum)
            plan.is_opaque = not is_scalar
        return plan

    # Classes with fields.

    def _object(self, source: Any, args: tuple[Any, ...]) -> Fields | None:
        if is_a(source, BaseModel) and not is_a(source, RootModel):
            blank = _blank(blank_model, source)
            config: Mapping[str, Any] = source.model_config
            infos: Mapping[str, FieldInfo] = source.model_fields
            return None if blank is None else self._of_infos(blank, infos, config)
        if is_typeddict(source):
            return self._of_hints(blank_mapping, source, args)
        if not isinstance(source, type) or not is_dataclass(source):
            return None
        blank = _blank(blank_dataclass, source)
        infos = getattr(source, "__pydantic_fields__", {})
        if blank is None or not infos or args:
            return None if blank is None else self._of_hints(blank, source, args)
        return self._of_infos(blank, infos, getattr(source, "__pydantic_config__", {}))

    def _of_infos(
        self,
        blank: Blank,
        infos: Mapping[str, FieldInfo],
        config: Mapping[str, Any],
    ) -> Fields:
        fields = Fields(blank)
        by_name = bool(config.get("populate_by_name") or config.get("validate_by_name"))
        for name, info in infos.items():
            self._add(fields, name, info.rebuild_annotation(), info, by_name=by_name)
        return fields

    def _of_hints(self, blank: Blank, source: Any, args: tuple[Any, ...]) -> Fields | None:
        try:
            hints = get_type_hints(source, include_extras=True)
        except NameError:
            # Named where only pydantic looks: shown when it is complete.
            return None
        fields = Fields(blank)
        filled = dict(zip(getattr(source, "__parameters__", ()), args, strict=False))
        known = (
            None if is_typeddict(source) else {f.name: f.default for f in dataclass_fields(source)}
        )
        for name, hint in hints.items():
            if known is None or name in known:
                info = info_of(hint, None if known is None else known[name])
                self._add(fields, name, substituted(hint, filled), info, by_name=False)
        return fields

    def _add(
        self, fields: Fields, name: str, annotation: Any, info: FieldInfo | None, *, by_name: bool
    ) -> None:
        if self._skip(annotation):
            return
        plan, listed = self._later(annotation), listed_values(annotation)
        for wire_name in wire_names(name, info, by_name=by_name):
            fields.names[wire_name] = (name, plan)
            if listed is not None:
                fields.tags[wire_name] = listed


def _blank(make: Callable[[Any], Blank], source: Any) -> Blank | None:
    """What makes empty values of a class; `None` for one that refuses to be subclassed."""
    try:
        return make(source)
    except Exception:  # noqa: BLE001  # from code of the user's, such as `__init_subclass__`
        return None


def plan_of_class(source: type[Any]) -> Plan:
    """The plan of a class, which is read once and kept on it."""
    kept: Plan | None = vars(source).get(_KEPT)
    if kept is None:
        kept = PlanReader().read(source)
        setattr(source, _KEPT, kept)
    return kept


def _has_hash(annotation: Any) -> bool:
    try:
        hash(annotation)
    except TypeError:  # such as a dictionary in the metadata
        return False
    return True
