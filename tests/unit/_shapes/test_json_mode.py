"""The request for JSON in the prompt."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from mirascope.core._shapes.json_mode import asking_for_json, naming_json

ASKED = "Answer with a JSON object and nothing else."
SYSTEM = {"role": "system", "content": "Be brief."}
ANSWER = {"role": "assistant", "content": "Hi."}
RESULT = {"role": "tool", "content": "noon", "tool_call_id": "1"}


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        (
            [SYSTEM, {"role": "user", "content": "Hi"}],
            [SYSTEM, {"role": "user", "content": f"Hi\n\n{ASKED}"}],
        ),
        (
            [{"role": "user", "content": "Time?"}, ANSWER, RESULT],
            [{"role": "user", "content": f"Time?\n\n{ASKED}"}, ANSWER, RESULT],
        ),
        (
            [{"role": "user", "content": [{"type": "image_url", "image_url": "x"}]}],
            [
                {
                    "role": "user",
                    "content": [
                        {"type": "image_url", "image_url": "x"},
                        {"type": "text", "text": ASKED},
                    ],
                }
            ],
        ),
        ([{"role": "user", "content": ""}], [{"role": "user", "content": ASKED}]),
        ([SYSTEM], [SYSTEM, {"role": "user", "content": ASKED}]),
        ([], [{"role": "user", "content": ASKED}]),
    ],
)
def test_the_users_last_message_asks(messages: list[Any], expected: list[Any]) -> None:
    """The request ends the user's last message, or is one of its own."""
    before = repr(messages)

    asking = asking_for_json(messages)

    assert expected == asking
    assert before == repr(messages)


def test_an_sdks_message_object_stays_as_it_is() -> None:
    """A message that is an object of an SDK is followed by the request."""
    message = object()

    assert [message, {"role": "user", "content": ASKED}] == asking_for_json([message])


@pytest.mark.parametrize("rest", [[], [ANSWER, RESULT]])
def test_the_request_follows_the_users_last_message_if_it_is_an_object(rest: list[Any]) -> None:
    """It is part of the user's last turn, not of an older one."""
    old = {"role": "user", "content": "Old?"}
    native = SimpleNamespace(role="user", content="New?")
    asked = {"role": "user", "content": ASKED}

    assert [old, ANSWER, native, asked, *rest] == asking_for_json([old, ANSWER, native, *rest])


@pytest.mark.parametrize(
    "named",
    [
        {"role": "system", "content": "Use json."},
        {"role": "user", "content": [{"type": "text", "text": "As JSON, please"}]},
    ],
)
def test_a_prompt_that_names_json_stays_as_it_is(named: dict[str, Any]) -> None:
    """Where the prompt asks for JSON in its own words, nothing is added."""
    messages = [SYSTEM, named]

    assert messages == naming_json(messages)


@pytest.mark.parametrize("image", ["data:image/png;base64,jsonjson", "x"])
def test_a_prompt_that_does_not_name_json_is_extended(image: str) -> None:
    """What is in an image's data or in an object of an SDK is no word of the prompt."""
    question = {"role": "user", "content": [{"type": "image_url", "image_url": image}]}
    asked = {"type": "input_text", "text": ASKED}

    (extended, message) = naming_json([question, named := object()], part="input_text")

    assert [*question["content"], asked] == extended["content"]
    assert named is message
