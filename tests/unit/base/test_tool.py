"""Tool classes, tools from functions, and tools built from a model's call."""

from __future__ import annotations

import asyncio
import copy
import datetime as dt
import enum
import functools
import gc
import json
import keyword
import pickle
import sys
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    field_validator,
    model_validator,
)

from mirascope.core.base._function_tool import tool_from_function
from mirascope.core.base._tool_build import build_tool, output_text
from mirascope.core.base._tool_schema import arguments_schema
from mirascope.core.base._tool_types import ToolLike, tool_type, tool_types
from mirascope.core.base.tool import (
    BaseTool,
    Received,
    attach,
    call_id,
    native_call,
    tool_arguments,
    tool_delta,
    tool_error,
    tool_name,
)
from mirascope.core.errors import ToolArgumentsError, UnknownTool


class ProviderTool(BaseTool):
    """A provider's tool class."""


class OtherTool(BaseTool):
    """Another provider's tool class."""


class FormatBook(BaseTool):
    """Format a book."""

    title: str
    author: str = "unknown"

    def call(self) -> str:
        return f"{self.title} by {self.author}"


class Shadowing(BaseTool):
    """A tool whose arguments bear the names of a tool's own attributes."""

    args: int  # type: ignore[assignment]  # covering is what is tested
    delta: str
    error: bool  # type: ignore[assignment]
    id: str
    tool_call: list[int]

    def call(self) -> str:
        return f"{self.args} {self.delta} {self.error} {self.id} {self.tool_call}"


class Plain(BaseModel):
    """A model that knows nothing of tools."""

    id: int

    def model_post_init(self, context: Any, /) -> None:
        """Defined only because some pydantic versions lose private attributes over it."""


class Color(enum.Enum):
    RED = "red"


def weather(city: str, days: int = 1) -> str:
    """Look up the weather."""
    return f"{city} for {days}"


def built(tool: ToolLike, arguments: Any = None, *, name: str | None = None) -> BaseTool:
    classes = tool_types([tool], ProviderTool)
    return build_tool(
        classes,
        ProviderTool,
        name=name or next(iter(classes)),
        arguments=arguments,
        tool_call={"native": True},
        id="call_1",
    )


# Classes


@pytest.mark.parametrize("tool", [FormatBook, Plain])
def test_class_is_both_the_users_and_the_providers(tool: type[BaseModel]) -> None:
    """The class of a class tool inherits from the user's class and the provider's."""
    made = tool_type(tool, ProviderTool)
    assert (tool, ProviderTool) == made.__bases__
    names = (tool.__name__, tool.__module__, tool.__qualname__, tool.__doc__)
    assert names == (made.__name__, made.__module__, made.__qualname__, made.__doc__)


@pytest.mark.parametrize("tool", [FormatBook, Plain, weather])
def test_same_input_gives_same_class(tool: ToolLike) -> None:
    """A tool's class is made once per provider."""
    assert tool_type(tool, ProviderTool) is tool_type(tool, ProviderTool)
    assert tool_type(tool, ProviderTool) is not tool_type(tool, OtherTool)


def test_class_of_the_provider_is_used_as_it_is() -> None:
    """A subclass of the provider's own tool class needs no second class."""

    class Own(ProviderTool):
        x: int

    assert Own is tool_type(Own, ProviderTool)


def test_source_is_freed_with_its_class() -> None:
    """Nothing in the library keeps a function alive that was a tool once."""

    def local(x: int) -> None: ...

    made = tool_type(local, ProviderTool)
    gone = weakref.ref(local)
    del local, made
    gc.collect()
    assert gone() is None


def test_wrapper_does_not_inherit_the_wrapped_functions_class() -> None:
    """`functools.wraps` copies attributes, but a wrapper runs its own code."""
    tool_type(weather, ProviderTool)

    @functools.wraps(weather)
    def loud(*args: Any, **kwargs: Any) -> str:
        return weather(*args, **kwargs).upper()

    made = tool_type(loud, ProviderTool)
    assert made.model_validate({"city": "Rome"}).call() == "ROME FOR 1"
    assert tool_type(weather, ProviderTool).model_validate({"city": "Rome"}).call() == "Rome for 1"
    assert made is tool_type(loud, ProviderTool)


def test_threads_get_one_class() -> None:
    """Decorating in several threads at once makes one class."""

    class Shared(BaseTool):
        x: int

    start = threading.Barrier(8)
    made: list[type[BaseTool]] = []

    def decorate() -> None:
        start.wait()
        made.append(tool_type(Shared, ProviderTool))

    threads = [threading.Thread(target=decorate) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1


def test_local_class_with_local_types() -> None:
    """A class that names other local classes can be combined."""

    class Inner(BaseModel):
        n: int

    class Outer(BaseTool):
        inner: Inner
        more: list[Inner] = Field(default_factory=list[Inner])

    tool = built(Outer, '{"inner": {"n": 1}}')
    assert {"inner": Inner(n=1), "more": []} == tool.args


def test_users_config_wins_over_the_providers() -> None:
    """The configuration of the user's class holds in the combined class."""

    class Forbidding(BaseModel, extra="forbid", arbitrary_types_allowed=False):
        x: int

    made = tool_type(Forbidding, ProviderTool)
    assert made.model_config.get("extra") == "forbid"
    assert made.model_config.get("arbitrary_types_allowed") is False


def test_field_called_call_of_a_plain_model_is_refused() -> None:
    """A plain model whose field would hide `call()` is told how to keep the name."""

    class Phone(BaseModel):
        call: str

    with pytest.raises(ValueError, match=r"Field `call` of `.*Phone` .*Field\(alias='call'\)"):
        tool_type(Phone, ProviderTool)


def test_plain_model_has_nothing_to_run() -> None:
    """Calling a tool without `call` says what to define."""
    with pytest.raises(NotImplementedError, match=r"`Plain` has nothing to run: define `call"):
        built(Plain, {"id": 1}).call()


@pytest.mark.parametrize(
    ("tool", "message"),
    [
        (int, "`int` cannot be a tool: pass a function"),
        (3, "3 cannot be a tool: pass a function"),
        (functools.partial(weather, "Rome"), "cannot be a tool: pass a function"),
        (lambda x: x, "A lambda cannot be a tool"),
    ],
)
def test_what_is_no_tool(tool: Any, message: str) -> None:
    """Other things than functions and models are refused by name."""
    with pytest.raises(TypeError, match=message):
        tool_types([tool], ProviderTool)


def test_duplicate_names() -> None:
    """Two tools of one name are refused where the call is decorated."""

    class weather_class(BaseTool):  # noqa: N801 - named like the function
        __custom_name__: ClassVar[str] = "weather"

    with pytest.raises(ValueError, match="Two tools are called `weather`"):
        tool_types([weather, weather_class], ProviderTool)


@pytest.mark.parametrize("name", ["größe", "a b", "x" * 65, "a\n"])
def test_names_that_providers_refuse(name: str) -> None:
    """A name that no provider takes is refused where the call is decorated."""
    named = type("Named", (BaseTool,), {"__custom_name__": name, "__module__": __name__})
    with pytest.raises(ValueError, match="cannot be a tool's name"):
        tool_types([named], ProviderTool)


def test_names_map_to_classes() -> None:
    """The mapping is by the name the model calls, in the order given."""
    made = tool_types([weather, FormatBook], ProviderTool)
    assert list(made) == ["weather", "FormatBook"]
    assert made["FormatBook"] is tool_type(FormatBook, ProviderTool)


def test_name_and_description() -> None:
    """Name and description come from the class, its custom name and its docstring."""

    class Custom(BaseTool):
        """Do a thing.

        In detail.

        Attributes:
            x: A number.
        """

        __custom_name__: ClassVar[str] = "custom_name"
        x: int

    class Bare(BaseTool):
        x: int

    assert Custom._name() == "custom_name"
    assert Custom._description() == "Do a thing.\n\nIn detail."
    assert Bare._name() == "Bare"
    assert Bare._description().startswith("Fill in every required argument")


# The tool's own attributes


def test_own_attributes() -> None:
    """A tool knows its arguments, the native call and its id."""
    tool = built(FormatBook, '{"title": "Emma"}')
    assert tool.args == {"title": "Emma", "author": "unknown"}
    assert tool.tool_call == {"native": True}
    assert tool.id == "call_1"
    assert tool.delta is None
    assert tool.error is None
    assert tool.call() == "Emma by unknown"
    assert tool_name(tool) == "FormatBook"
    assert repr(tool) == "FormatBook(title='Emma', author='unknown')"
    assert tool.model_dump() == {"title": "Emma", "author": "unknown"}


def test_tool_built_by_hand_has_no_call() -> None:
    """The user's own class can be instantiated as the pydantic model it is."""
    tool = FormatBook(title="Emma")
    assert (tool.id, tool.tool_call, tool.error, tool_name(tool)) == (
        None,
        None,
        None,
        "FormatBook",
    )
    assert tool.call() == "Emma by unknown"


def test_arguments_cover_the_tools_own_attributes() -> None:
    """A field called like a tool's attribute is the argument; the functions read the tool's."""
    values = {"args": 1, "delta": "d", "error": True, "id": "argument", "tool_call": [2]}
    tool = built(Shadowing, json.dumps(values))
    assert isinstance(tool, Shadowing)
    assert tool.call() == "1 d True argument [2]"
    assert tool_arguments(tool) == values
    found = (call_id(tool), native_call(tool), tool_delta(tool), tool_error(tool))
    assert found == ("call_1", {"native": True}, None, None)
    assert arguments_schema(type(tool))["required"] == list(values)


@pytest.mark.parametrize("name", ["args", "delta", "error", "id", "tool_call"])
def test_own_attributes_are_not_on_the_class(name: str) -> None:
    """The class has no such attribute, or pydantic would take it for a default."""
    assert not hasattr(FormatBook, name)
    assert hasattr(FormatBook(title="Emma"), name)


def test_delta_of_a_partial_tool() -> None:
    """The newest piece of the arguments' text is what was attached."""
    tool = FormatBook(title="E")
    attach(tool, Received("FormatBook", delta='mma"'))
    assert tool.delta == 'mma"'


def test_args_have_wire_names_and_extras() -> None:
    """Aliases are the names the model uses; what it adds is kept where the class allows it."""

    class Aliased(BaseTool, extra="allow"):
        python_name: int = Field(alias="wireName")

    tool = built(Aliased, {"wireName": 1, "more": 2})
    assert tool.args == {"wireName": 1, "more": 2}


def test_args_with_a_path_among_the_aliases() -> None:
    """What leads deeper is in no schema: the name that is, is the wire name."""

    class Aliased(BaseTool):
        python_name: int = Field(validation_alias=AliasChoices(AliasPath("a", "b"), "c"))

    tool = build_tool(
        {"Aliased": Aliased},
        BaseTool,
        name="Aliased",
        arguments='{"c": 1}',
        tool_call=None,
        id=None,
    )

    assert ["c"] == list(arguments_schema(Aliased)["properties"])
    assert {"c": 1} == tool.args


def test_args_with_a_choice_of_aliases() -> None:
    """The first alias is the one that the schema shows, and so the wire name."""

    class Choosing(BaseTool):
        python_name: int = Field(validation_alias=AliasChoices("first", "second"))

    tool = built(Choosing, {"second": 1})
    assert tool.args == {"first": 1}
    assert list(arguments_schema(Choosing)["properties"]) == ["first"]


def test_frozen_tool_with_a_private_attribute() -> None:
    """A frozen class and private attributes of the user's own work as in any pydantic model."""

    class Frozen(BaseTool):
        model_config = ConfigDict(frozen=True)
        x: int
        _mine: int = PrivateAttr(default=7)

        def call(self) -> int:
            return self.x + self._mine

    tool = built(Frozen, {"x": 1})
    assert (tool.call(), call_id(tool)) == (8, "call_1")
    with pytest.raises(AttributeError, match="_nope"):
        _ = tool._nope  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [(FormatBook, {"title": "Emma"}), (Plain, {"id": 1}), (weather, {"city": "Rome"})],
)
def test_pickle_and_copy(tool: ToolLike, arguments: dict[str, Any]) -> None:
    """Tools survive pickling, with the same class, and copying."""
    made = built(tool, arguments)
    for again in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
        assert type(made) is type(again)
        assert made == again
        assert (call_id(again), native_call(again)) == ("call_1", {"native": True})


def test_pickle_of_a_failed_tool() -> None:
    """A tool that carries an error survives pickling with it."""
    again = pickle.loads(pickle.dumps(built(FormatBook, "{")))
    assert isinstance(tool_error(again), ToolArgumentsError)


# Functions


def test_function_tool() -> None:
    """A function's tool has its name, its text and its parameters."""
    tool = built(weather, '{"city": "Rome", "days": 3}')
    assert isinstance(tool, ProviderTool)
    assert tool.call() == "Rome for 3"
    assert tool.city == "Rome"  # type: ignore[attr-defined]
    assert (tool_name(tool), tool._description()) == ("weather", "Look up the weather.")


def test_default_reaches_the_function_itself() -> None:
    """A left-out argument is the function's own default, neither copied nor validated."""
    marker: list[int] = []

    def keep(x: int, into: list[int] = marker, odd: int = "not an int") -> Any:  # type: ignore[assignment]
        return into, odd

    into, odd = built(keep, {"x": 1}).call()
    assert into is marker
    assert odd == "not an int"


def test_positional_only_and_keyword_only() -> None:
    """Parameters are passed the way the function takes them."""

    def f(a: int, b: int = 2, /, c: int = 3, *, d: int = 4) -> tuple[int, ...]:
        return a, b, c, d

    assert built(f, {"a": 1, "d": 5}).call() == (1, 2, 3, 5)


def test_async_function() -> None:
    """An async tool's `call()` is awaited."""

    async def later(x: int) -> int:
        return x + 1

    assert asyncio.run(built(later, {"x": 1}).call()) == 2


def test_bound_method() -> None:
    """A bound method keeps its object, which is no argument."""

    class Shelf:
        def __init__(self, book: str) -> None:
            self.book = book

        def find(self, word: str) -> str:
            return f"{word} in {self.book}"

    tool = built(Shelf("Emma").find, {"word": "love"})
    assert tool.args == {"word": "love"}
    assert tool.call() == "love in Emma"


def test_field_as_default() -> None:
    """`Field` as a parameter's default gives default and description."""

    def f(x: int = Field(default=3, description="A number.", gt=2)) -> int:
        return x

    assert built(f, {}).call() == 3
    assert tool_error(built(f, {"x": 1})) is not None


def test_enclosing_scope_is_searched_for_types() -> None:
    """A local type that the function's body uses can be named in its annotations."""

    class Local(BaseModel):
        n: int

    def f(x: Local) -> int:
        return Local(n=x.n + 1).n

    assert built(f, {"x": {"n": 1}}).call() == 2


def test_enclosing_name_that_is_not_assigned_yet() -> None:
    """A name of the enclosing function that comes later does not stand in the way."""

    def f(x: int) -> int:
        return x + later

    made = tool_type(f, ProviderTool)
    later = 1
    assert made.model_validate({"x": 1}).call() == 2


def test_return_type_is_not_looked_at() -> None:
    """An unresolvable return annotation is none of the model's business."""

    def f(x: int) -> Nowhere:  # type: ignore[name-defined]  # noqa: F821
        return x

    assert built(f, {"x": 1}).call() == 1


def unannotated(x, y: int): ...  # type: ignore[no-untyped-def]


def method(self, x: int) -> None: ...  # type: ignore[no-untyped-def]


def variadic(*rest: int) -> None: ...


def keywords(**rest: int) -> None: ...


def unresolvable(x: Nowhere) -> None: ...  # type: ignore[name-defined]  # noqa: F821


@pytest.mark.parametrize(
    ("fn", "message"),
    [
        (max, "The parameters of tool `max` cannot be read"),
        (unannotated, "Parameter `x` of tool `unannotated` has no annotation"),
        (method, r"Tool `method` is a method without its object: .*library\.method"),
        (variadic, r"Tool `variadic` takes `\*rest: "),
        (keywords, r"Tool `keywords` takes `\*\*rest: "),
        (unresolvable, "'Nowhere' of parameter `x` of tool `unresolvable` cannot be resolved"),
    ],
)
def test_parameters_that_cannot_be_described(fn: Callable[..., Any], message: str) -> None:
    """The error names the function and the parameter."""
    with pytest.raises(ValueError, match=message):
        tool_type(fn, ProviderTool)


def test_type_that_pydantic_refuses() -> None:
    """What pydantic says about a parameter's type is said of the tool."""

    def f(x: Annotated[Plain | Typed, Field(discriminator="kind")]) -> None: ...

    with pytest.raises(TypeError, match="The arguments of tool `f` cannot be described"):
        tool_type(f, ProviderTool)


def test_type_without_schema() -> None:
    """An argument type that JSON cannot describe is refused where the call is decorated."""

    def f(x: threading.Thread) -> None: ...

    with pytest.raises(TypeError, match="The arguments of tool `f` cannot be described"):
        tool_types([f], ProviderTool)


def test_annotated_description_wins() -> None:
    """A description in the annotation is more specific than the docstring's."""

    def f(x: Annotated[int, Field(description="from the annotation")], y: int) -> None:
        """Do.

        Args:
            y: from the docstring
            x: from the docstring
            z: of no parameter
        """

    properties = arguments_schema(tool_type(f, ProviderTool))["properties"]
    assert properties["x"]["description"] == "from the annotation"
    assert properties["y"]["description"] == "from the docstring"
    assert list(properties) == ["x", "y"]


def test_argument_is_an_attribute_unless_the_tool_has_one() -> None:
    """An argument can be read as an attribute where the name is free on a tool."""

    def f(title: str, model_x: int, id: int) -> None: ...  # noqa: A002

    tool: Any = built(f, {"title": "Emma", "model_x": 1, "id": 2})
    assert (tool.title, tool.model_x, tool.id) == ("Emma", 1, "call_1")
    assert repr(tool) == "f(title='Emma', model_x=1, id=2)"


def test_neutral_name_that_is_taken() -> None:
    """The name that stands in for `id` gives way to a parameter that bears it."""

    def f(id: int, argument_id: int, argument_id_: int) -> tuple[int, ...]:  # noqa: A002
        return id, argument_id, argument_id_

    tool = built(f, {"id": 1, "argument_id": 2, "argument_id_": 3})
    assert tool.call() == (1, 2, 3)
    assert tool.args == {"id": 1, "argument_id": 2, "argument_id_": 3}


LEGAL = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,12}", fullmatch=True).filter(
    lambda name: not keyword.iskeyword(name) and name != "__debug__"
)
TAKEN = st.sampled_from(
    sorted(
        {
            *dir(ProviderTool),
            *dir(type(ProviderTool)),
            "self",
            "cls",
            "match",
            "type",
            "argument_id",
        }
    )
)


@given(st.lists(LEGAL | TAKEN, min_size=1, max_size=6, unique=True), st.data())
def test_any_parameter_name(names: list[str], data: st.DataObject) -> None:
    """Whatever a parameter is called, its value arrives and only its real name is seen."""
    scope: dict[str, Any] = {}
    exec(f"def probe({', '.join(f'{n}: int' for n in names)}): return locals()", scope)  # noqa: S102
    values = {name: data.draw(st.integers(-9, 9)) for name in names}
    tool = built(scope["probe"], json.dumps(values))
    assert tool.call() == values
    assert tool_arguments(tool) == values
    assert list(arguments_schema(type(tool))["properties"]) == names
    error = tool_error(built(scope["probe"], dict.fromkeys(names, "wrong")))
    assert error is not None
    assert all(f"{name}: Input should be" in str(error) for name in names)


# Calls


@pytest.mark.parametrize("nothing", [None, "", "  ", "null", "{}", {}])
def test_no_arguments(nothing: Any) -> None:
    """No arguments, however a provider writes that, are an empty object."""

    def now() -> str:
        return "noon"

    tool = built(now, nothing)
    assert (tool.args, tool.error, tool.call()) == ({}, None, "noon")


class Typed(BaseTool):
    day: dt.date
    color: Color
    pair: tuple[int, str]
    data: bytes


@pytest.mark.parametrize("encode", [dict, json.dumps])
def test_values_are_read_as_json_writes_them(encode: Callable[[Any], Any]) -> None:
    """Text and objects alike are validated as JSON."""
    raw = {"day": "2026-01-02", "color": "red", "pair": [1, "a"], "data": "xyz"}
    expected = {
        "day": dt.date(2026, 1, 2),
        "color": Color.RED,
        "pair": (1, "a"),
        "data": b"xyz",
    }
    assert built(Typed, encode(raw)).args == expected


def test_object_that_json_cannot_say() -> None:
    """Objects of a provider's SDK are validated as the Python values they are."""

    class Holder(BaseTool):
        thing: Any

    thing = object()
    assert built(Holder, {"thing": thing}).args["thing"] is thing


def test_null_means_left_out() -> None:
    """Null for an argument with a default that takes no null is the default, at any depth."""

    class Inner(BaseModel):
        n: int = 5

    class Outer(BaseTool):
        x: int = 1
        y: int | None = 2
        inner: list[Inner]

    tool = built(Outer, '{"x": null, "y": null, "inner": [{"n": null}, {"n": 6}]}')
    assert tool.args == {"x": 1, "y": None, "inner": [Inner(n=5), Inner(n=6)]}


def test_null_in_a_union() -> None:
    """Null is found within a union's branch, whose name is part of pydantic's location only."""

    class Cat(BaseModel):
        lives: int = 9

    class Dog(BaseModel):
        name: str

    class Pet(BaseTool):
        pet: Cat | Dog

    assert built(Pet, '{"pet": {"lives": null}}').args == {"pet": Cat(lives=9)}


def test_null_in_a_list_is_not_left_out() -> None:
    """A null that is an element stands for itself."""

    class Numbers(BaseTool):
        numbers: list[int] = Field(default_factory=list)

    error = tool_error(built(Numbers, '{"numbers": [1, null]}'))
    assert "numbers.1: Input should be a valid integer (given: None)" in str(error)


def test_null_for_a_required_argument() -> None:
    """Null where a value is required stays the model's mistake, in pydantic's first words."""
    error = tool_error(built(FormatBook, '{"title": null, "author": null}'))
    assert "title: Input should be a valid string (given: None)" in str(error)


@pytest.mark.parametrize(
    ("arguments", "message", "parsed"),
    [
        ('{"title": "Em', "are cut off after 13 characters", {}),
        ('{"title": nope}', "are not JSON: ", {}),
        ('{"title": "x"} and more', "are not JSON: ", {}),
        ("[1, 2]", r"are not a JSON object, but \[1, 2\]", {}),
        ('"{}"', "are not a JSON object, but '{}'", {}),
        ("{}", "do not fit: title: Field required", {}),
        ('{"title": 1}', r"do not fit: title: Input .* \(given: 1\)", {"title": 1}),
        ({"title": 1}, "do not fit: title: Input should be a valid string", {"title": 1}),
        ('{"title": "\ud800"}', "are not JSON: ", {}),
        ("[" * 100_000, "are not JSON: |are cut off", {}),
    ],
)
def test_malformed_arguments(arguments: Any, message: str, parsed: dict[str, Any]) -> None:
    """A model's mistake is on the tool, says what is wrong, and keeps what was received."""
    tool = built(FormatBook, arguments)
    assert type(tool) is ProviderTool
    error = tool.error
    assert isinstance(error, ToolArgumentsError)
    assert (error.name, error.arguments) == ("FormatBook", arguments)
    with pytest.raises(ToolArgumentsError, match=message):
        tool.call()
    assert "errors.pydantic.dev" not in str(error)
    assert (tool.args, tool.id, tool.tool_call) == (parsed, "call_1", {"native": True})


def test_unknown_tool() -> None:
    """A name that was not offered is an error that lists what was."""
    tool = built(FormatBook, '{"x": 1}', name="Nope")
    assert type(tool) is ProviderTool
    assert isinstance(tool.error, UnknownTool)
    assert str(tool.error) == (
        "The model called the tool `Nope`, which it was not offered. Offered: `FormatBook`."
    )
    assert (tool_name(tool), tool.args) == ("Nope", {"x": 1})


def test_unknown_tool_without_offers() -> None:
    """A call although no tools were offered says so."""
    tool = build_tool({}, ProviderTool, name="Nope", arguments="", tool_call=None, id=None)
    assert "No tools were offered." in str(tool.error)


def test_attributes_of_a_failed_tool() -> None:
    """Reading an argument of a failed tool gives the reason it is not there."""
    tool = built(FormatBook, "{")
    with pytest.raises(
        AttributeError, match=r"There is no `title` on this tool\..*cut off"
    ) as raised:
        _ = tool.title  # type: ignore[attr-defined]
    assert raised.value.__cause__ is tool.error
    assert "name='FormatBook'" in repr(tool)
    assert "cut off" in repr(tool)


def test_unknown_attribute_of_a_sound_tool() -> None:
    """A sound tool fails like any object."""
    with pytest.raises(AttributeError, match="no attribute 'nope'"):
        _ = built(weather, {"city": "Rome"}).nope  # type: ignore[attr-defined]


@pytest.mark.parametrize("mode", ["before", "field"])
def test_validator_that_raises_anything(mode: str) -> None:
    """An exception of a user's validator is a failed tool, not the end of the stream."""

    class Before(BaseTool):
        x: int

        @model_validator(mode="before")
        @classmethod
        def check(cls, data: Any) -> Any:
            return {"x": data["missing"]}

    class OnField(BaseTool):
        x: int

        @field_validator("x")
        @classmethod
        def check(cls, value: int) -> int:
            raise KeyError("missing")

    tool = built(Before if mode == "before" else OnField, '{"x": 1}')
    assert "do not fit: KeyError: 'missing'" in str(tool.error)
    assert isinstance(tool.error.__cause__, KeyError)  # type: ignore[union-attr]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


class Anything(BaseTool):
    model_config = ConfigDict(extra="allow")


@given(st.dictionaries(st.text(), JSON, min_size=1, max_size=3), st.booleans(), st.data())
def test_every_prefix_is_cut_off(value: Any, ascii_only: bool, data: st.DataObject) -> None:
    """Arguments that stop anywhere are told from arguments that are wrong."""
    text = json.dumps(value, ensure_ascii=ascii_only)
    end = data.draw(st.integers(1, len(text) - 1))
    assert "are cut off after" in str(built(Anything, text[:end]).error)


@given(st.text() | st.dictionaries(st.text(), JSON))
def test_building_never_raises(arguments: Any) -> None:
    """Whatever a model sends, there is a tool, and what was sent is kept."""
    tool = built(FormatBook, arguments)
    error = tool_error(tool)
    assert isinstance(tool, FormatBook) == (error is None)
    assert error is None or error.arguments == arguments


# Outputs


class Text(enum.StrEnum):
    A = "a"


@dataclass
class Point:
    """A user's dataclass."""

    x: int
    y: int | None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain ü", "plain ü"),
        (Text.A, "a"),
        (b"\x00\xff", "AP8="),
        (bytearray(b"a"), "YQ=="),
        (memoryview(b"a"), "YQ=="),
        (None, "null"),
        (True, "true"),
        (1.5, "1.5"),
        ([1, "ü"], '[1,"ü"]'),
        ((1, 2), "[1,2]"),
        ({3}, "[3]"),
        ({"a": None, 1: b"\x00"}, '{"a":null,"1":"AA=="}'),
        (Plain(id=1), '{"id":1}'),
        ([Plain(id=1)], '[{"id":1}]'),
        (Point(1, y=None), '{"x":1,"y":null}'),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (ValueError("oops"), "oops"),
    ],
)
def test_output_text(value: object, expected: str) -> None:
    """Outputs are given to the model as text: as they are, as JSON, or as `str` shows them."""
    assert output_text(value) == expected


def test_output_that_contains_itself() -> None:
    """A circular output is shown as Python shows it."""
    loop: list[Any] = []
    loop.append(loop)
    assert output_text(loop) == "[[...]]"


@given(st.text())
def test_text_is_never_changed(text: str) -> None:
    """A text goes to the model unchanged."""
    assert output_text(text) == text


def test_tools_do_not_load_the_docstring_parser() -> None:
    """The parser is imported when a docstring is read, not before."""
    import subprocess

    code = (
        "import sys, mirascope.core.base.tool, mirascope.core.base.toolkit, "
        "mirascope.core.base._tool_types; assert 'docstring_parser' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_function_tool_with_given_texts() -> None:
    """Name and texts given beside the function win over its own."""
    made = tool_from_function(weather, ProviderTool, name="forecast")
    assert made._name() == "forecast"
    assert made.model_validate({"city": "Rome"}).call() == "Rome for 1"


def test_an_output_that_was_not_awaited() -> None:
    """A coroutine would go to the model as its `repr`."""

    async def look_up() -> str:
        return "12 degrees"

    output = look_up()
    with pytest.raises(TypeError, match=r"has to be awaited first: this is a coroutine"):
        output_text(output)
    output.close()
