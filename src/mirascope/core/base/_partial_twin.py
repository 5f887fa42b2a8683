"""Twins of classes: the same class with every field optional, whose instances are never validated.

A twin is a subclass, so that a partial value is an instance of the class it will be and has its
methods. It is made once per class and kept on the class itself: a table here would keep the class
alive through its twin.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import fields as dataclass_fields
from typing import Any, TypeAlias, cast

from pydantic import BaseModel, Field, create_model
from pydantic_core import PydanticUndefined, SchemaSerializer, core_schema

from ..errors import ToolArgumentsError
from .tool import BaseTool, tool_name

__all__ = ["Blank", "Growing", "blank_dataclass", "blank_mapping", "blank_model", "twin_of"]


class Growing:
    """A container that is being filled.

    Attributes:
        value: The container as the owner of the partial value sees it.
        storage: The dictionary or list in which it keeps what it holds.
        present: The names of the fields that have a value, of a model.
        extra: The values of names that are no fields, where they are kept.
    """

    __slots__ = ("extra", "present", "storage", "value")

    def __init__(
        self,
        value: Any,
        storage: Any,
        present: set[str] | None = None,
        extra: dict[str, Any] | None = None,
    ) -> None:
        self.value = value
        self.storage = storage
        self.present = present
        self.extra = extra


Blank: TypeAlias = "Callable[[Any], Growing]"
"""Makes an empty object; takes the one it is to become a copy of, or `None`."""

_KEPT = "__mirascope_partial__"
_OF_DATA = "default_factory_takes_validated_data"
_set = object.__setattr__


def twin_of(source: type[Any]) -> type[Any]:
    """The twin of a pydantic model or a dataclass.

    Args:
        source: The class; the same one gives the same twin.
    """
    kept: type[Any] | None = vars(source).get(_KEPT)
    if kept is None:
        kept = _model_twin(source) if issubclass(source, BaseModel) else _dataclass_twin(source)
        if not issubclass(kept, BaseTool):
            setattr(kept, "__reduce__", _reduce)  # noqa: B010  # a method, to checkers
        setattr(source, _KEPT, kept)
    return kept


def _reduce(self: Any) -> tuple[Any, ...]:
    """Pickle a partial value by the class that it is a twin of: no module has the twin itself."""
    source: type[Any] = type(self).__mro__[1]
    return _blank_of, (source,), self.__getstate__()


def _blank_of(source: type[Any]) -> Any:
    twin: Any = twin_of(source)
    return twin.__new__(twin)


def blank_model(source: type[BaseModel]) -> Blank:
    """What makes empty twins of a pydantic model."""
    twin = twin_of(source)
    nothing = dict.fromkeys(twin.model_fields)
    keeps_extra = twin.model_config.get("extra") == "allow"

    def blank(of: Any) -> Growing:
        value: BaseModel = BaseModel.__new__(twin)
        storage: dict[str, Any] = vars(value)
        storage.update(nothing)
        present: set[str] = set()
        extra: dict[str, Any] | None = {} if keeps_extra else None
        _set(value, "__pydantic_fields_set__", present)
        _set(value, "__pydantic_extra__", extra)
        _set(value, "__pydantic_private__", _private(twin) if of is None else _private_of(of))
        return Growing(value, storage, present, extra)

    return blank


def blank_dataclass(source: type[Any]) -> Blank:
    """What makes empty twins of a dataclass."""
    twin = twin_of(source)

    def blank(of: Any) -> Growing:  # noqa: ARG001  # as the others
        value = object.__new__(twin)
        return Growing(value, vars(value))

    return blank


def blank_mapping(of: Any) -> Growing:  # noqa: ARG001  # as the others
    """Make an empty dictionary: the partial value of a `TypedDict`."""
    named: dict[str, Any] = {}
    return Growing(named, named)


def _private(twin: type[BaseModel]) -> dict[str, Any] | None:
    # What `model_post_init` would do; the user's own is not run.
    private = twin.__private_attributes__
    if not private:
        return None
    values: dict[str, Any] = {}
    for name, attribute in private.items():
        factory: Any = attribute.default_factory
        if factory is None and attribute.default is not PydanticUndefined:
            values[name] = deepcopy(attribute.default)
        elif factory is not None and not getattr(attribute, _OF_DATA, False):
            values[name] = factory()
    return values


def _private_of(value: BaseModel) -> dict[str, Any] | None:
    private = value.__pydantic_private__
    return None if private is None else dict(private)


def _model_twin(model: type[BaseModel]) -> type[BaseModel]:
    optional: dict[str, Any] = {
        name: (
            Any,
            Field(
                default=None,
                alias=info.alias,
                validation_alias=info.validation_alias,
                serialization_alias=info.serialization_alias,
                exclude=info.exclude,
                repr=info.repr,
            ),
        )
        for name, info in model.model_fields.items()
    }
    twin = create_model(
        f"Partial{model.__name__}",
        __base__=model,
        __module__=model.__module__,
        # A twin in a twin is dumped by its serialiser, which older pydantics do not make then.
        __cls_kwargs__={"defer_build": False},
        **optional,
    )
    twin.__doc__ = f"A `{model.__name__}` that is still being written: every field may be `None`."
    _forget_serializers(twin)
    setattr(twin, "__repr_args__", _repr_args)  # noqa: B010  # a method, to checkers
    if issubclass(twin, BaseTool):
        setattr(twin, "call", _call_too_early)  # noqa: B010  # as above
    return twin


def _serializers(of: Any) -> list[dict[str, Any]]:
    # The user's code that runs when a value is dumped, and may need what is not there yet.
    theirs = of.__pydantic_decorators__
    return [theirs.computed_fields, theirs.field_serializers, theirs.model_serializers]


def _forget_serializers(twin: type[BaseModel]) -> None:
    if any(_serializers(twin)):
        for kind in _serializers(twin):
            kind.clear()
        twin.model_rebuild(force=True)


def _plain_serializer(twin: Any) -> SchemaSerializer:
    fields = [
        core_schema.dataclass_field(
            name,
            core_schema.any_schema(),
            serialization_alias=info.serialization_alias,
            serialization_exclude=info.exclude,
        )
        for name, info in twin.__pydantic_fields__.items()
    ]
    arguments = core_schema.dataclass_args_schema(twin.__name__, fields)
    names = [field["name"] for field in fields]
    return SchemaSerializer(core_schema.dataclass_schema(twin, arguments, names))


def _dataclass_twin(source: type[Any]) -> type[Any]:
    # As attributes of the class they also cover the slots of a class that has some.
    nothing: dict[str, Any] = {each.name: None for each in dataclass_fields(source)}
    nothing["__module__"] = source.__module__
    nothing["__doc__"] = f"A `{source.__name__}` that is still being written."
    twin: Any = types.new_class(
        f"Partial{source.__name__}",
        (source,),
        exec_body=lambda namespace: namespace.update(nothing),
    )
    if hasattr(source, "__pydantic_decorators__") and any(_serializers(source)):
        twin.__pydantic_serializer__ = _plain_serializer(twin)
    return cast("type[Any]", twin)


def _repr_args(self: BaseModel) -> Iterator[tuple[str, Any]]:
    # Computed fields are left out: they may need what is not there yet.
    for name, info in type(self).model_fields.items():
        if info.repr:
            yield name, self.__dict__.get(name)
    yield from (self.__pydantic_extra__ or {}).items()


def _call_too_early(self: BaseTool) -> Any:
    name = tool_name(self)
    raise ToolArgumentsError(
        f"The model is still writing the arguments of the tool `{name}`: call the complete tool, "
        "which is the one whose `delta` is `None`.",
        name=name,
        arguments=dict(self.__dict__),
    )
