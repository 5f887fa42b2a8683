"""JSON schemas of tool arguments, and the stricter dialects made from them."""

from __future__ import annotations

import copy
import enum
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Optional

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, RootModel, WithJsonSchema

from mirascope.core.base._tool_build import build_tool
from mirascope.core.base._tool_schema import (
    GenerateJsonSchemaNoTitles,
    arguments_schema,
    inline_refs,
    strict_schema,
)
from mirascope.core.base._tool_types import tool_type
from mirascope.core.base.tool import BaseTool


class Author(BaseModel):
    """Who wrote it."""

    name: str
    born: int = 1900


class Book(BaseTool):
    """Note a book.

    Attributes:
        title: Its title.
        author: Its author.
        tags: Its tags.
    """

    title: str
    author: Author
    tags: list[str] = Field(default=["new"], description="From the field.")


class Node(BaseTool):
    """A tree."""

    value: int
    children: list[Node] = Field(default_factory=list)


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]


class Pets(BaseTool):
    pet: Annotated[Cat | Dog, Field(discriminator="kind")]


class Size(enum.Enum):
    S = "s"
    L = "l"


AUTHOR = {
    "description": "Who wrote it.",
    "type": "object",
    "properties": {"name": {"type": "string"}, "born": {"type": "integer", "default": 1900}},
    "required": ["name"],
}


def test_arguments_schema() -> None:
    """Titles are gone, definitions stay, defaults are optional, descriptions are in place."""
    assert arguments_schema(Book) == {
        "type": "object",
        "$defs": {"Author": AUTHOR},
        "properties": {
            "title": {"type": "string", "description": "Its title."},
            "author": {"$ref": "#/$defs/Author", "description": "Its author."},
            "tags": {
                "type": "array",
                "items": {"type": "string"},
                "default": ["new"],
                "description": "From the field.",
            },
        },
        "required": ["title", "author"],
    }


def test_schema_of_no_arguments() -> None:
    """A tool without arguments takes an empty object."""

    def now() -> None:
        """Tell the time."""

    assert arguments_schema(tool_type(now, BaseTool)) == {"type": "object", "properties": {}}


def test_property_called_title() -> None:
    """Only the titles of schemas go, not arguments, defaults or examples of that name."""

    def f(
        title: str,
        items: dict[str, Any] = {"title": "a default"},  # noqa: B006
        x: Annotated[int, Field(title="Gone", examples=[{"title": "kept"}])] = 1,
    ) -> None: ...

    properties = arguments_schema(tool_type(f, BaseTool))["properties"]
    assert properties["title"] == {"type": "string"}
    assert properties["items"]["default"] == {"title": "a default"}
    assert properties["x"] == {"type": "integer", "default": 1, "examples": [{"title": "kept"}]}


def test_schema_belongs_to_the_caller() -> None:
    """Changing a schema that was handed out changes no other."""
    schema = arguments_schema(Book)
    schema["properties"].clear()
    assert list(arguments_schema(Book)["properties"]) == ["title", "author", "tags"]


def test_subclass_has_its_own_schema() -> None:
    """A schema is kept for its own class only."""
    arguments_schema(Book)

    class Dated(Book):
        year: int

    assert "year" in arguments_schema(Dated)["properties"]


def test_default_that_is_no_json() -> None:
    """A default that JSON cannot say makes the argument optional, without a warning."""

    def f(x: Any = object()) -> None: ...  # noqa: B008

    assert arguments_schema(tool_type(f, BaseTool))["properties"] == {"x": {}}


def test_recursive_tool_is_an_object_at_the_top() -> None:
    """Providers want an object at the top, also of a tool that takes itself."""
    schema = arguments_schema(Node)
    assert schema["type"] == "object"
    assert schema["properties"]["children"]["items"] == {"$ref": "#/$defs/Node"}
    assert list(schema["$defs"]) == ["Node"]


@pytest.mark.parametrize("style", ["google", "numpy", "rest"])
def test_docstring_styles(style: str) -> None:
    """Arguments are described in any of the three styles, in any order."""
    docstrings = {
        "google": "Do.\n\nMore.\n\nReturns:\n    A thing.\n\nArgs:\n    b: The b.\n    a: The a.\n",
        "numpy": "Do.\n\nMore.\n\nParameters\n----------\nb\n    The b.\na : int\n    The a.\n",
        "rest": "Do.\n\nMore.\n\n:param b: The b.\n:param a: The a.\n:returns: A thing.\n",
    }

    def f(a: int, b: int) -> None: ...

    f.__doc__ = docstrings[style]
    made = tool_type(f, BaseTool)
    properties = arguments_schema(made)["properties"]
    assert made._description() == "Do.\n\nMore."
    assert properties == {
        "a": {"type": "integer", "description": "The a."},
        "b": {"type": "integer", "description": "The b."},
    }


def test_docstring_that_no_style_knows() -> None:
    """A text that the parser fails on is a description as a whole."""

    def f(a: int) -> None: ...

    f.__doc__ = "Do.\n\n    : : odd\n    Args:\n        a: b\n    "
    assert tool_type(f, BaseTool)._description() == "Do.\n\n: : odd\nArgs:\n    a: b"


def test_tool_whose_arguments_are_no_object() -> None:
    """A model sends an object, so a tool cannot take a bare list."""

    class Titles(RootModel[list[str]]):
        """Titles."""

    with pytest.raises(TypeError, match="tool `Titles` are of the type `array`"):
        arguments_schema(tool_type(Titles, BaseTool))


def test_model_that_is_not_defined_to_the_end() -> None:
    """A class with a dangling reference is refused by name."""

    class Dangling(BaseTool):
        x: Nowhere  # type: ignore[name-defined]  # noqa: F821

    with pytest.raises(TypeError, match=r"tool `Dangling` cannot be described.*Nowhere"):
        arguments_schema(Dangling)


def test_generator_alone() -> None:
    """The generator serves other models as well."""
    schema = Author.model_json_schema(schema_generator=GenerateJsonSchemaNoTitles)
    assert schema == AUTHOR


# Strict


def test_strict_schema() -> None:
    """Every object is closed, every property required, every optional one nullable."""
    assert strict_schema(arguments_schema(Book)) == {
        "type": "object",
        "$defs": {
            "Author": {
                "description": "Who wrote it.",
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "born": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                },
                "required": ["name", "born"],
                "additionalProperties": False,
            }
        },
        "properties": {
            "title": {"type": "string", "description": "Its title."},
            "author": {
                "description": "Its author.",
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "born": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                },
                "required": ["name", "born"],
                "additionalProperties": False,
            },
            "tags": {
                "description": "From the field.",
                "anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}],
            },
        },
        "required": ["title", "author", "tags"],
        "additionalProperties": False,
    }


def test_strict_nullable_once() -> None:
    """What is nullable already stays as it is; a union takes null as one more member."""

    def f(
        a: Optional[int] = None,  # noqa: UP045
        b: int | str = 1,
        c: None = None,
        d: Size = Size.S,
    ) -> None: ...

    properties = strict_schema(arguments_schema(tool_type(f, BaseTool)))["properties"]
    assert properties == {
        "a": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "b": {"anyOf": [{"type": "integer"}, {"type": "string"}, {"type": "null"}]},
        "c": {"type": "null"},
        "d": {"anyOf": [{"$ref": "#/$defs/Size"}, {"type": "null"}]},
    }


def test_strict_union_by_discriminator() -> None:
    """`oneOf` with a discriminator becomes the `anyOf` that strict mode knows."""
    pet = strict_schema(arguments_schema(Pets))["properties"]["pet"]
    assert pet == {"anyOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}]}


def test_strict_recursion_with_descriptions() -> None:
    """A described reference to what it stands in is left a reference."""

    class Tree(BaseTool):
        left: Optional[Annotated[Tree, Field(description="Left.")]] = None  # noqa: UP045
        rest: list[Annotated[Tree, Field(description="Rest.")]]

    schema = strict_schema(arguments_schema(Tree))
    assert all(set(node) == {"$ref"} for node in nodes(schema) if "$ref" in node)


@pytest.mark.parametrize("free", [dict[str, int], dict[str, Any], dict])
def test_strict_refuses_free_keys(free: Any) -> None:
    """A mapping cannot be closed without emptying it, so it is refused."""

    def f(x: free) -> None: ...

    f.__annotations__["x"] = free
    with pytest.raises(ValueError, match="Strict mode takes no object with free keys"):
        strict_schema(arguments_schema(tool_type(f, BaseTool)))


def test_strict_null_comes_back_as_the_default() -> None:
    """The null that stands for a left-out argument is read as left out, nested ones too."""
    arguments = {"title": "Emma", "author": {"name": "Jane", "born": None}, "tags": None}
    tool = build_tool(
        {"Book": Book}, BaseTool, name="Book", arguments=arguments, tool_call=None, id=None
    )
    assert tool.args == {"title": "Emma", "author": Author(name="Jane"), "tags": ["new"]}


# Inlining


def test_inline_refs() -> None:
    """Definitions stand where they are used, under the description given there."""
    schema = inline_refs(arguments_schema(Book))
    assert "$defs" not in schema
    assert schema["properties"]["author"] == {**AUTHOR, "description": "Its author."}


def test_inline_refs_of_a_union() -> None:
    """A discriminator goes with the definitions it points to."""
    pet = inline_refs(arguments_schema(Pets))["properties"]["pet"]
    assert [member["properties"]["kind"]["const"] for member in pet["oneOf"]] == ["cat", "dog"]
    assert "discriminator" not in pet


def test_inline_refs_twice_the_same() -> None:
    """A definition may be used in several places; only one within itself is recursive."""

    def f(a: Author, b: Author) -> None: ...

    properties = inline_refs(arguments_schema(tool_type(f, BaseTool)))["properties"]
    assert properties == {"a": AUTHOR, "b": AUTHOR}


def test_inline_refs_refuses_recursion() -> None:
    """What contains itself cannot be written out."""
    with pytest.raises(ValueError, match="`Node` contains itself"):
        inline_refs(arguments_schema(Node))


def test_boolean_schemas_are_left_alone() -> None:
    """`true` is a schema too, and has nothing to change."""
    schema = {"type": "object", "properties": {"x": True, "y": {"items": True}}}
    assert inline_refs(schema) == schema
    assert strict_schema({**schema, "required": ["x", "y"]})["properties"] == schema["properties"]


def test_users_own_schema() -> None:
    """A schema given by the user is taken over, with a title gone."""

    def f(x: Annotated[int, WithJsonSchema({"type": "integer", "title": "X"})]) -> None: ...

    assert arguments_schema(tool_type(f, BaseTool))["properties"] == {"x": {"type": "integer"}}


# Laws

LEAF = st.sampled_from(
    [{"type": "integer"}, {"type": "string", "default": {"properties": 1}}, {"$ref": "#/$defs/D"}]
)


def objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.sampled_from(["title", "items", "properties", "$ref", "default", "x"])
    return st.dictionaries(names, inner, max_size=3).flatmap(
        lambda properties: st.lists(
            st.sampled_from(sorted(properties)) if properties else st.nothing(), unique=True
        ).map(lambda needed: {"type": "object", "properties": properties, "required": needed})
    )


SCHEMAS = objects(
    st.recursive(
        LEAF,
        lambda inner: (
            objects(inner)
            | inner.map(lambda node: {"type": "array", "items": node, "description": "d"})
            | st.lists(inner, min_size=1, max_size=3).map(lambda nodes: {"anyOf": nodes})
        ),
        max_leaves=8,
    )
).map(lambda schema: {**schema, "$defs": {"D": {"type": "object", "properties": {}}}})


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema within a schema, by the few keywords the strategies use."""
    yield schema
    for child in [
        *schema.get("properties", {}).values(),
        *schema.get("$defs", {}).values(),
        *schema.get("anyOf", []),
        *([schema["items"]] if "items" in schema else []),
    ]:
        yield from nodes(child)


@given(SCHEMAS)
def test_strict_law(schema: dict[str, Any]) -> None:
    """Every object is closed and requires all it has; nothing given is changed; it is stable."""
    before = copy.deepcopy(schema)
    strict = strict_schema(schema)
    assert schema == before
    assert strict_schema(strict) == strict
    closed = [node for node in nodes(strict) if node.get("type") == "object"]
    assert all(node["additionalProperties"] is False for node in closed)
    assert all(node["required"] == list(node["properties"]) for node in closed)
    assert not any("default" in node for node in nodes(strict))


@given(SCHEMAS)
def test_inline_law(schema: dict[str, Any]) -> None:
    """No reference is left, nothing given is changed, and inlining again changes nothing."""
    before = copy.deepcopy(schema)
    inlined = inline_refs(schema)
    assert schema == before
    assert inline_refs(inlined) == inlined
    assert not any(isinstance(node.get("$ref"), str) for node in nodes(inlined))
