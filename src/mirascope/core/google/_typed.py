"""The SDK's models: their fields, and how they are built from JSON data.

Data is taken exactly where it fits, leniently where it does not: the SDK's models refuse fields
they do not know. Such a field, and a value that is not of its field's type, is kept on the model
all the same: the field in `model_extra`, the value as it came.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter

from ..base._narrow import is_array, is_object

__all__ = ["field_names", "fields_of", "typed"]

ModelT = TypeVar("ModelT", bound=BaseModel)


def typed(model: type[ModelT], data: Any) -> ModelT:
    """Build a model of the SDK from an object of the wire."""
    try:
        return model.model_validate(data)
    except Exception:  # noqa: BLE001  # the SDK's own validators raise more than ValidationError
        return _lenient(model, data if is_object(data) else {})


def _lenient(model: type[ModelT], data: Mapping[str, Any]) -> ModelT:
    model.model_rebuild()
    names = field_names(model)
    known = {key: names[key] for key in data if key in names}
    fields = {name: _value(model, name, data[key]) for key, name in known.items()}
    made = model.model_construct(**fields)
    extra = {key: value for key, value in data.items() if key not in known}
    if extra:
        # The one place where pydantic keeps what a model has no field for.
        object.__setattr__(made, "__pydantic_extra__", extra)
    return made


@cache
def field_names(model: type[BaseModel]) -> dict[str, str]:
    """The field of every name that a model takes."""
    names: dict[str, str] = {}
    for name, field in model.model_fields.items():
        names |= {name: name, field.alias or name: name}
    return names


def fields_of(given: Any) -> dict[str, Any]:
    """Copy the fields that are set in an object of the SDK or a dictionary; `None` has none."""
    if isinstance(given, BaseModel):
        return {name: getattr(given, name) for name in given.model_fields_set}
    return dict(given or {})


def _value(model: type[BaseModel], name: str, value: Any) -> Any:
    annotation = model.model_fields[name].annotation
    inner = next((kind for kind in _kinds(annotation) if issubclass(kind, BaseModel)), None)
    if inner is not None and is_object(value):
        return typed(inner, value)
    if inner is not None and is_array(value):
        return [typed(inner, item) if is_object(item) else item for item in value]
    try:
        return _adapter(model, name).validate_python(value)
    except Exception:  # noqa: BLE001  # as above
        return value


@cache
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    annotation: Any = model.model_fields[name].annotation
    return TypeAdapter(annotation)


def _kinds(annotation: Any) -> list[type[Any]]:
    """The classes that a type is made of."""
    arguments = get_args(annotation)
    if not arguments:
        return [annotation] if isinstance(annotation, type) else []
    return [kind for argument in arguments for kind in _kinds(argument)]
