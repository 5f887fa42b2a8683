"""Response models: what a model is told of a type, and how its answer becomes a value."""

from __future__ import annotations

import datetime as dt
import enum
import json
import pickle
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Annotated, Any, Generic, Literal, NewType, TypeVar

import pytest
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, RootModel, ValidationError
from typing_extensions import TypeAliasType, TypedDict

from mirascope.core import BaseTool, FromCallArgs
from mirascope.core.base._absent import ABSENT
from mirascope.core.base._json import JsonReader
from mirascope.core.base._response_schema import nested_from_call
from mirascope.core.base._response_type import ResponseType
from mirascope.core.base._tool_build import build_tool
from mirascope.core.base._tool_schema import arguments_schema
from mirascope.core.base.tool import Received, attach

T = TypeVar("T")


class Author(BaseModel):
    name: str


class Book(BaseModel):
    """A book.

    Args:
        title: Its title.
        author: Its author.
    """

    title: str
    author: Author
    pages: int = Field(default=1, description="How many pages it has.")


class Node(BaseModel):
    """A tree."""

    name: str
    children: list[Node] = []


@dataclass
class Point:
    x: int
    more: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Frozen:
    """A point that stays."""

    x: int


@dataclass(slots=True)
class Slotted:
    x: int


class Movie(TypedDict):
    """A film."""

    title: str


class Page(BaseModel, Generic[T]):
    items: list[T]


class Mood(enum.Enum):
    GOOD = "good"


def response(content: str = "", *tools: BaseTool, **more: Any) -> Any:
    """As much of a call response as a response type reads."""
    said = {"refusal": None, "fn_args": {}, "common_finish_reasons": ["stop"], "tool_types": None}
    texts = {"content": content, "_answer_text": content}
    return SimpleNamespace(**texts, tools=list(tools) or None, **{**said, **more})


def call(of: ResponseType, arguments: dict[str, Any]) -> BaseTool:
    """The call of the tool with the answer."""
    tool = of.tool(BaseTool).model_validate(arguments)
    attach(tool, Received(of.name))
    return tool


def test_what_a_model_is_told() -> None:
    """The docstring describes the answer and its fields; titles are left out."""
    book = ResponseType(Book)

    assert ("Book", "A book.") == (book.name, book.description)
    assert {
        "type": "object",
        "$defs": {
            "Author": {
                "type": "object",
                "properties": {"name": {"type": "string"}},
                "required": ["name"],
            }
        },
        "properties": {
            "title": {"type": "string", "description": "Its title."},
            "author": {"$ref": "#/$defs/Author", "description": "Its author."},
            "pages": {
                "type": "integer",
                "description": "How many pages it has.",
                "default": 1,
            },
        },
        "required": ["title", "author"],
    } == book.schema


@pytest.mark.parametrize(
    ("annotation", "name", "properties"),
    [
        (Node, "Node", {"name", "children"}),
        (Point, "Point", {"x", "more"}),
        (Movie, "Movie", {"title"}),
        (Page[Author], "Page_Author", {"items"}),
        (list[Author], "Answer", {"value"}),
        (dict[str, int], "Answer", {"value"}),
        (Author | None, "Answer", {"value"}),
        (Literal["a"], "Answer", {"value"}),
        (RootModel[list[int]], "Answer", {"value"}),
        (int, "Answer", {"value"}),
    ],
    ids=lambda value: str(sorted(value)) if isinstance(value, set) else str(value),
)
def test_the_schema_is_an_objects(annotation: Any, name: str, properties: set[str]) -> None:
    """Every provider takes an object with named fields under a plain name."""
    found = ResponseType(annotation)

    assert name == found.name
    assert "object" == found.schema["type"]
    assert properties == set(found.schema["properties"])


@pytest.mark.parametrize(
    ("annotation", "description"),
    [(Point, ""), (Frozen, "A point that stays."), (Movie, "A film."), (list[Book], "")],
    ids=str,
)
def test_descriptions(annotation: Any, description: str) -> None:
    """A docstring describes; the signature that a dataclass has in its place does not."""
    assert description == ResponseType(annotation).description


def test_the_tool_of_an_answer() -> None:
    """It has the answer's name, description and schema, and takes arguments as they are."""
    book = ResponseType(Book)
    made = book.tool(BaseTool)

    assert made is book.tool(BaseTool)
    assert ("Book", "A book.") == (made._name(), made._description())
    assert book.schema == arguments_schema(made)
    assert {"anything": 1} == call(book, {"anything": 1}).args


def test_a_tool_of_an_answer_can_be_pickled() -> None:
    """Its class is made again from the response model."""
    tool = call(ResponseType(Book), {"title": "Wind"})

    again = pickle.loads(pickle.dumps(tool))

    assert ({"title": "Wind"}, "Book") == (again.args, again._name())


@pytest.mark.parametrize(
    ("annotation", "arguments", "expected"),
    [
        (Book, {"title": "a", "author": {"name": "b"}}, Book(title="a", author=Author(name="b"))),
        (
            Book,
            {"title": "a", "author": {"name": "b"}, "pages": None},
            Book(title="a", author=Author(name="b")),
        ),
        (Point, {"x": "3"}, Point(3)),
        (Frozen, {"x": 3}, Frozen(3)),
        (Slotted, {"x": 3}, Slotted(3)),
        (Movie, {"title": "a"}, {"title": "a"}),
        (Page[Author], {"items": [{"name": "a"}]}, Page[Author](items=[Author(name="a")])),
        (list[dt.date], {"value": ["2024-01-02"]}, [dt.date(2024, 1, 2)]),
        (Author | Point, {"value": {"x": 1}}, Point(1)),
        (Author | None, {"value": None}, None),
        (Mood, {"value": "good"}, Mood.GOOD),
        (tuple[int, ...], {"value": [1, 2]}, (1, 2)),
        (RootModel[list[int]], {"value": [1]}, RootModel[list[int]]([1])),
        (bytes, {"value": "ab"}, b"ab"),
        (float, {"value": 1e999}, float("inf")),
    ],
    ids=str,
)
def test_values(annotation: Any, arguments: dict[str, Any], expected: Any) -> None:
    """The same value from a call of the tool, from JSON in the text, and from JSON in prose."""
    of = ResponseType(annotation)
    text = json.dumps(arguments)

    by_call = of.value(response("", call(of, arguments)))
    by_text = of.value(response(text))
    by_prose = of.value(response(f"Here {{you}} are: {text}, {{right}}?"))

    assert expected == by_call == by_text == by_prose
    assert type(expected) is type(by_call) is type(by_text)


@pytest.mark.parametrize("arguments", [{}, None, ""])
def test_a_call_that_was_cut_off_before_its_arguments_is_no_value(arguments: Any) -> None:
    """A type whose fields are all optional is not made of nothing."""

    class Loose(BaseModel):
        title: str = ""

    of = ResponseType(Loose)
    tool = build_tool(
        {of.name: of.tool(BaseTool)},
        BaseTool,
        name=of.name,
        arguments=arguments,
        tool_call=None,
        id=None,
        whole=False,
    )

    with pytest.raises(ValidationError, match="Invalid JSON"):
        of.value(response("", tool, common_finish_reasons=["length"]))


def test_the_response_is_on_the_value() -> None:
    """On every value that can carry it, and on nothing that others share."""

    class Own(BaseModel):
        model_config = ConfigDict(frozen=True)
        name: str
        _response: Any = PrivateAttr(default=None)

    for annotation, text in [
        (Author, '{"name": "a"}'),
        (Own, '{"name": "a"}'),
        (Frozen, '{"x": 1}'),
    ]:
        answer = response(text)
        value = ResponseType(annotation).value(answer)
        assert answer is value._response

    assert ResponseType(Author).value(response('{"name": "a"}')) == Author(name="a")
    assert "_response" not in repr(ResponseType(Author).value(response('{"name": "a"}')))
    ResponseType(Mood).value(response('{"value": "good"}'))
    assert not hasattr(Mood.GOOD, "_response")


def test_another_tool_is_no_value() -> None:
    """A call of a tool of the user's stands in the way; beside one of the answer it does not."""

    class LookUp(BaseTool):
        title: str

    of = ResponseType(Author)
    other = LookUp(title="a")

    offered = {"tool_types": [of.tool(BaseTool), LookUp]}

    assert ABSENT is of.value(response('{"name": "a"}', other, **offered))
    assert Author(name="a") == of.value(response('{"name": "a"}', other))
    assert Author(name="b") == of.value(response("", other, call(of, {"name": "b"})))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (response('{"title": "a"}'), "author"),
        (response("{'name': 1}"), "Invalid JSON"),
        (response("No {idea}."), "no JSON, but: No {idea}."),
        (response('{"title": "a", "aut'), "EOF while parsing"),
        (response("", refusal="I cannot."), "refused: I cannot."),
        (response(""), "no JSON"),
    ],
    ids=["missing", "quotes", "prose", "cut", "refusal", "nothing"],
)
def test_what_does_not_fit(answer: Any, said: str) -> None:
    """It is always pydantic's error, with the response on it."""
    with pytest.raises(ValidationError, match="Book") as caught:
        ResponseType(Book).value(answer)

    assert said in str(caught.value)
    assert answer is caught.value._response


def test_arguments_that_are_no_json() -> None:
    """The tool that carries the error is read for what it had."""
    from mirascope.core.base._tool_build import build_tool

    of = ResponseType(Author)
    made = of.tool(BaseTool)
    fenced = '```json\n{"name": "a"}\n```'
    tools = [
        build_tool(
            {"Author": made}, BaseTool, name="Author", arguments=text, tool_call=None, id=None
        )
        for text in (fenced, '{"name": "a')
    ]

    assert Author(name="a") == of.value(response("", tools[0]))
    with pytest.raises(ValidationError, match="EOF"):
        of.value(response("", tools[1]))


class Found(BaseModel):
    genre: Annotated[str, FromCallArgs()]
    title: str
    day: dt.date


class FoundDict(TypedDict):
    genre: Annotated[str, FromCallArgs()]
    title: str


@dataclass
class FoundPoint:
    genre: Annotated[str, FromCallArgs]
    x: int


@pytest.mark.parametrize(
    ("annotation", "arguments", "expected"),
    [
        (
            Found,
            {"title": "a", "day": "2024-01-02"},
            Found(genre="fantasy", title="a", day=dt.date(2024, 1, 2)),
        ),
        (FoundDict, {"title": "a"}, {"genre": "fantasy", "title": "a"}),
        (FoundPoint, {"x": 1}, FoundPoint("fantasy", 1)),
    ],
    ids=["model", "typed dict", "dataclass"],
)
def test_fields_from_the_calls_arguments(
    annotation: Any, arguments: dict[str, Any], expected: Any
) -> None:
    """They are filled in, also against the model's word, and are in no schema."""
    of = ResponseType(annotation)
    answer = response(json.dumps({"genre": "wrong", **arguments}), fn_args={"genre": "fantasy"})

    assert "genre" not in of.schema["properties"]
    assert "genre" not in of.schema["required"]
    assert expected == of.value(answer)
    with pytest.raises(ValidationError):
        of.value(response('{"tit', fn_args={"genre": "fantasy"}))


def test_a_mark_within_a_fields_type_is_not_the_fields() -> None:
    """The field is the model's to fill in."""

    class Listed(BaseModel):
        genres: list[Annotated[str, FromCallArgs()]]

    assert {} == ResponseType(Listed).from_call


Shelf = TypeAliasType("Shelf", list[Found])


class Library(BaseModel):
    found: dict[str, Found | None]


class Chain(BaseModel):
    genre: Annotated[str, FromCallArgs()]
    next: Chain | None = None


@pytest.mark.parametrize(
    "annotation", [list[Found], Found | None, Shelf, NewType("Shelf", Found), Library, Chain]
)
def test_only_the_models_own_fields_come_from_the_call(annotation: Any) -> None:
    """A mark further down, which would not be heeded, is refused."""
    with pytest.raises(TypeError, match="field 'genre' is marked with `FromCallArgs` within"):
        ResponseType(annotation)


def test_growing_values() -> None:
    """A wrapped type's partial value is what is in the wrapper."""
    of = ResponseType(list[Author])
    tree = of.growing({})
    reader = JsonReader(tree)

    reader.feed("{")
    before = of.partial(tree, live=False)
    reader.feed('"value": [{"name": "ab')
    first, live = of.partial(tree, live=False), of.partial(tree, live=True)
    reader.feed("c")

    assert ABSENT is before
    assert ["ab"] == [each.name for each in first]
    assert ["abc"] == [each.name for each in live]


def test_items() -> None:
    """An item appears when it is complete and valid."""
    tree = ResponseType(list[Author]).items()
    reader = JsonReader(tree)
    reader.feed('{"value": [{"name": "a"}, {"name": "b"')

    assert {"value": [Author(name="a")]} == tree.live
    with pytest.raises(ValidationError, match="name"):
        reader.feed('}, {"nome": "c"}')


@pytest.mark.parametrize("annotation", [int, Book, dict[str, int], set[int], list[int] | None])
def test_only_a_list_has_items(annotation: Any) -> None:
    """Other types say so."""
    with pytest.raises(TypeError, match="Only a list has items"):
        ResponseType(annotation).items()


def test_a_type_without_a_schema_is_refused() -> None:
    """The error says which type, where the function is decorated."""

    class Opaque:
        pass

    with pytest.raises(TypeError, match="Opaque"):
        ResponseType(Opaque)


def test_an_alias_that_means_itself() -> None:
    """A recursive alias is looked through once."""

    class Alias:
        """As much of a `type` statement's alias as is looked at: Python 3.11 has none."""

    Alias.__value__ = dict[str, Alias] | None  # type: ignore[attr-defined]

    assert nested_from_call(Alias) is None
