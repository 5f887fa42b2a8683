"""An SDK's typed objects turned back into the plain JSON data they were built from."""

from __future__ import annotations

import base64
from datetime import datetime
from enum import Enum
from typing import Any

from jiter import from_json
from pydantic import BaseModel

__all__ = ["event_of", "json_of", "plain"]

_PLAIN = frozenset({str, int, float, bool, type(None)})
_ALIASES: dict[type[BaseModel], dict[str, str]] = {}


def event_of(raw: Any) -> Any:
    """Give the wire event behind its bytes or behind the SDK's object."""
    return from_json(json_of(raw)) if raw.__class__ is bytes else plain(raw)


def json_of(raw: bytes) -> bytes:
    """Give the JSON object in an event's bytes, without the line and the field it came in."""
    return raw[max(raw.find(b"{"), 0) :]


def plain(value: Any) -> Any:
    """Give the JSON data behind a value: only fields that were set, under their wire names.

    Own code rather than `model_dump`: SDKs build models without validation, and dumping a field
    whose value is not of its declared type warns. It is also several times cheaper.
    """
    kind: type[Any] = value.__class__
    if kind in _PLAIN:
        return value
    if kind is list or kind is tuple:
        return [item if item.__class__ in _PLAIN else plain(item) for item in value]
    if kind is dict:
        return {
            key: item if item.__class__ in _PLAIN else plain(item) for key, item in value.items()
        }
    # Asking pydantic whether something is a model takes longer than all the rest.
    if kind in _ALIASES or isinstance(value, BaseModel):
        return _fields(value, kind)
    return _scalar(value)


def _fields(value: BaseModel, kind: type[BaseModel]) -> dict[str, Any]:
    fields, is_set = value.__dict__, value.__pydantic_fields_set__
    data = {
        name: item if item.__class__ in _PLAIN else plain(item)
        for name, item in fields.items()
        if name in is_set
    }
    aliases = _ALIASES.get(kind)
    if aliases is None:
        aliases = _ALIASES[kind] = {
            name: field.serialization_alias or field.alias or name
            for name, field in kind.model_fields.items()
            if (field.serialization_alias or field.alias or name) != name
        }
    if aliases:
        data = {aliases.get(name, name): item for name, item in data.items()}
    extra = value.__pydantic_extra__
    if extra:
        data.update(plain(extra))
    return data


def _scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value
