"""Messages as generateContent takes them."""

from __future__ import annotations

from typing import Any

import pytest
from google.genai import types

from mirascope.core import (
    BaseMessageParam,
    Messages,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from mirascope.core._shapes.content_messages import asking_for_json, encode_contents
from mirascope.core.gemini._protos import response_of

GEMINIS: Any = response_of(
    {"candidates": [{"content": {"role": "user", "parts": [{"text": "New?"}]}}]}
)

CALLS = BaseMessageParam(
    role="assistant",
    content=[
        TextPart(text="Let me see."),
        ToolCallPart(name="weather", args={"city": "Oslo"}, id="call_1"),
        ToolCallPart(name="weather", args={"city": "Rome"}, id="call_2"),
    ],
)


def result(number: int) -> BaseMessageParam:
    """The result of a call, in a message of its own."""
    part = ToolResultPart(id=f"call_{number}", content=f"result {number}")
    return BaseMessageParam(role="tool", content=[part])


def response(number: int) -> dict[str, Any]:
    """The part that the result of a call becomes."""
    said = {"id": f"call_{number}", "name": "weather", "response": {"result": f"result {number}"}}
    return {"function_response": said}


def test_results_that_follow_each_other_are_one_content() -> None:
    """All calls of an answer are answered at once; what the user says then is not part of it."""
    history = [CALLS, result(1), result(2), Messages.User("And now?"), CALLS, result(1)]

    contents, _ = encode_contents(history, provider="Gemini")

    results = {"role": "user", "parts": [response(1), response(2)]}
    assert results == contents[1]
    assert {"role": "user", "parts": [{"text": "And now?"}]} == contents[2]
    assert {"role": "user", "parts": [response(1)]} == contents[4]


def test_the_first_call_of_an_answer_is_signed() -> None:
    """One signature stands for the thoughts before all calls; without one there is none."""
    (signed,), _ = encode_contents([CALLS], provider="Google", signature=b"skip")
    (unsigned,), _ = encode_contents([CALLS], provider="Gemini")

    assert [None, b"skip", None] == [part.get("thought_signature") for part in signed["parts"]]
    assert "thought_signature" not in str(unsigned)


@pytest.mark.parametrize(
    "native",
    [
        {"role": "model", "parts": [{"function_call": {"id": "call_1", "name": "weather"}}]},
        {"role": "model", "parts": [{"functionCall": {"id": "call_1", "name": "weather"}}]},
        types.Content(
            role="model",
            parts=[
                types.Part(text="Let me see."),
                types.Part(function_call=types.FunctionCall(id="call_1", name="weather")),
            ],
        ),
    ],
)
def test_the_name_of_a_function_is_in_a_native_call(native: Any) -> None:
    """A result that is known by its call's id finds the name in a message of the SDK's."""
    contents, _ = encode_contents([native, result(1)], provider="Google")

    assert [native, {"role": "user", "parts": [response(1)]}] == contents


REQUEST = {"text": "Answer with a JSON object and nothing else."}
OLD = {"role": "user", "parts": [{"text": "Old?"}]}
ANSWER = {"role": "model", "parts": [{"text": "Old."}]}


@pytest.mark.parametrize(
    "native",
    [
        types.Content(role="user", parts=[types.Part(text="New?")]),
        types.Content(parts=[types.Part(text="New?")]),
        GEMINIS.candidates[0].content,
        {"role": "user", "parts": "New?"},
        "New?",
    ],
)
@pytest.mark.parametrize("rest", [[], [ANSWER]])
def test_the_request_for_json_follows_a_content_that_cannot_be_extended(
    native: Any, rest: list[Any]
) -> None:
    """It is part of the user's last turn, not of an older one."""
    asked = {"role": "user", "parts": [REQUEST]}

    asking = asking_for_json([OLD, ANSWER, native, *rest])

    assert [OLD, ANSWER, native, asked, *rest] == asking


def test_the_request_for_json_ends_the_users_last_content() -> None:
    """It goes with what the user asked last; without any it is a content of its own."""
    assert [{**OLD, "parts": [*OLD["parts"], REQUEST]}, ANSWER] == asking_for_json([OLD, ANSWER])
    assert [ANSWER, {"role": "user", "parts": [REQUEST]}] == asking_for_json([ANSWER])
