"""The SDK's models built from JSON data: as the SDK validates it, leniently where that fails.

Strategy of the lenient way: field by field, valid data becomes what the SDK makes of it, objects
and lists that are not valid as a whole are built the same way from their parts, and what fits
nowhere stays as it came. A required field that is missing is empty, or `None`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, TypeGuard, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import from_json

from ..base._narrow import is_array, is_object

__all__ = ["typed"]

ModelT = TypeVar("ModelT", bound=BaseModel)


def typed(model: type[ModelT], data: Any) -> ModelT:
    """Build a model of the SDK.

    Args:
        model: The model's class.
        data: An object as JSON bytes or as plain data.
    """
    try:
        if isinstance(data, bytes):
            return model.model_validate_json(data)
        return model.model_validate(data)
    except ValidationError:
        return _lenient(model, from_json(data) if isinstance(data, bytes) else data)


def _lenient(model: type[ModelT], data: Any) -> ModelT:
    given: dict[str, Any] = data if is_object(data) else {}
    values: dict[str, Any] = {}
    fields_set: set[str] = set()
    for name, field in model.model_fields.items():
        wire_name = field.alias or name
        if wire_name in given:
            values[name] = _value(field.annotation, given[wire_name])
            fields_set.add(name)
        elif field.is_required():
            values[name] = _nothing(field.annotation)
    return model.model_construct(fields_set, **values)


def _nothing(annotation: Any) -> Any:
    """The value of a field that is missing: the SDK's models cannot be dumped with null objects."""
    if get_origin(annotation) is list:
        return list[Any]()
    return _lenient(annotation, {}) if _is_model(annotation) else None


def _value(annotation: Any, value: Any) -> Any:
    try:
        return TypeAdapter[Any](annotation).validate_python(value)
    except ValidationError:
        pass
    if is_array(value):
        items = next(
            (get_args(each) for each in _leaves(annotation) if get_origin(each) is list), ()
        )
        return [_value(items[0], item) for item in value] if items else value
    if is_object(value):
        models = [each for each in _leaves(annotation) if _is_model(each)]
        return _lenient(models[0], value) if len(models) == 1 else value
    return value


def _leaves(annotation: Any) -> Iterator[Any]:
    """The types an annotation allows, without the unions and aliases around them."""
    alias = getattr(annotation, "__value__", None)
    arguments = get_args(annotation)
    if alias is not None and not arguments:
        yield from _leaves(alias)
    elif get_origin(annotation) is Annotated:
        yield from _leaves(arguments[0])
    elif arguments and get_origin(annotation) not in (list, dict):
        for each in arguments:
            yield from _leaves(each)
    else:
        yield annotation


def _is_model(annotation: Any) -> TypeGuard[type[BaseModel]]:
    # The SDK has a model without fields of its own for "not given".
    if not isinstance(annotation, type) or not issubclass(annotation, BaseModel):
        return False
    return bool(annotation.model_fields)
