"""Wrong uses: every checker must report the lines that end in `# error`, and no others.

Checked, never run; see `api.py`.
"""

from __future__ import annotations

import asyncio
import socket
from typing import assert_type

from mirascope import core
from mirascope.core import BaseTool, base, openai, prompt_template


class FormatBook(BaseTool):
    """Put a book into the form of the list."""

    title: str


@openai.call("a-model", stream=True, tools=[FormatBook])
@prompt_template("Recommend a {genre} book")
def recommend(genre: str, *, limit: int = 1) -> None: ...


@openai.call("a-model", stream=True, tools=[FormatBook])
@prompt_template("Recommend a {genre} book")
async def arecommend(genre: str) -> None: ...


@openai.call("a-model")
def plain(genre: str) -> str:
    return genre


def names() -> None:
    """Names that are not there."""
    print(core.opnai)  # error
    print(core.Mesages)  # error
    print(base.Mesages)  # error
    print(openai.cal)  # error
    print(openai.OpenAIToool)  # error


def arguments() -> None:
    """The decorated function takes what the function takes."""
    recommend()  # error
    recommend(1)  # error
    recommend("fantasy", 2)  # error
    recommend("fantasy", limit="2")  # error
    recommend("fantasy", size=2)  # error
    recommend(kind="fantasy")  # error
    arecommend()  # error
    arecommend(b"fantasy")  # error
    plain()  # error


def results() -> None:
    """Attributes that are not there, and types that do not fit."""
    for chunk, tool in recommend("fantasy"):
        print(chunk.contents)  # error
        print(chunk.chunk.nothing)  # error
        number: int = chunk.content  # error
        print(number)
        print(tool.title)  # error
        if tool:
            print(tool.author)  # error
    stream = recommend("fantasy")
    stream.construct_response()  # error
    response = stream.construct_call_response()
    print(response.texts)  # error
    if stream.tool:
        print(stream.tool.pages)  # error
    for _ in plain("fantasy"):  # error
        pass
    with_total: str = plain("fantasy").input_tokens  # error
    print(with_total)


def loops_of_the_wrong_colour() -> None:
    """A synchronous function cannot iterate an asynchronous stream."""
    for _ in arecommend("fantasy"):  # error
        pass
    next(arecommend("fantasy"))  # error
    with arecommend("fantasy"):  # error
        pass


async def async_loops_of_the_wrong_colour() -> None:
    """A synchronous stream is no awaitable and no asynchronous iterator."""
    async for _ in recommend("fantasy"):  # error
        pass
    await recommend("fantasy")  # error
    async with recommend("fantasy"):  # error
        pass
    await plain("fantasy")  # error
    async for _ in asyncio.wait_for(arecommend("fantasy"), 30):  # error
        pass


def foreign_clients(foreign: socket.socket) -> None:
    """A client must be one of the provider's."""

    @openai.call("a-model", client=foreign)  # error
    def with_foreign() -> str:
        return "hello"

    @openai.call("a-model", stream=True, client=object())  # error
    async def with_object() -> str:
        return "hello"

    print(with_foreign, with_object)


def options() -> None:
    """Options of `call` that do not exist or do not fit."""
    openai.call("a-model", stream=True, call_params={"temprature": 0.5})  # error
    openai.call("a-model", stream=True, call_params={"temperature": "hot"})  # error
    openai.call("a-model", stream=True, temperature=0.5)  # error
    openai.call("a-model", strem=True)  # error
    openai.call("a-model", True)  # error
    openai.call(4, stream=True)  # error
    openai.call(stream=True)  # error
    openai.call("a-model", stream="yes")  # error
    openai.call("a-model", tools=[3])  # error
    openai.call("a-model", tools=FormatBook)  # error
    openai.call("a-model", timeout="soon")  # error
    openai.call("a-model", json_mode="yes")  # error
    openai.call("a-model", stream=True, output_parser=str)  # error
    openai.call("a-model", output_parser=3)  # error
    prompt_template(3)  # error


@openai.call("a-model")  # error
def neither_prompt_nor_config() -> int:
    return 3


@openai.call("a-model")
def misspelt_config(genre: str) -> openai.OpenAIDynamicConfig:
    return {"computed_field": {"genre": genre}}  # error


openai.call("a-model")(3)  # error

# The checks of the right uses can fail.
assert_type(recommend("fantasy"), openai.OpenAIStream[openai.OpenAITool])  # error
