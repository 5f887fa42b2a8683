"""Requests in the words of both versions of Cohere's chat."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from cohere import ChatbotMessage, UserChatMessageV2
from pydantic import BaseModel

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
from mirascope.core.base._adapter import Request
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
