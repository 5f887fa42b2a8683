"""The SDK's models built from JSON data: exactly where it fits, leniently where it does not."""

from __future__ import annotations

from typing import Any, TypeVar

from openai import BaseModel
from pydantic import ValidationError
from pydantic_core import from_json

from ..base._narrow import is_mapping

__all__ = ["typed"]

ModelT = TypeVar("ModelT", bound=BaseModel)


def typed(model: type[ModelT], data: Any) -> ModelT:
    """Build a model of the SDK.

    Data of an unexpected form gives the same object as the SDK's own reading would: fields as they
    came, unknown ones kept.

    Args:
        model: The model's class.
        data: An object as JSON bytes or as plain data.
    """
    try:
        if isinstance(data, bytes):
            return model.model_validate_json(data, strict=True)
        return model.model_validate(data, strict=True)
    except ValidationError:
        fields = from_json(data) if isinstance(data, bytes) else data
        return model.construct(**fields) if is_mapping(fields) else model.construct()
