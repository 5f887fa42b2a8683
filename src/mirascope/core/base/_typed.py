"""An SDK's models built from JSON data: exactly where it fits, leniently where it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from ._narrow import is_object

__all__ = ["typed"]

ModelT = TypeVar("ModelT", bound=BaseModel)


def typed(model: type[ModelT], data: Any, lenient: Callable[..., ModelT]) -> ModelT:
    """Build a model of an SDK.

    Args:
        model: The model's class.
        data: An object as JSON bytes or as plain data.
        lenient: Builds the model of fields that do not fit it, given as keyword arguments: fields
            as they came, unknown ones kept.
    """
    try:
        if isinstance(data, bytes):
            return model.model_validate_json(data, strict=True)
        return model.model_validate(data, strict=True)
    except ValidationError:
        fields = from_json(data) if isinstance(data, bytes) else data
        return lenient(**fields) if is_object(fields) else lenient()
