"""What a model is told about the answer it has to give: a name, a description, a JSON schema.

Rules: providers take an object at the top. A type that is none (a list, a union, a number) is
asked for as the one field of an object, and so is a dictionary, whose free names strict modes
refuse. Fields that are filled from the call's arguments are not in the schema.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import is_dataclass
from typing import Annotated, Any, Final, get_args, get_origin

from pydantic import BaseModel, ConfigDict, RootModel, TypeAdapter
from pydantic.errors import PydanticUserError
from pydantic.fields import FieldInfo
from typing_extensions import get_type_hints, is_typeddict

from ._docstring import Documentation, read_docstring
from ._tool_schema import GenerateJsonSchemaNoTitles
from ._type_fields import metadata_of

__all__ = [
    "VALUE",
    "FromCallArgs",
    "ResponseModelConfigDict",
    "documentation_of",
    "field_hints",
    "is_from_call",
    "is_object_type",
    "name_of",
    "nested_from_call",
    "schema_of",
]

VALUE: Final = "value"
"""The field of the object in which a type that is no object is asked for."""

_WRAPPED = "Answer"
_ILLEGAL = re.compile(r"[^a-zA-Z0-9_-]+")
_LONGEST_NAME = 64
_REF = "#/$defs/"
_MEANINGS: Final = ("__value__", "__supertype__")
"""Where a `type` alias and a new type say what they stand for."""


class FromCallArgs:
    """Marks a field of a response model that is an argument of the call, not the model's answer.

    `Annotated[str, FromCallArgs()]` on a field called `genre` fills it with the argument `genre`
    of the decorated function, in partial values too. The model is not told of it.
    """

    __slots__ = ()


class ResponseModelConfigDict(ConfigDict, total=False):
    """The configuration of a pydantic model that is a response model.

    It is pydantic's own. `strict` counts twice here: `True` also asks the provider to keep to the
    schema exactly, and `False` not to. Without it that is asked where an answer's format can be
    given as a schema, and the schema is one that can be kept to.
    """


def is_object_type(annotation: Any) -> bool:
    """Whether a type is a class with named fields: a model, a dataclass, a typed dictionary."""
    source = get_origin(annotation) or annotation
    if is_typeddict(source):
        return True
    if not isinstance(source, type):
        return False
    return is_dataclass(source) or (
        issubclass(source, BaseModel) and not issubclass(source, RootModel)
    )


def is_from_call(annotation: Any) -> bool:
    """Whether a field is filled from the call's arguments."""
    return any(
        isinstance(each, FromCallArgs) or each is FromCallArgs for each in metadata_of(annotation)
    )


def field_hints(annotation: Any) -> Mapping[str, Any]:
    """The fields of a class with their annotations; none of anything else."""
    if not is_object_type(annotation):
        return {}
    source = get_origin(annotation) or annotation
    infos: Mapping[str, FieldInfo] = getattr(source, "model_fields", {})
    if infos:
        return {name: info.rebuild_annotation() for name, info in infos.items()}
    try:
        return get_type_hints(source, include_extras=True)
    except NameError:
        # Named where only pydantic looks.
        return {}


def nested_from_call(annotation: Any) -> str | None:
    """The name of a field within a type that would be filled from the call, if it were its own."""
    waiting = [*(field_hints(annotation).values() or (annotation,)), *get_args(annotation)]
    seen: set[Any] = set()
    while waiting:
        hint = waiting.pop()
        source = get_origin(hint) or hint
        waiting += get_args(hint)[:1] if source is Annotated else get_args(hint)
        meanings = [getattr(hint, name) for name in _MEANINGS if hasattr(hint, name)]
        if not (meanings or is_object_type(source)) or source in seen:
            continue
        seen.add(source)
        waiting += meanings
        for name, inner in field_hints(source).items():
            if is_from_call(inner):
                return name
            waiting.append(inner)
    return None


def name_of(annotation: Any) -> str:
    """What the answer is called: a name that every provider takes."""
    if not is_object_type(annotation):
        return _WRAPPED
    name: str = getattr(annotation, "__name__", _WRAPPED)
    return _ILLEGAL.sub("_", name).strip("_")[:_LONGEST_NAME] or _WRAPPED


def documentation_of(annotation: Any) -> Documentation:
    """The texts of the docstring of a type."""
    source = get_origin(annotation) or annotation
    text: str | None = getattr(source, "__doc__", None) if is_object_type(annotation) else None
    if text is None or (is_dataclass(source) and text.startswith(f"{name_of(source)}(")):
        # A dataclass without a docstring is given its signature.
        return Documentation("", {})
    return read_docstring(text)


def schema_of(
    adapter: TypeAdapter[Any], documentation: Documentation, without: Collection[str]
) -> dict[str, Any]:
    """The JSON schema of an object.

    Args:
        adapter: Its type.
        documentation: Describes the properties that have no description of their own.
        without: Names of properties that are left out.

    Raises:
        TypeError: The type has no JSON schema.
    """
    try:
        schema = adapter.json_schema(schema_generator=GenerateJsonSchemaNoTitles)
    except PydanticUserError as error:
        raise TypeError(
            f"The response model has no JSON schema to tell a model: {error.message}"
        ) from error
    definitions: Mapping[str, Any] = schema.get("$defs", {})
    if "$ref" in schema:  # a class that contains itself
        schema = {**definitions[schema["$ref"].removeprefix(_REF)], "$defs": definitions}
    schema.pop("description", None)
    texts = documentation.arguments
    properties: Mapping[str, Any] = schema.get("properties", {})
    schema["properties"] = {
        name: {"description": texts[name], **node} if name in texts else node
        for name, node in properties.items()
        if name not in without
    }
    required = [name for name in schema.pop("required", ()) if name not in without]
    return {"type": "object", **schema, **({"required": required} if required else {})}
