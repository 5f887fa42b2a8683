"""Options and tools in Anthropic's words."""

from __future__ import annotations

import copy
from datetime import date
from typing import Annotated, Any

import pytest
from pydantic import Field

from mirascope.core import BaseMessageParam, BaseTool, Messages
from mirascope.core.anthropic import AnthropicTool, AnthropicToolConfig
from mirascope.core.anthropic._encode import encode
from mirascope.core.base._adapter import AnswerFormat, Request
from mirascope.core.base._tool_types import tool_types

HELLO = [Messages.User("Hi")]


def encoded(messages: Any = HELLO, **options: Any) -> dict[str, Any]:
    """The keyword arguments of a request."""
    return encode(Request(model="m", messages=messages, **options))


class Shout(BaseTool):
    """Shouts."""

    tool_config = {  # noqa: RUF012  # a class variable of the base
        "allowed_callers": ["direct"],
        "cache_control": {"type": "ephemeral"},
        "of_another_provider": True,
    }
    text: str


class Whisper(Shout):
    """Whispers."""

    tool_config = {"strict": True}  # noqa: RUF012  # as above
    times: int = 1


BOOK = AnswerFormat(
    name="Book", description="", schema={"type": "object", "properties": {}}, is_tool=True
)


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


def test_json_mode_asks_in_words_at_the_end_of_the_system_prompt() -> None:
    """The messages are those of the next turn too: none of them is changed."""
    native: dict[str, Any] = {"role": "user", "content": [{"type": "text", "text": "Hi"}]}

    kwargs = encoded([Messages.System("One."), native], json_mode=True, params={"system": "Zero."})

    assert [native] == kwargs["messages"]
    *first, last = (block["text"] for block in kwargs["system"])
    assert ["Zero.", "One."] == first
    assert "JSON" in last


@pytest.mark.parametrize(
    "params",
    [
        {"output_config": {"effort": "low"}, "extra_body": {"beta": 1}},
        {"extra_body": {"beta": 1, "output_config": {"effort": "low"}}},
        {
            "output_config": {"effort": "high"},
            "extra_body": {"beta": 1, "output_config": {"effort": "low"}},
        },
    ],
)
def test_the_schema_goes_beside_what_is_given(params: dict[str, Any]) -> None:
    """Wherever the options of the output are given, the answer's schema is among them."""
    before = copy.deepcopy(params)
    answer = BOOK.replaced(is_tool=False)

    kwargs = encoded(json_mode=True, answer=answer, params=params)

    config = kwargs["extra_body"].pop("output_config")
    assert ("low", "json_schema") == (config["effort"], config["format"]["type"])
    assert ({"beta": 1}, False) == (kwargs["extra_body"], "output_config" in kwargs)
    assert before == params


FORCED = {"type": "tool", "name": "Book"}
AUTO = {"type": "auto"}
OFF = {"thinking": {"type": "disabled"}}


@pytest.mark.parametrize(
    ("model", "params", "choice"),
    [
        ("claude-sonnet-5-5", {}, AUTO),
        ("claude-opus-5", {}, AUTO),
        ("claude-fable-5-2", {}, AUTO),
        ("claude-mythos-preview", {}, AUTO),
        ("claude-opus-12-20290101", {}, AUTO),
        ("us.anthropic.claude-sonnet-5-5-v1:0", {}, AUTO),
        ("claude-opus-5@20260101", {}, AUTO),
        ("anthropic/claude-opus-5.5", {}, AUTO),
        ("claude-opus-5", OFF, FORCED),
        ("claude-opus-5", {"extra_body": OFF}, FORCED),
        ("claude-haiku-4-5-20251001", {}, FORCED),
        ("claude-opus-4@20250514", {}, FORCED),
        ("anthropic.claude-3-5-sonnet-20241022-v2:0", {}, FORCED),
        ("claude-2.1", {}, FORCED),
        ("claude-of-mine-20290101", {}, FORCED),
        ("m", {}, FORCED),
        ("m", {"thinking": {"type": "adaptive"}}, AUTO),
        ("claude-sonnet-5-5", {"thinking": {"type": "between_tools"}}, AUTO),
    ],
)
def test_how_a_tool_is_asked_for(model: str, params: Any, choice: dict[str, Any]) -> None:
    """A model that thinks cannot be made to call a tool: it is asked to, after all else."""
    request = Request(
        model=model,
        messages=[Messages.System("One."), *HELLO],
        tools=tool_types([Shout], AnthropicTool),
        answer=BOOK,
        params={"system": "Zero.", **params},
    )

    kwargs = encode(request)

    assert choice == kwargs["tool_choice"]
    words = ["Give your answer by calling the tool `Book`, not as text."]
    asked = words if choice == AUTO else []
    assert ["Zero.", "One.", *asked] == [block["text"] for block in kwargs["system"]]


@pytest.mark.parametrize(
    "params", [{"tool_choice": {"type": "any"}}, {"extra_body": {"tool_choice": {"type": "any"}}}]
)
def test_a_choice_of_the_users_wins(params: dict[str, Any]) -> None:
    """Then nothing is asked for in words."""
    request = Request(model="claude-opus-5", messages=HELLO, answer=BOOK, params=params)

    kwargs = encode(request)

    assert params == {key: kwargs[key] for key in params}
    assert {"model", "max_tokens", "messages", *params} == set(kwargs)


def test_tools() -> None:
    """A tool has a schema, Anthropic's options alone, and stands before those that run there."""
    search = {"type": "web_search_20250305", "name": "web_search"}

    kwargs = encoded(tools=tool_types([Shout], AnthropicTool), params={"tools": [search]})

    shout, other = kwargs["tools"]
    assert search == other
    assert ("Shout", "Shouts.") == (shout["name"], shout["description"])
    assert {"text": {"type": "string"}} == shout["input_schema"]["properties"]
    assert ({"type": "ephemeral"}, ["direct"]) == (shout["cache_control"], shout["allowed_callers"])
    assert "of_another_provider" not in shout


def test_a_strict_tool() -> None:
    """Its schema is one that can be kept to exactly: closed, every argument in every call."""
    (tool,) = encoded(tools=tool_types([Whisper], AnthropicTool))["tools"]

    assert tool["strict"]
    assert not tool["input_schema"]["additionalProperties"]
    assert ["text", "times"] == tool["input_schema"]["required"]


def test_messages_of_the_sdk_pass_through() -> None:
    """A message in Anthropic's own form is sent as the same object."""
    native = {"role": "user", "content": "Hi"}
    neutral = BaseMessageParam(role="user", content="Ho")

    first, second = encoded([native, neutral])["messages"]

    assert native is first
    assert {"role": "user", "content": "Ho"} == second


class Bounded(BaseTool):
    """Has bounds."""

    age: int = Field(ge=0, lt=200)
    names: list[str] = Field(min_length=2, max_length=3)
    address: Annotated[str, Field(max_length=9, json_schema_extra={"format": "idn-email"})]
    day: date


def test_an_exact_schema_has_no_bounds() -> None:
    """Claude cannot be held to them: they are checked when the answer is read."""

    class Exact(Bounded):
        """Is kept to exactly."""

        tool_config = AnthropicToolConfig(strict=True)

    exact, plain = (
        encoded(tools=tool_types([kind], AnthropicTool))["tools"][0]["input_schema"]["properties"]
        for kind in (Exact, Bounded)
    )

    assert {"type": "integer"} == exact["age"]
    assert {"items": {"type": "string"}, "type": "array"} == exact["names"]
    assert {"type": "string"} == exact["address"]
    assert {"format": "date", "type": "string"} == exact["day"]
    assert {"exclusiveMaximum": 200, "minimum": 0, "type": "integer"} == plain["age"]
