"""Partial values: typed, growing with their text, and never wrong."""

from __future__ import annotations

import datetime as dt
import enum
import json
import pickle
import re
import uuid
from dataclasses import dataclass, field
from typing import (
    Annotated,
    Any,
    Generic,
    Literal,
    NewType,
    NotRequired,
    TypedDict,
    TypeVar,
)

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import (
    AfterValidator,
    AliasChoices,
    AliasPath,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    PrivateAttr,
    RootModel,
    TypeAdapter,
    computed_field,
    field_serializer,
    field_validator,
    model_serializer,
    model_validator,
)
from pydantic.dataclasses import dataclass as pydantic_dataclass
from pydantic_core import to_json
from typing_extensions import TypeAliasType

from mirascope.core.base._absent import ABSENT
from mirascope.core.base._json import JsonReader
from mirascope.core.base._partial import PartialTree
from mirascope.core.base._partial_twin import twin_of
from mirascope.core.base._partial_types import PlanReader

T = TypeVar("T")


class Genre(enum.Enum):
    FANTASY = "fantasy"
    HISTORY = "history"


class Author(BaseModel):
    name: str
    born: dt.date | None = None


class Book(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    title: str = Field(min_length=3)
    genre: Genre
    level: Literal["easy", "hard"]
    price: float
    pages: Annotated[int, Field(ge=0)]
    in_print: bool = Field(alias="inPrint")
    author: Author
    editors: list[Author]
    tags: list[str]
    ratings: dict[str, float]
    pair: tuple[int, int]
    note: str | None = None
    sequel: Book | None = None


class Circle(BaseModel):
    kind: Literal["circle"] = "circle"
    name: str
    radius: float


class Square(BaseModel):
    kind: Literal["square"] = "square"
    name: str
    side: float


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    label: str
    more: list[str] = field(default_factory=list)


class Movie(TypedDict):
    title: str
    year: NotRequired[int]


class Page(BaseModel, Generic[T]):
    items: list[T]
    next: T | None = None


def partials(annotation: Any, text: str, preset: Any = None) -> list[Any]:
    """The snapshot after each character, where something changed; wrapped as an answer is."""
    tree = PartialTree(PlanReader().read(annotation), preset)
    reader = JsonReader(tree)
    seen = []
    for char in text:
        reader.feed(char)
        if tree.changed:
            tree.changed = False
            seen.append(tree.snapshot())
    return seen


def last(annotation: Any, text: str) -> Any:
    """The partial value of a type that a text holds, which need not be an object."""
    tree = PartialTree(PlanReader().read(dict[str, annotation]))
    JsonReader(tree).feed(f'{{"value": {text}')
    return tree.snapshot().get("value", ABSENT)


# A second, simple way to the same values, to compare with: it reads a whole prefix at once.


class Open:
    """A value of which only the beginning is known."""

    def __init__(self, value: Any) -> None:
        self.value = value


def prefix(text: str) -> Any:
    """What the beginning of a JSON text says; `Open` where it is cut."""
    try:
        return json.loads(text)
    except ValueError:
        return _prefix(text.lstrip())


def _prefix(text: str) -> Any:
    if text.startswith('"'):
        for cut in range(len(text), max(0, len(text) - 13), -1):
            try:
                # Half of a pair of surrogates waits for the other half.
                return Open(re.sub("[\ud800-\udbff]$", "", json.loads(text[:cut] + '"')))
            except ValueError:
                continue
    if text.startswith("["):
        items = []
        rest = text[1:]
        while True:
            rest = rest.lstrip(" \n,")
            item, rest = _first(rest)
            if item is None:
                return Open(items)
            items.append(item[0])
            if isinstance(item[0], Open):
                return Open(items)
    if text.startswith("{"):
        named: dict[str, Any] = {}
        rest = text[1:]
        while True:
            rest = rest.lstrip(" \n,")
            key, rest = _first(rest)
            rest = rest.lstrip()
            if key is None or isinstance(key[0], Open) or not rest.startswith(":"):
                return Open(named)
            value, rest = _first(rest[1:].lstrip())
            if value is None:
                return Open(named)
            named[key[0]] = value[0]
            if isinstance(value[0], Open):
                return Open(named)
    return ABSENT


def _first(text: str) -> tuple[tuple[Any] | None, str]:
    """The first value of a text, in a tuple, and the rest."""
    try:
        value, end = json.JSONDecoder().raw_decode(text)
    except ValueError:
        value = _prefix(text) if text else ABSENT
        return (None if value is ABSENT else (value,)), ""
    if re.fullmatch(r"[-0-9tfn][-+.0-9a-zA-Z]*", text):
        return None, ""
    return (value,), text[end:]


def expected(annotation: Any, node: Any) -> Any:
    """The partial value of a type, as plain data, of what a prefix says."""
    is_open = isinstance(node, Open)
    value = node.value if is_open else node
    if value is None:
        return None
    if annotation in (Book, Author) and isinstance(value, dict):
        return {
            name: expected(HINTS[annotation][name], value.get(WIRE.get(name, name)))
            for name in annotation.model_fields
        }
    if annotation in ANNOTATED_LISTS and isinstance(value, list):
        items = [expected(ANNOTATED_LISTS[annotation], item) for item in value]
        return [item for item in items if item is not None]
    if annotation == "ratings":
        return {k: float(v) for k, v in value.items() if not isinstance(v, Open)}
    if annotation is str:
        return value
    return None if is_open else TypeAdapter(annotation).validate_python(value)


HINTS: dict[Any, dict[str, Any]] = {
    Author: {"name": str, "born": dt.date},
    Book: {
        "title": str,
        "genre": Genre,
        "level": Literal["easy", "hard"],
        "price": float,
        "pages": int,
        "in_print": bool,
        "author": Author,
        "editors": "editors",
        "tags": "tags",
        "ratings": "ratings",
        "pair": tuple[int, int],
        "note": str,
        "sequel": Book,
    },
}
WIRE = {"in_print": "inPrint"}
ANNOTATED_LISTS: dict[Any, Any] = {"editors": Author, "tags": str}

AUTHORS = st.builds(Author, name=st.text(max_size=5), born=st.none() | st.dates())
BOOKS = st.deferred(
    lambda: st.builds(
        Book,
        title=st.text(min_size=3, max_size=6),
        genre=st.sampled_from(Genre),
        level=st.sampled_from(["easy", "hard"]),
        price=st.floats(allow_nan=False, allow_infinity=False),
        pages=st.integers(0, 2000),
        inPrint=st.booleans(),
        author=AUTHORS,
        editors=st.lists(AUTHORS, max_size=2),
        tags=st.lists(st.text(max_size=4), max_size=3),
        ratings=st.dictionaries(st.text(max_size=3), st.floats(0, 5), max_size=2),
        pair=st.tuples(st.integers(-9, 9), st.integers(-9, 9)),
        note=st.none() | st.text(max_size=5),
        sequel=st.none() | BOOKS,
    )
)


@settings(max_examples=40, deadline=None)
@given(book=BOOKS, indent=st.sampled_from([None, 1]), ascii_only=st.booleans())
def test_every_prefix_agrees_with_a_simple_reader(
    book: Book, indent: int | None, ascii_only: bool
) -> None:
    """After each character the partial value is what the text up to there says."""
    text = json.dumps(
        book.model_dump(mode="json", by_alias=True), indent=indent, ensure_ascii=ascii_only
    )
    tree = PartialTree(PlanReader().read(Book))
    reader = JsonReader(tree)
    for at, char in enumerate(text, 1):
        reader.feed(char)
        shown = tree.snapshot()
        said = prefix(text[:at])
        if shown is ABSENT:
            # An object is one when something that can stand in one has followed its brace.
            assert said is ABSENT or text[:at].strip() == "{"
            continue
        assert isinstance(shown, Book)
        assert expected(Book, said) == shown.model_dump()


@settings(max_examples=30, deadline=None)
@given(book=BOOKS)
def test_the_last_partial_says_what_the_model_does(book: Book) -> None:
    """At the end of the text nothing is missing, and the types are those of the fields."""
    seen = partials(Book, book.model_dump_json(by_alias=True))

    assert book.model_dump() == seen[-1].model_dump()


@settings(max_examples=30, deadline=None)
@given(book=BOOKS)
def test_snapshots_do_not_change(book: Book) -> None:
    """Each partial is an object of its own: what was shown once stays as it was."""
    tree = PartialTree(PlanReader().read(Book))
    reader = JsonReader(tree)
    shown = []
    for char in book.model_dump_json(by_alias=True):
        reader.feed(char)
        value = tree.snapshot()
        if value is not ABSENT:
            shown.append((value, value.model_dump()))

    assert [before for _, before in shown] == [value.model_dump() for value, _ in shown]


def test_complete_parts_are_shared_and_open_ones_are_not() -> None:
    """A snapshot copies the way to the place that grows and nothing else."""
    tree = PartialTree(PlanReader().read(Page[Author]))
    reader = JsonReader(tree)
    reader.feed('{"items": [{"name": "a"}, {"name": "b')
    first = tree.snapshot()
    reader.feed("c")
    second = tree.snapshot()

    assert first.items[0] is second.items[0]
    assert first.items[1] is not second.items[1]
    assert ("b", "bc") == (first.items[1].name, second.items[1].name)


def test_only_changes_are_reported() -> None:
    """Spaces, names, brackets that close and what is built aside change nothing."""
    seen = partials(Author, '{ "name" : "ab" , "born" : "2024-01-02" , "other": [1, "x"] } ')

    assert [
        (None, None),
        ("", None),
        ("a", None),
        ("ab", None),
        ("ab", dt.date(2024, 1, 2)),
    ] == [(each.name, each.born) for each in seen]


@pytest.mark.parametrize(
    ("annotation", "text", "value"),
    [
        (str, '"ab', "ab"),
        (str, "12 ", ABSENT),
        (int, "12", ABSENT),
        (int, "12 ", 12),
        (int, '"12"', 12),
        (int, "true ", 1),
        (float, "12 ", 12.0),
        (bool, "tru", ABSENT),
        (bool, "true ", True),
        (dt.date, '"2024-01-0', ABSENT),
        (dt.date, '"2024-01-02"', dt.date(2024, 1, 2)),
        (dt.date, '"soon"', ABSENT),
        (
            uuid.UUID,
            '"12345678-1234-5678-1234-567812345678"',
            uuid.UUID(int=0x12345678123456781234567812345678),
        ),
        (bytes, '"ab"', b"ab"),
        (Genre, '"fanta', ABSENT),
        (Genre, '"fantasy"', Genre.FANTASY),
        (Literal["ab", "abc"], '"ab', ABSENT),
        (Literal["ab", "abc"], '"ab"', "ab"),
        (Literal[1, 2], "2 ", 2),
        (int | None, "null ", None),
        (str | None, '"a', "a"),
        (int | str, '"12', "12"),
        (int | str, "12 ", 12),
        (str | dt.date, '"2024-01-0', ABSENT),
        (list[int] | int, "[1, 2", [1]),
        (list[int] | int, "7 ", 7),
        (list[int] | dict[str, int], '{"a": 1, "b": 2', {"a": 1}),
        (list[int] | list[str], "[1, 2", ABSENT),
        (list[int] | list[str], '["a"]', ["a"]),
        (list[int] | set[int], "[1, 1]", [1, 1]),
        (Any | int, '{"a": [1, "b', {"a": [1, "b"]}),
        (object, '["a', ["a"]),
        (list, '["a", {"b": "c', ["a", {"b": "c"}]),
        (dict, '{"a": "b', {"a": "b"}),
        (dict[str, Any], '{"a": "b', {"a": "b"}),
        (dict[int, int], '{"1": 2', ABSENT),
        (dict[int, int], '{"1": 2}', {1: 2}),
        (set[int], "[1, 2", ABSENT),
        (set[int], "[1, 2]", {1, 2}),
        (tuple[int, str], '[1, "a"', ABSENT),
        (tuple[int, str], '[1, "a"]', (1, "a")),
        (list[dt.date], '["2024-01-02", "2024-01', [dt.date(2024, 1, 2)]),
        (list[list[str]], '[["a"], ["b', [["a"], ["b"]]),
        (NewType("Name", str), '"ab', "ab"),
        (TypeAliasType("Names", list[str]), '["ab', ["ab"]),
        (
            TypeAliasType("Many", list[T], type_params=(T,))[dt.date],
            '["2024-01-02"',
            [dt.date(2024, 1, 2)],
        ),
        (Annotated[str, Field(max_length=2)], '"abcd"', "abcd"),
        (Annotated[int, Field(gt=5)], "3 ", ABSENT),
        (Annotated[int, AfterValidator(lambda n: n + 1)], "3 ", 4),
        (Annotated[Any, PlainValidator(lambda _: "plain")], '{"a": 1', ABSENT),
        (Annotated[Any, PlainValidator(lambda _: "plain")], '{"a": 1}', "plain"),
        (Annotated[list[str], {"not": "hashable"}], '["a', ["a"]),
        (T, '["a', ["a"]),
        (TypeVar("Bound", bound=int), "3 ", 3),
        (RootModel[list[int]], "[1]", RootModel[list[int]]([1])),
        (Movie, '{"title": "Em', {"title": "Em"}),
        (Movie, '{"title": "Emma", "year": 1996, "x": 1', {"title": "Emma", "year": 1996}),
        (list[Movie], '[{"title": "Em', [{"title": "Em"}]),
    ],
    # An identifier with an address in it would differ between the processes that run the tests.
    ids=lambda value: re.sub(r" at 0x\w+", "", str(value)),
)
def test_what_is_shown_of_a_type(annotation: Any, text: str, value: Any) -> None:
    """Each type's values grow, or appear when they are complete; never before, never wrong."""
    found = last(annotation, text)

    assert value == found
    assert type(value) is type(found)


def test_aliases() -> None:
    """A field is known by the names that pydantic knows it by."""

    class Named(BaseModel):
        one: str = Field(alias="One")
        two: str = Field(validation_alias=AliasChoices("Two", "zwei", AliasPath("deux")))
        three: str = Field(validation_alias=AliasPath("deep", 0))

    class ByName(BaseModel):
        model_config = ConfigDict(alias_generator=str.upper, populate_by_name=True)

        one: str
        two: str

    assert "abc" == "".join(
        partials(Named, json.dumps({name: letter}))[-1].model_dump()[attribute]
        for name, letter, attribute in [
            ("One", "a", "one"),
            ("zwei", "b", "two"),
            ("deux", "c", "two"),
        ]
    )
    assert [None, None, None] == list(
        partials(Named, '{"one": "x", "deep": ["y"]}')[-1].model_dump().values()
    )
    seen = partials(ByName, '{"ONE": "a", "two": "b"}')[-1]
    assert ("a", "b") == (seen.one, seen.two)


def test_no_validator_of_a_class_runs() -> None:
    """Validators of a model see the whole answer only."""

    class Strict(BaseModel):
        name: str = Field(min_length=10)
        day: dt.date

        @field_validator("name", "day")
        @classmethod
        def refuse(cls, value: Any) -> Any:
            raise AssertionError(value)

        @model_validator(mode="before")
        @classmethod
        def refuse_before(cls, value: Any) -> Any:
            raise AssertionError(value)

        def model_post_init(self, context: Any) -> None:
            raise AssertionError(context)

    seen = partials(Strict, '{"name": "ab", "day": "2024-01-02"}')

    assert ("ab", dt.date(2024, 1, 2)) == (seen[-1].name, seen[-1].day)


def test_a_twin_is_a_model_of_its_own() -> None:
    """It is made once, is an instance of the class, and has the class's methods."""

    class Named(BaseModel):
        first: str
        last: str = Field(repr=False)
        _seen: list[str] = PrivateAttr(default_factory=list)

        @computed_field
        @property
        def full(self) -> str:
            return self.first + self.last

        def shout(self) -> str:
            return self.first.upper()

    *_, partial = partials(Named, '{"first": "ab"')

    assert twin_of(Named) is type(partial)
    assert isinstance(partial, Named)
    assert "AB" == partial.shout()
    assert "PartialNamed(first='ab')" == repr(partial)
    assert [] == partial._seen
    assert {"first"} == partial.model_fields_set
    assert {"first": "ab"} == partial.model_dump(exclude_unset=True)
    assert partial == partials(Named, '{"first": "ab", "')[-1]


class Shouted(BaseModel):
    day: dt.date
    name: str

    @computed_field
    @property
    def initial(self) -> str:
        return self.name[0]

    @field_serializer("day")
    def year(self, day: dt.date) -> int:
        return day.year


class Labelled(BaseModel):
    day: dt.date
    name: str

    @model_serializer
    def label(self) -> str:
        return f"{self.name.upper()} {self.day.year}"


@pydantic_dataclass
class Measured:
    day: dt.date
    name: str

    @computed_field
    @property
    def length(self) -> int:
        return len(self.name)


@pytest.mark.parametrize("source", [Shouted, Labelled, Measured])
def test_a_partial_is_dumped_without_the_users_serializers(source: Any) -> None:
    """They need what is not there yet; inside of another partial, too."""

    class Several(BaseModel):
        shown: list[source]  # type: ignore[valid-type]

    *_, partial = partials(Several, '{"shown": [{"name": "a')
    plain = {"shown": [{"day": None, "name": "a"}]}

    assert plain == partial.model_dump()
    assert plain == json.loads(partial.model_dump_json())
    assert plain["shown"][0] == json.loads(to_json(partial.shown[0]))


@pytest.mark.parametrize(
    ("annotation", "text"),
    [(Book, '{"title": "Em'), (Point, '{"x": 1'), (list[Book], '[{"title": "Em')],
)
def test_partials_can_be_pickled(annotation: Any, text: str) -> None:
    """They go to another process, or into a session, as what they are."""
    partial = last(annotation, text)

    again = pickle.loads(pickle.dumps(partial))

    assert repr(partial) == repr(again)
    assert type(partial) is type(again)


def test_extra_names_are_kept_where_the_model_keeps_them() -> None:
    """An open model shows them as plain data; any other leaves them out."""

    class Loose(BaseModel):
        model_config = ConfigDict(extra="allow")
        name: str

    text = '{"name": "a", "more": {"b": ["c'

    assert {"name": "a", "more": {"b": ["c"]}} == partials(Loose, text)[-1].model_dump()
    assert partials(Loose, text)[-2].model_dump() == {"name": "a", "more": {"b": [""]}}
    assert not hasattr(partials(Author, text)[-1], "more")


@pytest.mark.parametrize(
    "decorate", [dataclass, dataclass(slots=True), dataclass(frozen=True), pydantic_dataclass]
)
def test_dataclasses(decorate: Any) -> None:
    """Dataclasses of every kind have twins as well."""

    class Plain:
        name: str
        day: dt.date
        tags: list[str] = field(default_factory=list)

    Plain.__annotations__ = {"name": str, "day": dt.date, "tags": list[str]}
    cls = decorate(Plain)

    *_, before, after = partials(cls, '{"name": "ab", "tags": ["c')

    assert isinstance(after, cls)
    assert ("ab", None, ["c"]) == (after.name, after.day, after.tags)
    assert [""] == before.tags
    assert "name='ab'" in repr(after)


def test_generic_classes() -> None:
    """Type arguments reach the fields: of models, dataclasses and typed dictionaries."""

    @dataclass
    class Box(Generic[T]):
        content: T
        others: list[T]

    *_, page = partials(Page[Author], '{"items": [{"name": "a"}], "next": {"name": "b')
    *_, box = partials(Box[dt.date], '{"others": ["2024-01-02", "x"], "content": "2024-01-02"')

    assert ("a", "b") == (page.items[0].name, page.next.name)
    assert isinstance(page.next, Author)
    assert (dt.date(2024, 1, 2), [dt.date(2024, 1, 2)]) == (box.content, box.others)


@pytest.mark.parametrize(
    "union", [Circle | Square, Annotated[Circle | Square, Field(discriminator="kind")]]
)
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"name": "a", "ra', ABSENT),
        ('{"name": "a", "radius"', ("Circle", {"name": "a"})),
        ('{"name": "a", "side": 2.5, ', ("Square", {"name": "a", "side": 2.5})),
        ('{"kind": "squar', ABSENT),
        ('{"kind": "square"', ("Square", {"kind": "square"})),
        ('{"kind": "square", "name": "b', ("Square", {"kind": "square", "name": "b"})),
        ('{"kind": "triangle", "name": "b"}', ABSENT),
        ('{"name": "a"}', ABSENT),
    ],
)
def test_the_class_of_an_object_is_shown_when_it_is_known(
    union: Any, text: str, value: Any
) -> None:
    """Names that only one class has, and tags, tell the class; until then nothing is shown."""
    found = last(list[union], "[" + text)
    shown = [
        (type(each).__name__.removeprefix("Partial"), each.model_dump(exclude_unset=True))
        for each in found
    ]

    assert ([] if value is ABSENT else [value]) == shown


def test_unions_in_unions_and_what_follows_them() -> None:
    """An object whose class comes late takes along what it had, and its neighbours are as usual."""

    class Group(BaseModel):
        members: list[Circle | Square]
        title: str

    class Other(BaseModel):
        members: list[int]

    text = '{"members": [{"name": "a", "radius": 1.5}, {"name": "b", "side": 2}], "title": "t"}'
    found = last(list[Group | Other], f"[{text}, {text}, 3")

    assert 2 == len(found)
    for group in found:
        assert "t" == group.title
        assert ["PartialCircle", "PartialSquare"] == [type(m).__name__ for m in group.members]
        assert [1.5, None] == [getattr(m, "radius", None) for m in group.members]


def test_a_model_or_a_text() -> None:
    """Members of a union that JSON tells apart are shown as they grow."""
    assert "ab" == last(Author | str, '"ab')
    assert "ab" == last(Author | str, '{"name": "ab').name


def test_a_class_that_contains_itself() -> None:
    """Recursive classes and aliases are read once."""

    class Node(BaseModel):
        name: str
        children: list[Node] = []

    Node.model_rebuild(_types_namespace={"Node": Node})
    *_, found = partials(Node, '{"name": "a", "children": [{"name": "b", "children": [{"name": "c')

    assert "c" == found.children[0].children[0].name
    assert isinstance(found.children[0].children[0], Node)


@pytest.mark.parametrize("decorate", [dataclass, pydantic_dataclass, lambda cls: cls])
def test_a_class_that_cannot_have_a_twin(decorate: Any) -> None:
    """Its values are shown when they are complete, and are the class's own."""

    class Lonely(BaseModel if decorate.__name__ == "<lambda>" else object):  # type: ignore[misc]
        name: str = ""

        def __init_subclass__(cls) -> None:
            if cls.__name__.startswith("Partial"):
                raise RuntimeError("no subclasses")

    Lonely.__annotations__ = {"name": str}
    cls = decorate(Lonely)

    assert ABSENT is last(cls, '{"name": "ab"')
    assert cls(name="ab") == last(cls, '{"name": "ab"}')
    assert cls is type(last(cls, '{"name": "ab"}'))


def test_fields_that_do_not_come_from_the_text() -> None:
    """They are there from the beginning."""
    first, *_ = partials(Author, '{"name": "a"}', preset={"born": dt.date(2024, 1, 2)})

    assert (None, dt.date(2024, 1, 2)) == (first.name, first.born)


def test_a_hint_that_cannot_be_resolved_hides_its_object_until_the_end() -> None:
    """What only pydantic can resolve is shown when it is complete."""

    class Local(TypedDict):
        name: Nowhere  # noqa: F821  # what is tested

    assert ABSENT is last(Local, '{"name": "a"')


def test_a_later_value_of_the_same_name_wins() -> None:
    """As it does with `json.loads`."""
    *_, found = partials(Author, '{"name": "a", "name": "b"}')

    assert "b" == found.name


def test_json_that_turns_out_to_be_none_is_forgotten() -> None:
    """The partial of the object that follows does not keep anything of it."""
    *_, found = partials(Author, '{"name": oops} {"born": "2024-01-02"}')

    assert (None, dt.date(2024, 1, 2)) == (found.name, found.born)
