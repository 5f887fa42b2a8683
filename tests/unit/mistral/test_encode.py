"""Requests in Mistral's words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from mistralai.client.models import AssistantMessage, UserMessage

from mirascope.core import (
    AudioPart,
    AudioURLPart,
    BaseMessageParam,
    DocumentPart,
    DocumentURLPart,
    ImagePart,
    Messages,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from mirascope.core.base._adapter import Request
from mirascope.core.mistral._encode import encode


def encoded(*messages: Any, **options: Any) -> dict[str, Any]:
    """The keyword arguments of a call with these messages."""
    return encode(Request(model="m", messages=messages, **options))


def test_common_names() -> None:
    """`seed` is Mistral's `random_seed`; the others are called the same."""
    kwargs = encoded(params={"seed": 1, "stop": ["x"], "max_tokens": 5, "top_k": 3})

    assert {key: value for key, value in kwargs.items() if key not in ("model", "messages")} == {
        "random_seed": 1,
        "stop": ["x"],
        "max_tokens": 5,
        "top_k": 3,
    }


def test_one_parameter_under_two_names() -> None:
    """A parameter under both of its names is refused."""
    with pytest.raises(ValueError, match="random_seed"):
        encoded(params={"seed": 1, "random_seed": 2})


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (
            ImagePart(media_type="image/png", image=b"x"),
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,eA=="}},
        ),
        (
            AudioPart(media_type="audio/wav", audio=b"x"),
            {"type": "input_audio", "input_audio": "eA=="},
        ),
        (AudioURLPart(url="https://x/y"), {"type": "input_audio", "input_audio": "https://x/y"}),
        (
            DocumentPart(media_type="application/pdf", document=b"x"),
            {"type": "document_url", "document_url": "data:application/pdf;base64,eA=="},
        ),
        (
            DocumentURLPart(url="https://x/y"),
            {"type": "document_url", "document_url": "https://x/y"},
        ),
    ],
)
def test_media(part: Any, expected: dict[str, Any]) -> None:
    """Images, audio and documents, given or by their address."""
    message = BaseMessageParam(role="user", content=[TextPart(text="What?"), part])

    (sent,) = encoded(message)["messages"]

    assert [{"type": "text", "text": "What?"}, expected] == sent["content"]


def history(call_id: str | None, result_id: str | None) -> list[str]:
    """The ids of a call and of its result as they are sent."""
    messages = encoded(
        BaseMessageParam(role="assistant", content=[ToolCallPart(name="now", id=call_id)]),
        BaseMessageParam(
            role="tool", content=[ToolResultPart(name="now", content="noon", id=result_id)]
        ),
    )["messages"]
    return [messages[0]["tool_calls"][0]["id"], messages[1]["tool_call_id"]]


def test_mistrals_own_ids_stay() -> None:
    """An id of nine letters and digits is sent as it is."""
    assert ["D681PevKs", "D681PevKs"] == history("D681PevKs", "D681PevKs")


@pytest.mark.parametrize("given", ["call_PTLP8xhu3uwZk4l3nlnrrJha", "toolu_01", None, ""])
def test_other_providers_ids_become_mistrals(given: str | None) -> None:
    """An id the API would refuse becomes one it takes, the same for the call and the result."""
    call, result = history(given, given)

    assert call == result
    assert re.fullmatch("[a-zA-Z0-9]{9}", call)


def test_calls_without_ids_are_told_apart() -> None:
    """Two calls of one tool, neither with an id, are answered in their order."""
    calls = BaseMessageParam(role="assistant", content=[ToolCallPart(name="now")] * 2)
    results = BaseMessageParam(role="tool", content=[ToolResultPart(name="now", content=1)] * 2)

    asked, *answered = encoded(calls, results)["messages"]

    ids = [call["id"] for call in asked["tool_calls"]]
    assert 2 == len(set(ids))
    assert ids == [message["tool_call_id"] for message in answered]


def test_messages_of_the_sdks_own_form_pass_through() -> None:
    """The provider's own messages are not looked into."""
    own = {"role": "tool", "content": "x", "tool_call_id": "call_1"}

    assert [own] == encoded(own)["messages"]


CALL = BaseMessageParam(role="assistant", content=[ToolCallPart(name="now", id="abcdefgh1")])
RESULT = BaseMessageParam(
    role="tool", content=[ToolResultPart(name="now", id="abcdefgh1", content="noon")]
)


@pytest.mark.parametrize(
    "empty",
    [
        Messages.Assistant(""),
        BaseMessageParam(role="assistant", content=[TextPart(text="")]),
        AssistantMessage(content=""),
        AssistantMessage(),
        {"role": "assistant", "content": ""},
    ],
)
def test_an_empty_answer_is_left_out(empty: Any) -> None:
    """The API refuses an answer with neither content nor tool calls."""
    messages = encoded(Messages.User("Hi"), empty, Messages.User("Hi?"))["messages"]

    assert ["Hi", "Hi?"] == [message["content"] for message in messages]


@pytest.mark.parametrize(
    ("following", "roles"),
    [
        ([Messages.User("And now?")], ["assistant", "user"]),
        ([UserMessage(content="And now?")], ["assistant", "user"]),
        ([Messages.System("Be brief.")], ["assistant", "system"]),
        ([Messages.Assistant(""), Messages.User("And now?")], ["assistant", "user"]),
        ([Messages.Assistant("Noon."), Messages.User("And now?")], ["assistant", "user"]),
        ([], []),
    ],
)
def test_an_answer_stands_behind_the_results_of_tools(
    following: list[Any], roles: list[str]
) -> None:
    """The API refuses what is asked directly after them; one is put there where none is."""
    messages = encoded(Messages.User("Time?"), CALL, RESULT, *following)["messages"]

    found = [each["role"] if isinstance(each, dict) else each.role for each in messages]
    assert ["user", "assistant", "tool", *roles] == found
