"""Text taken from an SDK's object is that of an object that repeats the last one."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from mirascope.core.base._object_pattern import ObjectPattern
from mirascope.core.base._text_pattern import Recognise


class Part(BaseModel):
    """What is new."""

    model_config = ConfigDict(extra="allow")
    text: Any = None
    role: str | None = None


class Choice(BaseModel):
    """One answer."""

    model_config = ConfigDict(extra="allow")
    part: Part
    index: int = 0


class Event(BaseModel):
    """One event."""

    model_config = ConfigDict(extra="allow")
    choices: list[Choice]
    model: str = "m"


class OtherEvent(Event):
    """An event of another class."""


def event(text: Any = "a", *, cls: type[Event] = Event, **said: Any) -> Event:
    """An event with one text."""
    part = Part(text=text, **said.pop("part", {}))
    return cls(choices=[Choice(part=part, **said.pop("choice", {}))], **said)


def learnt(first: Event, *varying: str) -> Recognise:
    """What recognises the like of one event."""
    pattern = ObjectPattern(("choices", "part", "text"), varying)
    recognise = pattern.learn(first, first.choices[0].part.text)
    assert recognise is not None
    return recognise


@pytest.mark.parametrize("text", ["", "b", "ü\n"])
def test_another_text_is_recognised(text: str) -> None:
    """Text is given as it is."""
    assert text == learnt(event())(event(text))


@pytest.mark.parametrize(
    "other",
    [
        event(7),
        event(None),
        event(model="n"),
        event(cost=1),
        event(part={"role": "assistant"}),
        event(part={"role": None}),
        event(part={"odd": 1}),
        event(choice={"index": 1}),
        event(choice={"odd": 1}),
        event(cls=OtherEvent),
        Event(choices=[]),
        Event(choices=[Choice(part=Part(text="a")), Choice(part=Part(text="b"))]),
        "a",
        None,
    ],
    ids=repr,
)
def test_whatever_else_differs_is_not_recognised(other: Any) -> None:
    """Another value, a field that was set, an unknown field, another class or number of items."""
    recognise = learnt(event())

    assert recognise(other) is None
    assert "b" == recognise(event("b"))


def test_fields_that_vary_are_not_compared() -> None:
    """Padding and counters differ every time, whether the class knows them or not."""
    recognise = learnt(event(model="1", padding="x"), "model", "padding", "nothing")

    assert "b" == recognise(event("b", model="2", padding="yy"))
    assert recognise(event("b", model="3", padding="z", more=1)) is None
    assert recognise(event("b", model="4")) is None


def test_an_object_without_such_a_text_is_no_pattern() -> None:
    """What is not a text, or not where the path leads, teaches nothing."""
    pattern = ObjectPattern(("choices", "part", "text"))

    assert not any(pattern.learn(each, "a") for each in (event(7), Part(text="a"), {"a": 1}))
    assert not pattern.learn(event("b"), "a")
