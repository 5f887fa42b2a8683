"""Mistakes in what a call decorator is given are told where it is given."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from mirascope.core import StreamConfig, Timeout, openai
from mirascope.core.base._options import checked_timeout


def get_weather(city: str) -> str:
    """Look up the weather."""
    return city


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"stream": 1}, "`stream` takes True, or a dictionary with fast_reader, .*; got 1"),
        ({"stream": "yes"}, "got 'yes'"),
        ({"stream": {"live_partial": True}}, "got {'live_partial': True}"),
        ({"tools": get_weather}, r"`tools` takes a list.*; got <function get_weather"),
        ({"call_params": [1]}, r"`call_params` takes a dictionary; got \[1\]"),
        ({"response_model": "Book"}, "`response_model` takes a type, not its name: 'Book'"),
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
