"""Requests in Google's words."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from google.genai import types

from mirascope.core import (
    BaseMessageParam,
    DocumentPart,
    ImagePart,
    ImageURLPart,
    Messages,
    ToolCallPart,
    ToolResultPart,
)
from mirascope.core.base._adapter import AnswerFormat, Request
from mirascope.core.base._tool_types import tool_types
from mirascope.core.google._encode import encode
from mirascope.core.google.tool import GoogleTool


def now() -> str:
    """Tell the time."""
    return "noon"


def encoded(*messages: Any, **request: Any) -> dict[str, Any]:
    """The keyword arguments for a request."""
    return encode(Request(model="m", messages=messages, **request))


def test_automatic_function_calling_is_always_off() -> None:
    """The SDK runs no function, whatever the configuration says."""
    on = types.AutomaticFunctionCallingConfig(disable=False, maximum_remote_calls=5)

    kwargs = encoded(
        Messages.User("hi"),
        tools=tool_types([now], GoogleTool),
        params={"config": types.GenerateContentConfig(automatic_function_calling=on)},
    )

    assert {"disable": True} == kwargs["config"]["automatic_function_calling"]


def test_the_users_configuration_is_copied() -> None:
    """A configuration is not changed by what a call adds, and parameters beside it win."""
    search = types.Tool(google_search=types.GoogleSearch())
    config = types.GenerateContentConfig(
        temperature=0.1, top_p=0.5, tools=[search], system_instruction="Be brief."
    )
    before = copy.deepcopy(config)

    kwargs = encoded(
        Messages.System("Be kind."),
        Messages.User("hi"),
        tools=tool_types([now], GoogleTool),
        params={"config": config, "temperature": 0.9, "max_tokens": 7, "stop": "END"},
    )

    made = types.GenerateContentConfig.model_validate(kwargs["config"])
    assert before == config
    assert (0.9, 0.5, 7) == (made.temperature, made.top_p, made.max_output_tokens)
    assert ["END"] == made.stop_sequences
    assert [{"text": "Be brief."}, {"text": "Be kind."}] == kwargs["config"]["system_instruction"][
        "parts"
    ]
    assert search is kwargs["config"]["tools"][0]
    assert "now" == kwargs["config"]["tools"][1]["function_declarations"][0]["name"]


@pytest.mark.parametrize(
    ("config", "continues"),
    [
        ({}, False),
        ({"automatic_continuation": True}, True),
        (types.GenerateContentConfig(temperature=0.1), False),
    ],
)
def test_automatic_continuation_is_off_unless_it_is_asked_for(
    config: Any, *, continues: bool
) -> None:
    """The SDK sends no second request by itself; an old one is not told of what it never does."""
    knows = "automatic_continuation" in types.GenerateContentConfig.model_fields

    said = encoded(Messages.User("hi"), params={"config": config if knows else {}})["config"]

    assert (continues if knows else None) is said.get("automatic_continuation")


@pytest.mark.parametrize(
    ("given", "mode"),
    [
        (None, "ANY"),
        ({"retrieval_config": {"language_code": "de"}}, "ANY"),
        (types.ToolConfig(retrieval_config=types.RetrievalConfig(language_code="de")), "ANY"),
        ({"function_calling_config": {"mode": "AUTO"}}, "AUTO"),
        ({"functionCallingConfig": {"mode": "AUTO"}}, "AUTO"),
    ],
)
def test_an_answer_by_a_tool_is_asked_for_beside_a_tool_configuration(
    given: Any, mode: str
) -> None:
    """What the user configures stands, and of the calls only what they leave open is said."""
    answer = AnswerFormat(name="now", description="", schema={"type": "object"}, is_tool=True)
    tools = tool_types([now], GoogleTool)
    before = copy.deepcopy(given)

    kwargs = encoded(Messages.User("hi"), tools=tools, answer=answer, params={"tool_config": given})

    made = types.ToolConfig.model_validate(kwargs["config"]["tool_config"])
    assert made.function_calling_config is not None
    assert mode == made.function_calling_config.mode
    assert ("retrieval_config" in str(given)) is (made.retrieval_config is not None)
    assert before == given


def test_calls_of_another_provider_are_signed() -> None:
    """Gemini 3 takes no call without a signature: the documented one says that there is none."""
    call = BaseMessageParam(role="assistant", content=[ToolCallPart(name="now", id="call_1")])

    (content,) = encoded(call)["contents"]

    part = types.Content.model_validate(content).parts
    assert part is not None
    assert b"skip_thought_signature_validator" == part[0].thought_signature


def test_python_functions_in_the_configuration_are_refused() -> None:
    """A function that the SDK would run by itself is an error that says where it belongs."""
    with pytest.raises(ValueError, match="`tools="):
        encoded(Messages.User("hi"), params={"config": {"tools": [now]}})


def test_parts() -> None:
    """Media go inline or by their address; a `data:` address is taken apart."""
    message = BaseMessageParam(
        role="user",
        content=[
            ImagePart(media_type="image/png", image=b"png"),
            DocumentPart(media_type="application/pdf", document=b"pdf"),
            ImageURLPart(url="https://x.org/a.jpg?size=1"),
            ImageURLPart(url="data:image/gif;base64,Z2lm"),
        ],
    )

    ((content,), _) = (encoded(message)["contents"], None)

    made = types.Content.model_validate(content).parts
    assert made is not None
    inline = [
        part.inline_data and (part.inline_data.mime_type, part.inline_data.data) for part in made
    ]
    assert [
        ("image/png", b"png"),
        ("application/pdf", b"pdf"),
        None,
        ("image/gif", b"gif"),
    ] == inline
    file_data = made[2].file_data
    assert file_data is not None
    assert ("https://x.org/a.jpg?size=1", "image/jpeg") == (file_data.file_uri, file_data.mime_type)


def test_a_history_of_another_provider() -> None:
    """A result that has only its call's id finds the function's name in the history."""
    history = [
        Messages.User("time?"),
        BaseMessageParam(role="assistant", content=[ToolCallPart(name="now", id="call_1")]),
        BaseMessageParam(role="tool", content=[ToolResultPart(id="call_1", content="noon")]),
    ]

    contents = encoded(*history)["contents"]

    assert ["user", "model", "user"] == [content["role"] for content in contents]
    assert {"id": "call_1", "name": "now", "response": {"result": "noon"}} == contents[2]["parts"][
        0
    ]["function_response"]
    with pytest.raises(ValueError, match="`name`"):
        encoded(history[0], history[2])


@pytest.mark.parametrize(("tools", "mime"), [([], "application/json"), ([now], None)])
def test_json_mode(tools: list[Any], mime: str | None) -> None:
    """The prompt asks for JSON, and the configuration where no tools forbid it."""
    message = {"role": "user", "parts": [{"text": "hi"}]}
    before = copy.deepcopy(message)

    kwargs = encoded(message, json_mode=True, tools=tool_types(tools, GoogleTool))

    assert before == message
    assert "JSON" in kwargs["contents"][0]["parts"][1]["text"]
    assert mime == kwargs["config"].get("response_mime_type")


def test_a_configuration_may_be_in_the_words_of_the_wire() -> None:
    """The SDK takes both spellings in a dictionary, and so does what is set beside them."""
    given = {"automaticFunctionCalling": {"disable": False}, "stopSequences": "E", "topK": 3}

    config = encoded(Messages.User("Hi"), params={"config": given})["config"]

    assert {"disable": True} == config["automatic_function_calling"]
    assert (["E"], 3) == (config["stop_sequences"], config["top_k"])
    assert not [name for name in config if name != name.lower()]
