"""The SDK's models built from JSON data: exactly where it fits, leniently where it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast, get_args

from cohere import StreamedChatResponse, V2ChatStreamResponse
from cohere.core.unchecked_base_model import UncheckedBaseModel
from pydantic import BaseModel

from ..base._narrow import is_object
from ..base._typed import typed

__all__ = ["EVENT_NAMES", "built", "built_event"]

ModelT = TypeVar("ModelT", bound=BaseModel)


def _kinds(union: Any, discriminant: str) -> dict[str, type[BaseModel]]:
    """The members of a union of the SDK, by the value that tells them apart."""
    members: tuple[type[BaseModel], ...] = get_args(get_args(union)[0])
    return {member.model_fields[discriminant].default: member for member in members}


_EVENTS = _kinds(V2ChatStreamResponse, "type")
_EVENTS_V1 = _kinds(StreamedChatResponse, "event_type")

EVENT_NAMES = frozenset(name.encode() for name in _EVENTS)
"""The names that events of version 2 have on the wire, as far as the SDK knows them."""


def built(model: type[ModelT], data: Any) -> ModelT:
    """Build a model of the SDK.

    Args:
        model: The model's class.
        data: An object as JSON bytes or as plain data.
    """
    return typed(model, data, _lenient(model))


def built_event(event: Any) -> Any:
    """Build the SDK's object for a wire event of either version.

    The SDK has no class for an event it does not know: that becomes an object with the event's
    fields as its attributes.
    """
    model: type[BaseModel] | None = None
    if is_object(event):
        if "event_type" in event:
            model = _EVENTS_V1.get(str(event["event_type"]))
        else:
            model = _EVENTS.get(str(event.get("type")))
    return built(model or UncheckedBaseModel, event)


def _lenient(model: type[ModelT]) -> Callable[..., ModelT]:
    def build(**fields: Any) -> ModelT:
        try:
            return model.model_construct(**fields)
        except Exception:  # noqa: BLE001  # the SDK's own way expects objects where it has models
            construct: Any = BaseModel.model_construct
            return cast("ModelT", construct.__func__(model, **fields))

    return build
