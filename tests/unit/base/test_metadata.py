"""`metadata`: above and below the template, on functions and classes."""

from __future__ import annotations

import asyncio
import inspect

import pytest

from mirascope.core.base._base_prompt import BasePrompt
from mirascope.core.base.message_param import BaseMessageParam
from mirascope.core.base.metadata import metadata
from mirascope.core.base.prompt import Prompt, prompt_template


@pytest.mark.parametrize("notes", [lambda: None, ["a"], "ab"])
def test_notes_are_a_dictionary(notes):
    """Without parentheses the function is in their place."""
    with pytest.raises(TypeError, match=r"metadata takes a dictionary, as in `@metadata\("):
        metadata(notes)


MESSAGES = [BaseMessageParam(role="user", content="T")]


@metadata({"tags": {"above"}})
@prompt_template("T")
def above(): ...


@prompt_template("T")
@metadata({"tags": {"below"}})
def below(): ...


@metadata({"a": 1, "b": 1})
@prompt_template("T")
@metadata({"b": 2, "c": 2})
def both(): ...


@pytest.mark.parametrize(
    ("fn", "expected"),
    [
        (above, {"tags": {"above"}}),
        (below, {"tags": {"below"}}),
        (both, {"a": 1, "b": 1, "c": 2}),
    ],
)
def test_order_does_not_matter(fn, expected):
    """Above or below its template, metadata reaches the prompt, and the prompt is the same."""
    rendered = Prompt.of(fn).rendered({}, None)
    assert (expected, MESSAGES, MESSAGES) == (rendered.metadata, rendered.messages, fn())


def test_configuration_replaces_it():
    """Metadata of a dynamic configuration replaces the decorator's."""
    assert Prompt.of(above).rendered({}, {"metadata": {"x": 1}}).metadata == {"x": 1}


def test_without_template_the_function_is_as_before():
    """A function with nothing but metadata gives what it gave before, in its own colour."""

    @metadata({"k": 1})
    def fn(x):
        return x

    @metadata({"k": 1})
    async def afn(x):
        return x

    assert (fn(7), asyncio.run(afn(7))) == (7, 7)
    assert inspect.iscoroutinefunction(afn)
    assert Prompt.of(fn).rendered({}, "text").metadata == {"k": 1}


def test_it_is_copied():
    """Neither the dictionary given nor what one call got reaches another call."""
    notes = {"k": 1}
    fn = metadata(notes)(lambda: "T")
    notes["k"] = 2
    Prompt.of(fn).rendered({}, "T").metadata["k"] = 3
    assert Prompt.of(fn).rendered({}, "T").metadata == {"k": 1}


def test_undecorated_function_is_left_alone():
    """Decorating makes a new function: the one below can be decorated otherwise."""

    def fn(): ...

    metadata({"k": 1})(fn)
    assert None is Prompt.of(fn).metadata


def test_on_a_class():
    """A prompt class has metadata too."""

    @metadata({"k": 1})
    @prompt_template("T")
    class Some(BasePrompt): ...

    assert Some().dump()["metadata"] == {"k": 1}
