"""The value of a structured stream on its way, fed by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from mirascope.core import BaseTool
from mirascope.core.base._absent import ABSENT
from mirascope.core.base._growth import Growth
from mirascope.core.base._response_type import ResponseType
from mirascope.core.errors import StreamError, StreamNotFinished


class Book(BaseModel):
    title: str
    pages: int = 1


BOOK = ResponseType(Book)


class Call:
    """A call on its way."""

    id = None

    def __init__(self, name: str = "Book") -> None:
        self.name = name


def run(response: ResponseType, *, by_tool: bool = True, content: str = "", **more: Any) -> Any:
    """As much of a stream's run as a growth reads."""
    tools = {response.name: response.tool(BaseTool)} if by_tool else None
    answer = SimpleNamespace(
        content=content,
        _answer_text=content,
        tools=more.pop("tools", None),
        tool_types=more.pop("tool_types", None),
        refusal=None,
        fn_args={},
        common_finish_reasons=["stop"],
    )
    return SimpleNamespace(
        context=SimpleNamespace(tools=tools, fn_args={}),
        grown=[],
        state=more.pop("state", "finished"),
        rebuild=lambda: answer,
    )


def chunk(content: str = "") -> Any:
    """A chunk."""
    return SimpleNamespace(content=content, _answer_text=content)


def test_the_pieces_of_the_call_are_the_answer() -> None:
    """Pieces of other calls, of a second answer, and the text beside them are not."""
    of = run(BOOK)
    growth = Growth(of, BOOK, live=False)
    call, other, second = Call(), Call("other"), Call()

    of.grown += [(other, '{"title": "no'), (call, '{"title": "a')]
    first = growth.partial(chunk('{"title": "text'))
    of.grown += [(second, '{"title": "two'), (other, '"}')]
    nothing = growth.partial(chunk())
    of.grown += [(call, 'b"')]
    last = growth.partial(chunk())

    assert ("a", "ab") == (first.title, last.title)
    assert ABSENT is nothing
    assert [] == of.grown


def test_pieces_that_come_before_the_name() -> None:
    """They are kept until it is known which tool is called."""
    of = run(BOOK)
    growth = Growth(of, BOOK, live=False)
    call = Call("")

    of.grown += [(call, '{"tit')]
    before = growth.partial(chunk())
    call.name = "Book"
    of.grown += [(call, 'le": "a')]
    after = growth.partial(chunk())

    assert ABSENT is before
    assert "a" == after.title


def test_pieces_of_other_tools_are_not_kept() -> None:
    """A name that does not begin like the answer's is another tool's."""
    of = run(BOOK)
    growth = Growth(of, BOOK, live=False)
    unnamed, other = Call(""), Call("lookup")

    of.grown += [(unnamed, '{"a'), (other, '{"a')]
    growth.partial(chunk())
    before = len(growth._early)
    unnamed.name = "lookup"
    of.grown += [(unnamed, '"')]
    growth.partial(chunk())

    assert (1, 0) == (before, len(growth._early))


def test_text_is_the_answer_where_json_was_asked_for() -> None:
    """Calls of the user's tools are not."""
    of = run(BOOK, by_tool=False)
    growth = Growth(of, BOOK, live=True)

    of.grown += [(Call("other"), '{"title": "no')]
    first = growth.partial(chunk('So: {"title": "a'))
    again = growth.partial(chunk("b"))

    assert first is again
    assert "ab" == again.title


@pytest.mark.parametrize("items", [True, False])
def test_an_answer_that_is_too_deep_to_show(items: bool) -> None:
    """It is an error of the stream, which has what arrived."""
    response = ResponseType(list[Any])
    of = run(response, by_tool=False, state="pending")
    growth = Growth(of, response, live=False)
    if items:
        growth.begin_items()
    read = growth.new_items if items else growth.partial

    with pytest.raises(StreamError, match="more than 200 levels") as caught:
        read(chunk('{"value": ' + "[" * 300))

    assert of.rebuild() is caught.value.response


def test_the_complete_value() -> None:
    """It is there when the stream was read, and is made once."""
    of = run(BOOK, content='{"title": "a"}', state="open")
    growth = Growth(of, BOOK, live=False)
    with pytest.raises(StreamNotFinished, match="The stream is open"):
        growth.complete()

    of.state = "finished"
    value = growth.complete()

    assert Book(title="a") == value
    assert growth.complete() is value
    assert growth.ended


def test_a_tool_in_place_of_the_value() -> None:
    """There is no value then, and the error says where the tool is."""

    class LookUp(BaseTool):
        title: str

    of = run(BOOK, tools=[LookUp(title="a")], tool_types=[LookUp])
    growth = Growth(of, BOOK, live=False)

    assert ABSENT is growth.finish()
    with pytest.raises(StreamError, match="called a tool"):
        growth.complete()


def test_an_answer_that_does_not_fit() -> None:
    """The error is the same each time the value is asked for."""
    growth = Growth(run(BOOK, content='{"pages": 1}'), BOOK, live=False)

    for _ in range(2):
        with pytest.raises(ValidationError, match="title"):
            growth.complete()
