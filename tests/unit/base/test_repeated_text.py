"""When the text of events is recognised, and when that is given up."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from mirascope.core.base._object_pattern import ObjectPattern
from mirascope.core.base._repeated_text import RepeatedText
from mirascope.core.base._text_pattern import TextPattern


class Event(BaseModel):
    """An event of an SDK."""

    text: str
    model: str = "m"


def raw(text: str, model: str = "m") -> bytes:
    """An event's bytes."""
    return Event(text=text, model=model).model_dump_json().encode()


def shown(text: str, model: str = "m") -> Event:
    """An event as an object."""
    return Event(text=text, model=model)


@pytest.fixture
def added() -> list[str]:
    """Where the texts go."""
    return []


@pytest.fixture
def texts() -> RepeatedText:
    """Nothing is learnt yet."""
    return RepeatedText(TextPattern("text"), ObjectPattern(("text",)))


@pytest.mark.parametrize("make", [raw, shown])
def test_an_event_like_the_last_is_recognised(texts, added, make):
    """Bytes as well as objects, until something else is learnt or all is forgotten."""
    assert texts.text(make("a")) is None

    texts.learn(make("a"), "a", added.append)
    for text in ("b", "", "c"):
        found = texts.text(make(text))
        assert text == found
        texts.add(found)
    assert texts.text(make("d", "n")) is None
    assert ["b", "", "c"] == added

    texts.learn(make("d", "n"), "d", added.append)
    assert "e" == texts.text(make("e", "n"))
    texts.forget()
    assert texts.text(make("f", "n")) is None


def test_objects_in_the_place_of_bytes(texts, added):
    """What was learnt of bytes says nothing of the objects that come once the SDK goes on."""
    texts.learn(raw("a"), "a", added.append)

    assert texts.text(Event(text="b")) is None


@pytest.mark.parametrize("useless", [b"{}", None])
def test_nothing_is_learnt_of_an_event_without_a_text(texts, added, useless):
    """What was known before is forgotten too: the events are others now."""
    texts.learn(raw("a"), "a", added.append)
    texts.learn(useless, "", added.append)

    assert texts.text(raw("b")) is None


def test_it_gives_up_when_no_event_repeats_another(texts, added):
    """Where every event has something new, learning costs time and brings nothing."""
    for number in range(9):
        texts.learn(raw("a", str(number)), "a", added.append)
        assert texts.text(raw("a", "another")) is None
    assert texts.text(raw("b", "8")) is None


def test_it_goes_on_where_one_is_recognised_now_and_then(texts, added):
    """What was of use once is worth another try."""
    for number in range(30):
        texts.learn(raw("a", str(number)), "a", added.append)
        assert "b" == texts.text(raw("b", str(number)))
