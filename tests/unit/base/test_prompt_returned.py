"""What a prompt function may return, and what one call makes of it."""

from __future__ import annotations

import asyncio

import pytest

from mirascope.core.base.message_param import BaseMessageParam, ImageURLPart, TextPart
from mirascope.core.base.messages import Messages
from mirascope.core.base.prompt import Prompt, prompt_template
from mirascope.core.errors import PromptError

URL = ImageURLPart(url="https://x.org/a.png")
RAW = {"role": "user", "content": "raw"}


class Answer:
    message_param = RAW


class Native:
    role = "assistant"


NATIVE = Native()


def user(content):
    return BaseMessageParam(role="user", content=content)


@pytest.mark.parametrize(
    ("returned", "expected"),
    [
        (None, [user("T")]),
        (..., [user("T")]),
        ({}, [user("T")]),
        ({"messages": None, "computed_fields": None}, [user("T")]),
        ("text", [user("text")]),
        (URL, [user([URL])]),
        (b"GIF89a", [Messages.User(b"GIF89a")]),
        (["see", URL], [user([TextPart(text="see"), URL])]),
        (("see",), [user([TextPart(text="see")])]),
        (Messages.System("s"), [Messages.System("s")]),
        ([Messages.System("s"), RAW, NATIVE], [Messages.System("s"), RAW, NATIVE]),
        ((RAW,), [RAW]),
        (RAW, [RAW]),
        (NATIVE, [NATIVE]),
        ([], []),
        ({"messages": [RAW]}, [RAW]),
        ({"messages": []}, []),
        ({"messages": "text"}, [user("text")]),
    ],
)
def test_returned_prompt(returned, expected):
    """The body's return value is the prompt, a dynamic configuration, or nothing."""
    prompt = Prompt.of(prompt_template("T")(lambda: returned))
    assert expected == prompt.rendered({}, returned).messages
    assert expected == prompt_template("T")(lambda: returned)()


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        (3, "returned int, which is no prompt"),
        ({"modle": "x"}, "dynamic configuration with 'modle'; its keys are call_params, client,"),
        ({3: "x"}, "with 3;"),
        ([RAW, "text"], r"item 2 of the list .* is no message, but str: .*Messages\.User"),
        ([RAW, URL], "item 2 .* is no message, but ImageURLPart"),
        ([None], "item 1 .* is no message, but None"),
        ([RAW, 3], "item 2 .* is no message, but 3"),
        ({"messages": 3}, "returned int, which is no prompt"),
        (iter([RAW]), "returned list_iterator, which is no prompt"),
        (Answer(), r"returned Answer, which is no prompt: return what it says .*`message_param`"),
        ({"computed_fields": ["a"]}, r"'computed_fields' .* takes a dictionary, got \['a'\]"),
        ({"metadata": "a"}, "'metadata' .* takes a dictionary, got 'a'"),
    ],
)
def test_returned_nonsense(returned, message):
    """Anything else is an error that names its type and the function it came from."""
    prompt = Prompt.of(prompt_template("T")(lambda: returned))
    with pytest.raises(PromptError, match=message) as caught:
        prompt.rendered({}, returned)
    assert caught.value.__notes__ == ["in the prompt of test_returned_nonsense.<locals>.<lambda>()"]


@pytest.mark.parametrize("returned", [None, ..., {}, {"call_params": {}}])
def test_no_prompt(returned):
    """A function without template that returns no prompt is told how to have one."""
    with pytest.raises(PromptError, match=r"no prompt: .*@prompt_template"):
        Prompt.of(lambda: returned).rendered({}, returned)


def test_plain_function_returning_a_coroutine():
    """A coroutine out of a plain `def` is an error that says so, and is not left unawaited."""

    async def other(): ...

    with pytest.raises(PromptError, match=r"plain def, .*\(coroutine\); make it an async def"):
        prompt_template("T")(lambda: other())()  # noqa: PLW0108  # a plain function is the point


def test_an_async_function_returning_a_coroutine():
    """It is an `async def` already: what is missing is an `await`."""

    async def other(): ...

    @prompt_template("T")
    async def fn():
        return other()

    with pytest.raises(PromptError, match=r"^the function returned an awaitable \(coroutine\): aw"):
        asyncio.run(fn())


def test_computed_fields_win_over_arguments():
    """Computed fields are variables, also under the name of an argument."""

    @prompt_template("{a} {b}")
    def fn(a):
        return {"computed_fields": {"a": "A", "b": a}}

    assert [user("A x")] == fn("x")


def test_configuration_is_copied():
    """The user's containers are neither kept nor changed; what is in them is the same."""
    client, tool = object(), object()
    returned = {
        "call_params": {"n": 1},
        "tools": [tool],
        "client": client,
        "metadata": {"k": 1},
        "messages": [RAW],
    }
    rendered = Prompt.of(lambda: None).rendered({}, returned)
    assert returned == rendered.config
    assert client is rendered.config["client"]
    assert tool is rendered.config["tools"][0]
    assert RAW is rendered.messages[0]
    rendered.config["call_params"]["n"] = 2
    rendered.config["tools"].clear()
    rendered.metadata["k"] = 2
    rendered.messages.clear()
    assert ({"n": 1}, [tool], {"k": 1}, [RAW]) == (
        returned["call_params"],
        returned["tools"],
        returned["metadata"],
        returned["messages"],
    )
