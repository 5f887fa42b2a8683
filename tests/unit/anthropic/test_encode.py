"""Options and tools in Anthropic's words."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from mirascope.core import BaseMessageParam, BaseTool, Messages
from mirascope.core.anthropic import AnthropicTool
from mirascope.core.anthropic._encode import encode
from mirascope.core.base._adapter import Request
from mirascope.core.base._tool_types import tool_types

HELLO = [Messages.User("Hi")]


def encoded(messages: Any = HELLO, **options: Any) -> dict[str, Any]:
    """The keyword arguments of a request."""
    return encode(Request(model="m", messages=messages, **options))


class Shout(BaseTool):
    """Shouts."""

    tool_config = {  # noqa: RUF012  # a class variable of the base
        "cache_control": {"type": "ephemeral"},
        "strict": True,
    }
    text: str


def test_the_least_there_is() -> None:
    """A plain request has a limit on tokens, which Anthropic requires."""
    assert {
        "model": "m",
        "max_tokens": 1024,
        "messages": [{"role": "user", "content": "Hi"}],
    } == encoded()


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"max_tokens": 7}, {"max_tokens": 7}),
        ({"max_tokens": None}, {"max_tokens": 1024}),
        ({"stop": "END"}, {"stop_sequences": ["END"]}),
        ({"stop": ["a", "b"], "max_tokens": 5}, {"stop_sequences": ["a", "b"], "max_tokens": 5}),
        ({"seed": None, "stop": None}, {}),
        ({"timeout": None}, {"timeout": None}),
        ({"temperature": 0.0, "top_k": 3}, {"extra_body": {"temperature": 0.0, "top_k": 3}}),
        (
            {"top_p": 0.5, "extra_body": {"beta": 1}},
            {"extra_body": {"beta": 1, "top_p": 0.5}},
        ),
        (
            {"thinking": {"type": "enabled", "budget_tokens": 1024}},
            {"thinking": {"type": "enabled", "budget_tokens": 1024}},
        ),
    ],
)
def test_parameters_are_renamed_one_by_one(
    params: dict[str, Any], expected: dict[str, Any]
) -> None:
    """Common names, the provider's own and those the SDK dropped go where they belong."""
    before = copy.deepcopy(params)

    assert {**encoded(), **expected} == encoded(params=params)
    assert before == params


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"seed": 1}, "'seed'"),
        (
            {"frequency_penalty": 0.1, "presence_penalty": 0},
            "'frequency_penalty'.*'presence_penalty'",
        ),
        ({"stop": "a", "stop_sequences": ["b"]}, "'stop_sequences'"),
        ({"temperature": 1, "extra_body": {"temperature": 0}}, "'temperature'.*extra_body"),
    ],
)
def test_parameters_that_cannot_be_sent(params: dict[str, Any], names: str) -> None:
    """What Anthropic does not have, or is said twice, is refused by its name."""
    with pytest.raises(ValueError, match=names):
        encoded(params=params)


def test_system_messages_go_apart_in_their_order() -> None:
    """The parameter comes first, then every system message of the prompt, wherever it stands."""
    messages = [Messages.System("One."), *HELLO, Messages.System("Two.")]

    kwargs = encoded(messages, params={"system": "Zero."})

    assert ["Zero.", "One.", "Two."] == [block["text"] for block in kwargs["system"]]
    assert [{"role": "user", "content": "Hi"}] == kwargs["messages"]


def test_a_system_parameter_alone_is_sent_as_it_is() -> None:
    """Without system messages in the prompt the parameter is the user's own."""
    assert "Zero." == encoded(params={"system": "Zero."})["system"]


@pytest.mark.parametrize("messages", [[Messages.System("Be brief.")], []])
def test_a_prompt_without_a_question(messages: list[Any]) -> None:
    """A prompt of system messages alone is refused, not sent empty."""
    with pytest.raises(ValueError, match="no message but the system's"):
        encoded(messages)


def test_json_mode_asks_in_words_and_changes_nothing() -> None:
    """The request for JSON is at the end of the user's last message."""
    native: dict[str, Any] = {"role": "user", "content": [{"type": "text", "text": "Hi"}]}
    before = copy.deepcopy(native)

    (message,) = encoded([native], json_mode=True)["messages"]

    assert native == before
    assert before["content"] == message["content"][:1]
    assert "JSON" in message["content"][1]["text"]


def test_tools() -> None:
    """A tool has a schema, Anthropic's options alone, and stands before those that run there."""
    search = {"type": "web_search_20250305", "name": "web_search"}

    kwargs = encoded(tools=tool_types([Shout], AnthropicTool), params={"tools": [search]})

    shout, other = kwargs["tools"]
    assert search == other
    assert ("Shout", "Shouts.") == (shout["name"], shout["description"])
    assert {"text": {"type": "string"}} == shout["input_schema"]["properties"]
    assert {"type": "ephemeral"} == shout["cache_control"]
    assert "strict" not in shout


def test_messages_of_the_sdk_pass_through() -> None:
    """A message in Anthropic's own form is sent as the same object."""
    native = {"role": "user", "content": "Hi"}
    neutral = BaseMessageParam(role="user", content="Ho")

    first, second = encoded([native, neutral])["messages"]

    assert native is first
    assert {"role": "user", "content": "Ho"} == second
