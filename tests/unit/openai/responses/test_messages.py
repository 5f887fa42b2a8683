"""Messages, tools and options as OpenAI's Responses API takes them."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from mirascope.core import (
    AudioPart,
    AudioURLPart,
    BaseMessageParam,
    BaseTool,
    CacheControlPart,
    DocumentPart,
    DocumentURLPart,
    ImagePart,
    ImageURLPart,
    Messages,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from mirascope.core.base._adapter import Request
from mirascope.core.base._tool_types import tool_types
from mirascope.core.openai.responses import OpenAIResponsesTool, OpenAIResponsesToolConfig
from mirascope.core.openai.responses._encode import encode


class Note(BaseTool):
    """Takes a note."""

    text: str


class Strict(Note):
    """Takes a note."""

    tool_config = OpenAIResponsesToolConfig(strict=True)


def encoded(*messages: Any) -> list[Any]:
    """The items of messages."""
    return encode(Request(model="m", messages=messages))["input"]


PNG = ImagePart(media_type="image/png", image=b"png")
CALL = {"type": "function_call", "call_id": "c1", "name": "Note", "arguments": '{"text": "x"}'}
OUTPUT = {"type": "function_call_output", "call_id": "c1", "output": "done"}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (Messages.System("Be brief."), [{"role": "system", "content": "Be brief."}]),
        (Messages.User([TextPart(text="a")]), [{"role": "user", "content": "a"}]),
        (
            Messages.User([TextPart(text="a"), CacheControlPart(), TextPart(text="b")]),
            [
                {
                    "role": "user",
                    "content": [
                        {"type": "input_text", "text": "a"},
                        {"type": "input_text", "text": "b"},
                    ],
                }
            ],
        ),
        (
            BaseMessageParam(role="assistant", content=[TextPart(text="a"), TextPart(text="b")]),
            [
                {
                    "role": "assistant",
                    "content": [
                        {"type": "output_text", "text": "a"},
                        {"type": "output_text", "text": "b"},
                    ],
                }
            ],
        ),
        (
            BaseMessageParam(
                role="assistant",
                content=[
                    TextPart(text="a"),
                    ToolCallPart(name="Note", args={"text": "x"}, id="c1"),
                    TextPart(text="b"),
                ],
            ),
            [{"role": "assistant", "content": "a"}, CALL, {"role": "assistant", "content": "b"}],
        ),
        (
            BaseMessageParam(
                role="user",
                content=[
                    ToolResultPart(name="Note", content="done", id="c1"),
                    TextPart(text="And?"),
                ],
            ),
            [OUTPUT, {"role": "user", "content": "And?"}],
        ),
        (BaseMessageParam(role="user", content=[]), []),
        ({"role": "developer", "content": "x"}, [{"role": "developer", "content": "x"}]),
        ([CALL, OUTPUT], [CALL, OUTPUT]),
    ],
)
def test_a_message_becomes_items(message: Any, expected: list[Any]) -> None:
    """Roles and order are kept; the answer's own items pass through, one by one or as a list."""
    assert expected == encoded(message)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (
            PNG,
            {
                "type": "input_image",
                "image_url": "data:image/png;base64,cG5n",
                "detail": "auto",
            },
        ),
        (
            ImageURLPart(url="https://x.test/a.png", detail="low"),
            {"type": "input_image", "image_url": "https://x.test/a.png", "detail": "low"},
        ),
        (
            DocumentPart(media_type="application/pdf", document=b"pdf"),
            {
                "type": "input_file",
                "filename": "document.pdf",
                "file_data": "data:application/pdf;base64,cGRm",
            },
        ),
        (
            DocumentPart(media_type="text/plain", document=b"txt"),
            {
                "type": "input_file",
                "filename": "document.txt",
                "file_data": "data:text/plain;base64,dHh0",
            },
        ),
        (
            DocumentURLPart(url="https://x.test/a.pdf"),
            {"type": "input_file", "file_url": "https://x.test/a.pdf"},
        ),
    ],
)
def test_images_and_documents(part: Any, expected: dict[str, Any]) -> None:
    """Sent along, or by their address."""
    assert [{"role": "user", "content": [expected]}] == encoded(Messages.User([part]))


@pytest.mark.parametrize(
    ("role", "part"),
    [
        ("user", AudioPart(media_type="audio/wav", audio=b"x")),
        ("user", AudioURLPart(url="https://x.test/a.wav")),
        ("assistant", PNG),
    ],
)
def test_what_is_not_taken_is_named(role: str, part: Any) -> None:
    """The error says which part of which message."""
    with pytest.raises(ValueError, match=f"{type(part).__name__}.*'{role}' message"):
        encoded(BaseMessageParam(role=role, content=[part]))


def test_calls_without_ids_get_some() -> None:
    """Histories of providers without ids keep calls and results together."""
    history = [
        BaseMessageParam(
            role="assistant", content=[ToolCallPart(name="a"), ToolCallPart(name="b")]
        ),
        BaseMessageParam(
            role="user",
            content=[ToolResultPart(name="b", content=2), ToolResultPart(content={"x": 1})],
        ),
    ]

    assert [
        ("call_1", "{}"),
        ("call_2", "{}"),
        ("call_2", "2"),
        ("call_1", '{"x":1}'),
    ] == [
        (item["call_id"], item.get("arguments", item.get("output"))) for item in encoded(*history)
    ]


def test_a_result_of_no_call_is_refused() -> None:
    """OpenAI would not know what it answers."""
    result = ToolResultPart(name="Note", content="x")

    with pytest.raises(ValueError, match="'Note' has no id"):
        encoded(BaseMessageParam(role="user", content=[result]))


@pytest.mark.parametrize(("tool", "strict"), [(Note, False), (Strict, True)])
def test_a_tool_says_whether_it_is_strict(tool: type[BaseTool], strict: bool) -> None:
    """Left out, the API would take it for strict."""
    offered = tool_types([tool], OpenAIResponsesTool)
    hosted = {"type": "web_search"}
    request = Request(model="m", messages=[], tools=offered, params={"tools": [hosted]})

    schema, other = encode(request)["tools"]

    assert ("function", tool.__name__, strict) == (
        schema["type"],
        schema["name"],
        schema["strict"],
    )
    assert strict is ("additionalProperties" in schema["parameters"])
    assert hosted == other


def test_the_options_of_a_tool() -> None:
    """OpenAI's own are sent; those of other providers stay behind."""
    options: Any = {
        "allowed_callers": ["programmatic"],
        "defer_loading": True,
        "output_schema": {"type": "object"},
    }

    class Noted(Note):
        """Takes a note."""

        tool_config = {**options, "cache_control": {"type": "ephemeral"}}  # noqa: RUF012  # a class variable of the base

    offered = tool_types([Noted], OpenAIResponsesTool)

    (schema,) = encode(Request(model="m", messages=[], tools=offered))["tools"]

    assert {"type", "name", "description", "parameters", "strict", *options} == set(schema)
    assert options == {key: schema[key] for key in options}


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"max_tokens": 5, "seed": None}, {"max_output_tokens": 5}),
        ({"text": {"verbosity": "low"}}, {"text": {"verbosity": "low"}}),
        ({"instructions": "x", "temperature": 0.5}, {"instructions": "x", "temperature": 0.5}),
    ],
)
def test_options(params: dict[str, Any], expected: dict[str, Any]) -> None:
    """Common names are put into OpenAI's words, and nothing given is changed."""
    before = copy.deepcopy(params)

    kwargs = encode(Request(model="m", messages=[], params=params))

    assert {"model": "m", "input": [], **expected} == kwargs
    assert before == params


@pytest.mark.parametrize("name", ["frequency_penalty", "presence_penalty", "seed", "stop"])
def test_options_that_responses_do_not_have(name: str) -> None:
    """The error names what has to be left out."""
    with pytest.raises(ValueError, match=f"no '{name}'"):
        encode(Request(model="m", messages=[], params={name: 1}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, {"format": {"type": "json_object"}}),
        ({"verbosity": "low"}, {"format": {"type": "json_object"}, "verbosity": "low"}),
        ({"format": {"type": "text"}}, {"format": {"type": "text"}}),
    ],
)
def test_json_mode(text: Any, expected: dict[str, Any]) -> None:
    """JSON is asked for beside other options of the text; a format of one's own stands."""
    params = {} if text is None else {"text": text}
    request = Request(model="m", messages=[], params=params, json_mode=True)

    assert expected == encode(request)["text"]
