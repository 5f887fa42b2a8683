"""Recognises an SDK's object that equals the one before it in everything but its text.

The counterpart of the pattern over bytes, for streams that are read through their SDK: most of its
objects differ from the last one in a piece of text alone. Whether one does takes a few comparisons
of dictionaries, which run in C; turning it into plain data takes several times as long, and is left
to whoever asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from pydantic import BaseModel

from ._narrow import is_array
from ._text_pattern import Recognise

__all__ = ["ObjectPattern"]

_NOTHING: dict[str, Any] = {}


_Level: TypeAlias = (
    "tuple[type[Any], set[str], dict[str, Any], dict[str, Any], list[tuple[bool, str]], str]"
)
"""One object on the way to the text: its class, the fields that are set, all that it says in its
fields and beside them, what in it varies, and the name of the field that leads on."""


class ObjectPattern:
    """The objects around the text of an event.

    Args:
        path: The fields that lead to the text, the text's own last. A list on the way has to have
            one item.
        varying: Fields of the event that differ every time: padding, and numbers that count.
    """

    __slots__ = ("_path", "_varying")

    def __init__(self, path: Sequence[str], varying: Sequence[str] = ()) -> None:
        self._path = path
        self._varying = varying

    def learn(self, raw: Any, text: str) -> Recognise | None:
        """Take an SDK's object as the pattern, if the path leads to its text."""
        item = raw
        levels: list[_Level] = []
        for name in self._path:
            if not isinstance(item, BaseModel):
                break
            is_set, extra = set(item.__pydantic_fields_set__), dict(item.__pydantic_extra__ or {})
            fields = dict(item.__dict__)
            varying = [(each in extra, each) for each in self._varying if not levels]
            varying = [each for each in varying if each[1] in (extra if each[0] else fields)]
            levels.append((type(item), is_set, fields, extra, varying, name))
            item = _only(fields.get(name))
        recognise = _recogniser(levels)
        return recognise if len(levels) == len(self._path) and recognise(raw) == text else None


def _recogniser(levels: list[_Level]) -> Recognise:
    recognise: Recognise = _text
    for level in reversed(levels):
        recognise = _inside(level, recognise)
    return recognise


def _text(found: Any) -> str | None:
    return found if found.__class__ is str else None


def _inside(level: _Level, then: Recognise) -> Recognise:
    """What recognises a text inside an object, of what recognises it in the object's field."""
    kind, is_set, fields, extra, varying, inner = level

    def text(found: Any) -> str | None:
        if found.__class__ is not kind:
            return None
        said: dict[str, Any] = found.__dict__
        more: dict[str, Any] = found.__pydantic_extra__ or _NOTHING
        for is_extra, name in varying:
            (extra if is_extra else fields)[name] = (more if is_extra else said).get(name)
        value: Any = said.get(inner)
        fields[inner] = value
        if said != fields or more != extra or found.__pydantic_fields_set__ != is_set:
            return None
        return then(_only(value) if value.__class__ is list else value)

    return text


def _only(value: Any) -> Any:
    """The only item of a list, `None` for a list of another length, or the value itself."""
    if not is_array(value):
        return value
    return value[0] if len(value) == 1 else None
