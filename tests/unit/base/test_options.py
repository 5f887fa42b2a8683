"""Mistakes in what a call decorator is given are told where it is given."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from openai import OpenAI
from pydantic import BaseModel

from mirascope.core import (
    BaseTool,
    BaseToolKit,
    Messages,
    StreamConfig,
    Timeout,
    openai,
    toolkit_tool,
)
from mirascope.core.base._options import checked_timeout


def get_weather(city: str) -> str:
    """Look up the weather."""
    return city


class Library(BaseToolKit):
    place: str

    @toolkit_tool
    def find(self, title: str) -> str:
        """Find a book."""
        return f"{title} {self.place}"


class Empty(BaseToolKit):
    pass


class Film(BaseModel):
    year: int


@dataclass
class Scene:
    length: int


class Plain:
    pass


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"stream": 1}, "`stream` takes True, or a dictionary with fast_reader, .*; got 1"),
        ({"stream": "yes"}, "got 'yes'"),
        ({"stream": {"live_partial": True}}, "got {'live_partial': True}"),
        ({"tools": get_weather}, r"`tools` takes a list.*; got <function get_weather"),
        ({"call_params": [1]}, r"`call_params` takes a dictionary; got \[1\]"),
        ({"tools": Library(place="here")}, r"`tools=kit\.create_tools\(\)`; got Library"),
        ({"tools": Empty()}, r"`tools=kit\.create_tools\(\)`; got Empty"),
        ({"tools": [Library]}, r"`Library` is a toolkit, .*Library\(\.\.\.\)\.create_tools"),
        ({"tools": [BaseTool]}, "`BaseTool` itself cannot be a tool: pass a subclass"),
        ({"tools": [openai.OpenAITool]}, "`OpenAITool` itself cannot be a tool"),
        ({"tools": [BaseModel]}, "`BaseModel` itself cannot be a tool"),
        ({"client": OpenAI}, "client=the class OpenAI is no client .* AsyncOpenAI that was made"),
        ({"response_model": "Book"}, "`response_model` takes a type, not its name; got 'Book'"),
        ({"response_model": {"type": "object"}}, "not a schema: write it as a pydantic model"),
        ({"response_model": [Film]}, r"`list\[Book\]` is a list of books"),
        ({"response_model": (Film, int)}, "`Book | Film` one of the two"),
        ({"response_model": Film(year=1)}, "not a value of one: `response_model=Film`"),
        ({"response_model": Scene(1)}, "not a value of one: `response_model=Scene`"),
        ({"response_model": 3}, "not a value of one: `response_model=int`"),
        ({"response_model": get_weather}, "not a function"),
        ({"response_model": Plain}, "Plain'> cannot be a response model: make each class in it"),
        ({"response_model": list[Plain]}, "cannot be a response model: make each class in it"),
        ({"output_parser": 3}, "`output_parser` is a function of the response; got 3"),
    ],
)
def test_options_of_the_wrong_kind(options: dict[str, Any], message: str) -> None:
    """The error says what was expected, and what came."""
    with pytest.raises(TypeError, match=message):
        openai.call("a-model", **options)


def test_a_decorator_without_its_parentheses() -> None:
    """The function takes the place of the model's name."""
    with pytest.raises(TypeError, match=r'as in `@openai\.call\("a-model"\)`; got <function'):

        @openai.call
        def ask() -> str:
            return "Hello"


@pytest.mark.parametrize("model", [None, 4])
def test_a_model_without_a_name(model: Any) -> None:
    """A setting that is missing is told where it is read, and not by the provider."""
    with pytest.raises(TypeError, match=f"got {model!r}. Is the setting that it comes from"):
        openai.call(model)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("stream", "`call_params` has 'stream': leave it out, `stream` is an argument of the"),
        ("messages", "`call_params` has 'messages': leave it out, the messages come from the"),
        ("input", "has 'input'"),
        ("contents", "has 'contents'"),
        ("message", "has 'message'"),
    ],
)
def test_what_is_no_call_parameter(name: str, message: str) -> None:
    """What a call gets in another place is refused, from a dynamic configuration as well."""

    @openai.call("a-model", stream=True)
    def ask() -> Any:
        return {"messages": [Messages.User("Hello")], "call_params": {name: None}}

    params: Any = {name: None}
    with pytest.raises(ValueError, match=message):
        openai.call("a-model", call_params=params)
    with pytest.raises(ValueError, match=message):
        ask()


@pytest.mark.parametrize("stream", [True, {}, {"fast_reader": False}])
def test_a_parser_of_a_stream(stream: Any) -> None:
    """An empty dictionary streams, too."""
    with pytest.raises(ValueError, match="takes a complete response"):
        openai.call("a-model", stream=stream, output_parser=str)


@pytest.mark.parametrize("given", ["3", 0, -1, float("nan"), [1]])
def test_time_limits_are_positive_numbers(given: Any) -> None:
    """Whatever else is refused, by its value."""
    with pytest.raises(ValueError, match=r"Timeout\.total must be a positive number of seconds"):
        checked_timeout(given)


def test_all_limits_at_once() -> None:
    """`with_timeout` takes what the decorator takes."""

    @openai.call("a-model", stream=True)
    def ask() -> str:
        return "Hello"

    limits = Timeout(total=9, between_chunks=2)
    assert limits == ask().with_timeout(limits)._run.timeout
    assert Timeout(9) == ask().with_timeout(9)._run.timeout


def test_other_numbers_and_no_stream() -> None:
    """What forwards options forwards `None`, and whatever number it has."""
    assert Timeout(total=Fraction(3)) == checked_timeout(Fraction(3))
    openai.call("a-model", stream=None)


def test_the_keys_of_a_stream() -> None:
    """What is checked at run time is what type checkers know."""
    assert {"fast_reader", "live_partials", "partial_tools"} == StreamConfig.__optional_keys__
