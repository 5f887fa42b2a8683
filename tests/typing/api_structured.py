"""Right uses of response models: a plain call gives the model, a stream the model at every step.

Checked, never run; see `api.py`.
"""

from __future__ import annotations

import asyncio
import enum
from typing import Annotated, Any, Literal, assert_type

from pydantic import BaseModel

from mirascope.core import (
    BaseAsyncStructuredStream,
    BaseCallResponse,
    BaseStructuredStream,
    BaseTool,
    FromCallArgs,
    ResponseModelConfigDict,
    openai,
    prompt_template,
)


class Book(BaseModel):
    """A book."""

    model_config = ResponseModelConfigDict(strict=True)

    genre: Annotated[str, FromCallArgs()]
    title: str


class Mood(enum.Enum):
    GOOD = "good"


class LookUp(BaseTool):
    """Looks a book up."""

    title: str


@openai.call("a-model", response_model=Book)
@prompt_template("Recommend a {genre} book")
def plain(genre: str) -> None: ...


@openai.call("a-model", response_model=Book)
@prompt_template("Recommend a {genre} book")
async def aplain(genre: str) -> None: ...


@openai.call("a-model", response_model=Book, stream=True)
@prompt_template("Recommend a {genre} book")
def streamed(genre: str) -> None: ...


@openai.call("a-model", response_model=Book, stream={"live_partials": True})
@prompt_template("Recommend a {genre} book")
async def astreamed(genre: str) -> None: ...


@openai.call("a-model", response_model=list[Book], stream=True)
@prompt_template("Recommend {genre} books")
def listed(genre: str) -> None: ...


@openai.call("a-model", response_model=list[Book], stream=True)
@prompt_template("Recommend {genre} books")
async def alisted(genre: str) -> None: ...


@openai.call("a-model", response_model=Book, tools=[LookUp])
@prompt_template("Recommend a {genre} book")
def with_tools(genre: str) -> None: ...


@openai.call("a-model", response_model=Book, tools=[LookUp], stream=True)
@prompt_template("Recommend a {genre} book")
def streamed_with_tools(genre: str) -> None: ...


def title_of(book: Book) -> str:
    """A parser of the model."""
    return book.title


@openai.call("a-model", response_model=Book, output_parser=title_of)
@prompt_template("Recommend a {genre} book")
def parsed(genre: str) -> None: ...


def values() -> None:
    """A plain call gives the model; with tools perhaps the response; a parser what it makes."""
    assert_type(plain("fantasy"), Book)
    assert_type(plain("fantasy").title, str)
    assert_type(parsed("fantasy"), str)
    found = with_tools("fantasy")
    assert_type(found, Book | openai.OpenAICallResponse[openai.OpenAITool])
    if isinstance(found, Book):
        assert_type(found.title, str)
    else:
        assert_type(found.tools, list[openai.OpenAITool] | None)


def streams() -> None:
    """Partial values have the type of the whole: Python has no word for "all fields optional"."""
    stream = streamed("fantasy")
    assert_type(stream, BaseStructuredStream[Book, openai.OpenAIStream])
    for partial in stream:
        assert_type(partial, Book)
        assert_type(partial.title, str)
    assert_type(next(stream), Book)
    assert_type(stream.constructed_response_model, Book)
    assert_type(stream.stream, openai.OpenAIStream)
    assert_type(stream.stream.construct_call_response(), openai.OpenAICallResponse)
    assert_type(stream.construct_call_response(), BaseCallResponse[Any, Any, Any])
    assert_type(stream.tools, list[BaseTool] | None)
    assert_type(stream.input_tokens, int | None)
    with streamed("fantasy").with_timeout(30) as opened:
        assert_type(opened, BaseStructuredStream[Book, openai.OpenAIStream])
    assert_type(streamed_with_tools("fantasy"), BaseStructuredStream[Book, openai.OpenAIStream])


def items() -> None:
    """The items of a list."""
    stream = listed("fantasy")
    assert_type(stream, BaseStructuredStream[list[Book], openai.OpenAIStream])
    for partial in stream:
        assert_type(partial, list[Book])
    for item in listed("fantasy").items():
        assert_type(item, Book)


async def asynchronously() -> None:
    """The same in an `async def`."""
    assert_type(await aplain("fantasy"), Book)
    stream = astreamed("fantasy")
    assert_type(stream, BaseAsyncStructuredStream[Book, openai.AsyncOpenAIStream])
    async for partial in stream:
        assert_type(partial, Book)
    async for partial in await astreamed("fantasy"):
        assert_type(partial.title, str)
    async for item in alisted("fantasy").items():
        assert_type(item, Book)
    task = asyncio.create_task(astreamed("fantasy"))
    assert_type(await task, BaseAsyncStructuredStream[Book, openai.AsyncOpenAIStream])
    async with astreamed("fantasy") as opened:
        assert_type(opened.constructed_response_model, Book)
    assert_type(stream.stream, openai.AsyncOpenAIStream)


@openai.call("a-model", response_model=Literal["yes", "no"])
def decided() -> str:
    return "hello"


@openai.call("a-model", response_model=Book | None)
def perhaps() -> str:
    return "hello"


@openai.call("a-model", response_model=Mood)
def felt() -> str:
    return "hello"


@openai.call("a-model", response_model=dict[str, int])
def counted() -> str:
    return "hello"


@openai.call("a-model", response_model=list[str], stream=True)
def named() -> str:
    return "hello"


assert_type(decided(), Literal["yes", "no"])
assert_type(perhaps(), Book | None)
assert_type(felt(), Mood)
assert_type(counted(), dict[str, int])
assert_type(named(), BaseStructuredStream[list[str], openai.OpenAIStream])


@openai.call("a-model", stream={"partial_tools": True}, tools=[LookUp])
@prompt_template("Recommend a {genre} book")
def partial_tools(genre: str) -> None: ...


def tools_while_they_are_written() -> None:
    """A partial tool has the type of the whole."""
    for chunk, tool in partial_tools("fantasy"):
        assert_type(chunk, openai.OpenAICallResponseChunk)
        assert_type(tool, LookUp | None)
        if tool is not None:
            assert_type(tool.delta, str | None)
            assert_type(tool.title, str)
