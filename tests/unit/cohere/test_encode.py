"""Requests in the words of both versions of Cohere's chat."""

from __future__ import annotations

import copy
from datetime import date
from typing import Annotated, Any, Literal

import pytest
from cohere import ChatbotMessage, UserChatMessageV2
from pydantic import BaseModel, Field

from mirascope.core import (
    AudioPart,
    BaseMessageParam,
    BaseTool,
    ImagePart,
    ImageURLPart,
    Messages,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from mirascope.core.base._adapter import AnswerFormat, Request
from mirascope.core.base._tool_types import tool_types
from mirascope.core.cohere._encode import encode, messages_of
from mirascope.core.cohere.tool import CohereTool

CALL = ToolCallPart(name="Find", args={"title": "Emma"}, id="call_1")
RESULT = ToolResultPart(name="Find", content={"author": "Austen"}, id="call_1")
HISTORY = [
    Messages.System("Be brief."),
    Messages.User("Who wrote Emma?"),
    BaseMessageParam(role="assistant", content=[TextPart(text="Let me see."), CALL]),
    BaseMessageParam(role="tool", content=[RESULT]),
]


class Place(BaseModel):
    """A place on a shelf."""

    row: int
    kind: Literal["place"] = "place"


class Find(BaseTool):
    """Finds a book.

    Args:
        title: Its title.
    """

    title: str
    tags: list[str] = []  # noqa: RUF012  # a field, which pydantic copies
    place: Place | None = None
    kind: Literal["novel", "poem"] = "novel"
    year: int | None = None


class Row(BaseModel):
    """A row of shelves."""

    kind: Literal["row"]


class Options(BaseModel):
    """Has no field that has to be there."""

    loud: bool = False


class Tags(BaseModel):
    """Has an object with free keys."""

    tags: dict[str, int]


def encoded(messages: list[Any], **request: Any) -> dict[str, Any]:
    """The keyword arguments of a request."""
    tools = tool_types(request.pop("tools", []), CohereTool)
    return encode(Request(model="m", messages=messages, tools=tools, **request))


def test_parameters_are_renamed() -> None:
    """Common names become Cohere's, and one stop is a list of one."""
    params = {"top_p": 0.5, "stop": "END", "max_tokens": 7, "k": 3}

    kwargs = encoded([Messages.User("hi")], params=params)

    expected = {"p": 0.5, "stop_sequences": ["END"], "max_tokens": 7, "k": 3}
    messages = [{"role": "user", "content": "hi"}]
    assert {"model": "m", "messages": messages, **expected} == kwargs
    assert {"top_p": 0.5, "stop": "END", "max_tokens": 7, "k": 3} == params


def test_images_of_version_2() -> None:
    """Images are sent as addresses, with their detail."""
    picture = ImagePart(media_type="image/png", image=b"png", detail="low")
    parts = [TextPart(text="What is this?"), picture, ImageURLPart(url="https://x.test/a.png")]

    kwargs = encoded([BaseMessageParam(role="user", content=parts)])

    (message,) = kwargs["messages"]
    assert [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,cG5n", "detail": "low"}},
        {"type": "image_url", "image_url": {"url": "https://x.test/a.png"}},
    ] == message["content"]


@pytest.mark.parametrize("dialect", ["v1", "v2"])
def test_parts_that_are_not_taken_are_named(dialect: str) -> None:
    """A recording is refused, with its name."""
    sound = AudioPart(media_type="audio/wav", audio=b"x")

    with pytest.raises(ValueError, match="AudioPart"):
        encoded([BaseMessageParam(role="user", content=[sound])], dialect=dialect)


def test_own_messages_pass_through() -> None:
    """Mappings and the SDK's objects are sent as they are."""
    own = [{"role": "user", "content": "a"}, UserChatMessageV2(content="b")]

    assert own == encoded(own)["messages"]


@pytest.mark.parametrize(
    ("more", "formatted"),
    [({}, True), ({"tools": [Find]}, False), ({"params": {"documents": ["x"]}}, False)],
)
@pytest.mark.parametrize("dialect", ["v1", "v2"])
def test_json_mode(dialect: str, more: dict[str, Any], *, formatted: bool) -> None:
    """The words always ask for JSON; the format does where Cohere takes it."""
    messages = [Messages.User("hi")]

    kwargs = encoded(messages, json_mode=True, dialect=dialect, **more)

    said = kwargs["message"] if dialect == "v1" else kwargs["messages"][0]["content"]
    assert said.startswith("hi\n\n")
    assert "JSON" in said
    assert formatted is ("response_format" in kwargs)
    assert [Messages.User("hi")] == messages


def test_a_format_of_the_users_own_stands() -> None:
    """JSON mode does not replace a format that was given."""
    own = {"type": "json_object", "json_schema": {"type": "object"}}

    kwargs = encoded([Messages.User("hi")], json_mode=True, params={"response_format": own})

    assert own == kwargs["response_format"]


class Shape(BaseModel):
    """A shape with what Cohere's format knows and does not know."""

    kind: Literal["round", "square"]
    sides: int = Field(ge=1, lt=9)
    name: str = Field(min_length=1, pattern="^[a-z]+$")
    code: str = Field(pattern="[a-z]{3}")
    mail: str = Field(json_schema_extra={"format": "email"})
    day: date
    colors: list[str] = Field(min_length=1, max_length=3)
    home: Annotated[Place | Row, Field(discriminator="kind")]


def format_schema(dialect: str, kwargs: dict[str, Any]) -> Any:
    """The schema in the format of a request."""
    return kwargs["response_format"].get("schema" if dialect == "v1" else "json_schema")


def answer_of(model: type[BaseModel]) -> AnswerFormat:
    """A response model as a request has it."""
    return AnswerFormat(name=model.__name__, description="", schema=model.model_json_schema())


@pytest.mark.parametrize("dialect", ["v1", "v2"])
def test_a_schema_keeps_to_what_the_format_takes(dialect: str) -> None:
    """Unions are `anyOf`; bounds, and formats and patterns that are not taken, are left out."""
    answer = answer_of(Shape)
    before = copy.deepcopy(answer.schema)

    kwargs = encoded([Messages.User("hi")], json_mode=True, answer=answer, dialect=dialect)

    schema = format_schema(dialect, kwargs)
    properties = schema["properties"]
    assert {"type": "string", "enum": ["round", "square"]}.items() <= properties["kind"].items()
    assert {"title": "Sides", "type": "integer"} == properties["sides"]
    assert {"title": "Name", "type": "string"} == properties["name"]
    assert "[a-z]{3}" == properties["code"]["pattern"]
    assert (None, "date") == tuple(properties[each].get("format") for each in ("mail", "day"))
    assert {"type": "array", "items": {"type": "string"}}.items() <= properties["colors"].items()
    assert not {"minItems", "maxItems"} & properties["colors"].keys()
    assert not {"oneOf", "discriminator"} & properties["home"].keys()
    assert 2 == len(properties["home"]["anyOf"])
    assert "schema:" not in str(kwargs.get("message") or kwargs["messages"])
    assert before == answer.schema


@pytest.mark.parametrize("model", [Options, Tags])
@pytest.mark.parametrize("dialect", ["v1", "v2"])
def test_an_object_without_a_required_field_is_told_in_words(
    dialect: str, model: type[BaseModel]
) -> None:
    """The format asks for JSON of any form, the words for that of the schema."""
    kwargs = encoded(
        [Messages.User("hi")], json_mode=True, answer=answer_of(model), dialect=dialect
    )

    assert {"type": "json_object"} == kwargs["response_format"]
    assert '"properties"' in str(kwargs.get("message") or kwargs["messages"])


@pytest.mark.parametrize("preamble", [None, "You know books."])
@pytest.mark.parametrize("system", [[], [Messages.System("Be brief.")]])
def test_json_beside_the_results_of_tools_is_asked_for_in_the_preamble(
    preamble: str | None, system: list[Any]
) -> None:
    """Version 1 takes no message beside the results of tools."""
    params = {} if preamble is None else {"preamble": preamble}

    kwargs = encoded([*system, *HISTORY[1:]], dialect="v1", json_mode=True, params=params)

    before = [*([preamble] if preamble else ()), *(["Be brief."] if system else ())]
    asked = "Answer with a JSON object and nothing else."
    assert "\n\n".join([*before, asked]) == kwargs["preamble"]
    assert "" == kwargs["message"]
    assert "tool_results" in kwargs


@pytest.mark.parametrize("more", [[], [Messages.User("Thanks.")]])
def test_results_in_version_1_stand_together(more: list[Any]) -> None:
    """The results of parallel calls are one message, whoever made it."""
    one = BaseMessageParam(role="tool", content=[RESULT])
    own = {"role": "TOOL", "tool_results": [{"call": {"name": "Find"}, "outputs": []}]}

    kwargs = encoded([*HISTORY, one, own, *more], dialect="v1")

    results = kwargs["chat_history"][-1]["tool_results"] if more else kwargs["tool_results"]
    assert 3 == len(results)
    assert own["tool_results"][0] == results[2]
    assert 1 == len(own["tool_results"])


@pytest.mark.parametrize(
    "empty", [Messages.Assistant(""), ChatbotMessage(message=""), {"role": "CHATBOT"}]
)
def test_an_empty_answer_in_version_1_is_left_out(empty: Any) -> None:
    """Cohere refuses it in the history."""
    kwargs = encoded([Messages.User("Hi"), empty, Messages.User("Hi?")], dialect="v1")

    assert [{"role": "USER", "message": "Hi"}] == kwargs["chat_history"]


def test_a_prompt_of_version_1_is_taken_apart() -> None:
    """The preamble, the history and the results of tools have parameters of their own."""
    kwargs = encoded(HISTORY, dialect="v1")

    call = {"name": "Find", "parameters": {"title": "Emma"}}
    assert {
        "model": "m",
        "preamble": "Be brief.",
        "message": "",
        "chat_history": [
            {"role": "USER", "message": "Who wrote Emma?"},
            {"role": "CHATBOT", "message": "Let me see.", "tool_calls": [call]},
        ],
        "tool_results": [{"call": call, "outputs": [{"output": '{"author":"Austen"}'}]}],
    } == kwargs


def test_a_prompt_of_version_1_comes_together_again() -> None:
    """The messages of a request make the same request once more."""
    params = {"preamble": "You know books."}
    first = encoded([*HISTORY, Messages.User("And Dune?")], dialect="v1", params=params)

    again = encoded(messages_of(first), dialect="v1", params=params)

    assert "You know books.\n\nBe brief." == first["preamble"]
    assert first == again
    assert ["SYSTEM", "USER", "CHATBOT", "TOOL", "USER"] == [
        message["role"] for message in messages_of(first)
    ]


def test_a_prompt_of_version_1_that_ends_with_an_answer() -> None:
    """An answer at the end stays in the history; the history that was given comes first."""
    given = [{"role": "USER", "message": "Hello"}]
    answer = ChatbotMessage(message="Hi!")

    kwargs = encoded([answer], dialect="v1", params={"chat_history": given})

    assert [*given, {"role": "CHATBOT", "message": "Hi!"}] == kwargs["chat_history"]
    assert "" == kwargs["message"]
    assert [{"role": "USER", "message": "Hello"}] == given


def test_a_tool_of_version_1_is_described_by_types() -> None:
    """Python's types say what they can, the description the rest."""
    (tool,) = encoded([], tools=[Find], dialect="v1")["tools"]

    definitions = tool["parameter_definitions"]
    assert ("Find", "Finds a book.") == (tool["name"], tool["description"])
    assert {"type": "str", "description": "Its title.", "required": True} == definitions["title"]
    assert {"type": "List[str]", "required": False} == definitions["tags"]
    assert {"type": "int", "required": False} == definitions["year"]
    assert "dict" == definitions["place"]["type"]
    assert '"row": {"type": "integer"}' in definitions["place"]["description"]
    assert '"enum": ["novel", "poem"]' in definitions["kind"]["description"]


def test_a_tool_of_version_2_is_described_by_its_schema() -> None:
    """The schema goes as it is."""
    (tool,) = encoded([], tools=[Find])["tools"]

    assert "function" == tool["type"]
    assert ["title"] == tool["function"]["parameters"]["required"]
