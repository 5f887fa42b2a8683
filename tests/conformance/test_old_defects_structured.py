"""Old defects of structured streams and partial tools, one test each."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, Literal, Self

import pytest
from pydantic import BaseModel, Field, ValidationError, model_validator

from mirascope.core import BaseTool, Messages
from mirascope.core.testing import Answer, Request, ToolCall, WireServer
from tests.support.playing import ask, play
from tests.support.providers import Provider
from tests.support.written import only

TWO = only("openai", "anthropic")


class Author(BaseModel):
    """Who wrote a book."""

    name: str
    born: int | None = None


class Book(BaseModel):
    """A book."""

    title: Annotated[str, Field(min_length=3)]
    genre: Literal["fantasy", "history"]
    author: Author | None = None

    @model_validator(mode="after")
    def _shouts_not(self) -> Self:
        assert not self.title.isupper(), "no capitals"
        return self


class Note(BaseTool):
    """Takes a note."""

    text: str
    place: str | None = None

    def call(self) -> str:
        return self.text


EMMA = {"title": "Emma", "genre": "history", "author": {"name": "Austen", "born": 1775}}
NOTES = [ToolCall(name="Note", arguments={"text": text}, pieces=6) for text in ("hello", "world")]


def answering(value: Any) -> Callable[[Request], Answer]:
    """A script that gives a value as it is asked for: by a tool, or as text."""
    text = json.dumps(value)
    pieces = [text[start : start + 3] for start in range(0, len(text), 3)]

    def answer(request: Request) -> Answer:
        if request.json.get("tools"):
            return Answer(tools=[ToolCall(name="Book", pieces=pieces)])
        return Answer(text=pieces)

    return answer


@only("anthropic", "groq", "mistral", "openai", "openai.responses")
@pytest.mark.parametrize("json_mode", [False, True])
def test_a_streamed_extraction_is_asked_for_as_a_plain_one(
    provider: Provider, json_mode: bool, server: WireServer
) -> None:
    """Streamed or not, the tool is forced, or in JSON mode the schema, and nothing else is sent."""
    server.play(answering(EMMA))

    plain = ask(provider, "sync", server, response_model=Book, json_mode=json_mode)
    streamed = play(provider, "sync", server, response_model=Book, json_mode=json_mode)

    first, second = (
        {key: value for key, value in request.json.items() if not key.startswith("stream")}
        for request in server.requests
    )
    assert first == second
    sent = json.dumps(first)
    forced = ["tool_choice" in first, "tools" in first, "json_schema" in sent, "genre" in sent]
    assert [not json_mode, not json_mode, json_mode, True] == forced
    assert Book.model_validate(EMMA) == plain == streamed.stream.constructed_response_model


@only("mistral")
def test_mistral_streams_structured_answers(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """The first chunk is no validation error, and the last value is the whole."""
    server.play(answering(EMMA))

    outcome = play(provider, colour, server, response_model=Book)

    assert (None, Book.model_validate(EMMA)) == (outcome.error, outcome.steps[-1])


@TWO
def test_optional_fields_may_be_written_with_a_bar(provider: Provider, server: WireServer) -> None:
    """A field `Author | None` grows like any other."""
    server.play(answering(EMMA))

    outcome = play(provider, "sync", server, response_model=Book)

    assert outcome.error is None
    authors = [step.author.name for step in outcome.steps if step.author is not None]
    assert "Aust" in {(name or "")[:4] for name in authors[:-1]}
    assert Book.model_validate(EMMA) == outcome.steps[-1]


@TWO
def test_constraints_and_validators_wait_for_complete_values(
    provider: Provider, server: WireServer
) -> None:
    """A beginning is not too short, a literal is there when it is whole, validators run last."""
    server.play(answering(EMMA))

    outcome = play(provider, "sync", server, response_model=Book)

    assert outcome.error is None
    titles = [step.title for step in outcome.steps if step.title]
    assert len(titles[0]) < 3
    assert {"history"} == {step.genre for step in outcome.steps if step.genre}


@TWO
def test_the_class_of_partial_values_is_made_once(provider: Provider, server: WireServer) -> None:
    """All partial values, in this stream and the next, are of one class."""
    server.play(answering(EMMA))

    kinds = {
        type(step)
        for _ in range(2)
        for step in play(provider, "sync", server, response_model=Book).steps[:-1]
    }

    assert 1 == len(kinds)


@TWO
def test_partial_tools_are_no_tool_calls(provider: Provider, server: WireServer) -> None:
    """Two calls are two tools of the stream and the response, however often they were shown."""
    server.play(Answer(tools=NOTES))

    outcome = play(provider, "sync", server, tools=[Note], stream={"partial_tools": True})

    assert outcome.error is None
    assert len(outcome.tools) > 2
    assert ["hello", "world"] == [tool.text for tool in outcome.stream.tools]
    assert ["hello", "world"] == [tool.text for tool in outcome.response.tools]


@TWO
def test_partial_tools_survive_their_first_delta(provider: Provider, server: WireServer) -> None:
    """A tool is shown while its arguments are text that is no JSON yet, optional fields and all."""
    server.play(Answer(tools=NOTES[:1]))

    outcome = play(provider, "sync", server, tools=[Note], stream={"partial_tools": True})

    assert outcome.error is None
    texts = [tool.text for tool in outcome.tools if tool.text]
    assert all("hello".startswith(text) for text in texts)
    assert ("hello", None) == (texts[-1], outcome.tools[-1].delta)
    assert NOTES[0].text == "".join(tool.delta or "" for tool in outcome.tools)


@TWO
def test_tools_beside_a_response_model_are_offered(provider: Provider, server: WireServer) -> None:
    """Tools of the decorator and of one call stand beside what asks for the answer."""
    server.play(answering(EMMA))
    config = {"messages": [Messages.User("hello")], "tools": [Note]}

    with provider.make_client(server, colour="sync") as client:
        for tools, returned in (([Note], "hello"), (None, config)):
            call = provider.module.call(
                model="test-model", client=client, stream=True, tools=tools, response_model=Book
            )
            stream = call(lambda returned=returned: returned)().drain()
            assert "Emma" == stream.constructed_response_model.title

    sent = [json.dumps(request.json["tools"]) for request in server.requests]
    assert [(True, True)] * 2 == [('"Note"' in tools, '"Book"' in tools) for tools in sent]


@TWO
def test_a_structured_value_has_its_response(provider: Provider, server: WireServer) -> None:
    """The last value carries the response, in which a tool's arguments are a call and no text."""
    server.play(answering(EMMA))

    outcome = play(provider, "sync", server, response_model=Book, tools=[Note])

    response = outcome.steps[-1]._response
    for each in (response, outcome.response, outcome.stream.stream.construct_call_response()):
        assert "" == each.content
        assert [EMMA] == [tool.args for tool in each.tools]


@TWO
def test_an_error_of_a_structured_stream_has_its_response(
    provider: Provider, server: WireServer
) -> None:
    """What does not fit is an error with the response, so that the model can be asked again."""
    server.play(answering({**EMMA, "title": "EMMA"}))

    outcome = play(provider, "sync", server, response_model=Book)

    assert isinstance(outcome.error, ValidationError)
    assert "EMMA" in repr(outcome.error._response.message_param)
