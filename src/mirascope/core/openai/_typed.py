"""The SDK's models built from JSON data: exactly where it fits, leniently where it does not."""

from __future__ import annotations

from typing import Any, TypeVar

from openai import BaseModel

from ..base import _typed

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
    return _typed.typed(model, data, model.construct)
