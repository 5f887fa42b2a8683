"""Right uses of tools: a stream and a response know the tools they were offered.

Checked, never run; see `api.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, assert_type

from mirascope.core import BaseTool, BaseToolKit, openai, prompt_template, toolkit_tool
from mirascope.core.errors import ToolError


class FormatBook(BaseTool):
    """Put a book into the form of the list."""

    title: str
    author: str

    def call(self) -> str:
        return f"{self.title} by {self.author}"


class OrderBook(BaseTool):
    """Order a book."""

    title: str
    copies: int = 1

    async def call(self) -> bool:
        return self.copies > 0


def lend(title: str) -> str:
    """Lend a book."""
    return title


async def reserve(title: str) -> str:
    """Reserve a book."""
    return title


class Shelf(BaseToolKit):
    """Tools that share a state."""

    room: str

    @toolkit_tool
    def fetch(self, title: str) -> str:
        """Fetch a book from {self.room}."""
        return f"{title} from {self.room}"


@openai.call("a-model", stream=True, tools=[FormatBook])
@prompt_template("Recommend a {genre} book")
def one(genre: str) -> None: ...


@openai.call("a-model", stream=True, tools=[FormatBook])
@prompt_template("Recommend a {genre} book")
async def aone(genre: str) -> None: ...


@openai.call("a-model", tools=[FormatBook])
@prompt_template("Recommend a {genre} book")
def plain(genre: str) -> None: ...


@openai.call("a-model", tools=[FormatBook])
@prompt_template("Recommend a {genre} book")
async def aplain(genre: str) -> None: ...


def one_class() -> None:
    """A single tool class, written in place."""
    stream = one("fantasy")
    assert_type(stream, openai.OpenAIStream[FormatBook])
    for chunk, tool in stream:
        assert_type(chunk, openai.OpenAICallResponseChunk)
        assert_type(tool, FormatBook | None)
        if tool is not None:
            assert_type(tool, FormatBook)
            assert_type(tool.title, str)
            assert_type(tool.call(), str)
            assert_type(tool.args, dict[str, Any])
            assert_type(tool.id, str | None)
            assert_type(tool.error, ToolError | None)
    assert_type(stream.tools, list[FormatBook] | None)
    assert_type(stream.tool, FormatBook | None)
    response = stream.construct_call_response()
    assert_type(response, openai.OpenAICallResponse[FormatBook])
    assert_type(plain("fantasy"), openai.OpenAICallResponse[FormatBook])
    assert_type(plain("fantasy").tools, list[FormatBook] | None)


async def one_class_asynchronously() -> None:
    """The same in an `async def`."""
    async for chunk, tool in aone("fantasy"):
        assert_type(chunk, openai.OpenAICallResponseChunk)
        assert_type(tool, FormatBook | None)
    assert_type(await aone("fantasy"), openai.AsyncOpenAIStream[FormatBook])
    assert_type(await aplain("fantasy"), openai.OpenAICallResponse[FormatBook])
    stream = await asyncio.wait_for(aone("fantasy"), 30)
    assert_type(stream.tools, list[FormatBook] | None)


def lists(anything: list[Callable[..., Any]], unknown: Any) -> None:
    """Tools by way of a variable."""
    classes: list[type[FormatBook]] = [FormatBook]

    @openai.call("a-model", stream=True, tools=classes)
    def of_classes() -> str:
        return "hello"

    either: list[type[FormatBook | OrderBook]] = [FormatBook, OrderBook]

    @openai.call("a-model", stream=True, tools=either)
    def of_either() -> str:
        return "hello"

    @openai.call("a-model", stream=True, tools=anything)
    def of_anything() -> str:
        return "hello"

    @openai.call("a-model", stream=True, tools=Shelf(room="attic").create_tools())
    def of_toolkit() -> str:
        return "hello"

    assert_type(of_classes(), openai.OpenAIStream[FormatBook])
    assert_type(of_either(), openai.OpenAIStream[FormatBook | OrderBook])
    assert_type(  # error: mypy, ty - `Any` and `BaseTool`
        of_anything(), openai.OpenAIStream[openai.OpenAITool]
    )
    assert_type(of_toolkit(), openai.OpenAIStream[BaseTool])
    for chunk, tool in of_either():
        assert_type(chunk.content, str)
        if isinstance(tool, OrderBook):
            assert_type(tool.copies, int)

    @openai.call(unknown, stream=True, tools=[FormatBook])
    def of_unknown_model() -> str:
        return "hello"

    assert_type(of_unknown_model(), openai.OpenAIStream[FormatBook])


def functions() -> None:
    """Functions, alone and beside classes; with both, mypy gives `BaseTool`."""

    @openai.call("a-model", stream=True, tools=[lend, reserve])
    def of_functions() -> str:
        return "hello"

    @openai.call("a-model", stream=True, tools=[FormatBook, lend])
    def mixed() -> str:
        return "hello"

    @openai.call("a-model", tools=[FormatBook, lend])
    def mixed_plain() -> str:
        return "hello"

    assert_type(of_functions(), openai.OpenAIStream[openai.OpenAITool])
    assert_type(  # error: mypy - `BaseTool`
        mixed(), openai.OpenAIStream[FormatBook | openai.OpenAITool]
    )
    assert_type(  # error: mypy - `BaseTool`
        mixed_plain(), openai.OpenAICallResponse[FormatBook | openai.OpenAITool]
    )


def two_classes() -> None:
    """Two classes in place; mypy joins them to `BaseTool`, and `isinstance` tells them apart."""

    @openai.call("a-model", stream=True, tools=[FormatBook, OrderBook])
    def both() -> str:
        return "hello"

    for chunk, tool in both():
        assert_type(chunk.content, str)
        assert_type(tool, FormatBook | OrderBook | None)  # error: mypy - `BaseTool | None`
        if isinstance(tool, OrderBook):
            assert_type(tool.copies, int)


@openai.call("a-model", stream=True)
@prompt_template("Recommend a {genre} book")
def configured(genre: str) -> openai.OpenAIDynamicConfig:
    return {"tools": [FormatBook, lend, *Shelf(room=genre).create_tools()]}


assert_type(configured("fantasy"), openai.OpenAIStream[openai.OpenAITool])


def answered() -> None:
    """Tools' outputs go back as messages."""
    stream = configured("fantasy")
    outputs = [(tool, tool.call()) for _, tool in stream if tool]
    assert_type(stream.tool_message_params(outputs), list[Any])
    assert_type(stream.construct_call_response().tool_message_params(outputs), list[Any])
