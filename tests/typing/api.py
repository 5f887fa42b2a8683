"""Right uses of streams and calls: what a type checker must find each expression to be.

Checked, never run, for every provider. A line that ends in `# error: NAME, ...` has a weaker
result with these checkers, which is known; the reason stands beside it.
"""

from __future__ import annotations

import asyncio
from typing import assert_type

from native_openai import (
    FinishReason,
    NativeChunk,
    NativeChunkUsage,
    NativeResponse,
    NativeUsage,
    text_of,
)

from mirascope.core import openai, prompt_template
from mirascope.core.base import FinishReason as CommonFinishReason
from mirascope.core.base import Usage


@openai.call("a-model", stream=True)
@prompt_template("Recommend a {genre} book")
def recommend(genre: str, *, limit: int = 1) -> None:
    """Ask for books."""


@openai.call(model="a-model", stream=True)
@prompt_template("Recommend a {genre} book")
async def arecommend(genre: str) -> None:
    """Ask for books."""


@openai.call("a-model")
@prompt_template("Recommend a {genre} book")
def plain(genre: str) -> None: ...


@openai.call("a-model")
@prompt_template("Recommend a {genre} book")
async def aplain(genre: str) -> None: ...


def iterate() -> None:
    """A stream, its chunks and what they say."""
    stream = recommend("fantasy", limit=3)
    assert_type(stream, openai.OpenAIStream[openai.OpenAITool])
    for chunk, tool in stream:
        assert_type(chunk, openai.OpenAICallResponseChunk)
        assert_type(tool, openai.OpenAITool | None)
        assert_type(chunk.content, str)
        assert_type(chunk.chunk, NativeChunk)
        assert_type(text_of(chunk.chunk), str | None)
        assert_type(chunk.finish_reasons, list[FinishReason] | None)
        assert_type(chunk.common_finish_reasons, list[CommonFinishReason] | None)
        assert_type(chunk.model, str | None)
        assert_type(chunk.id, str | None)
        assert_type(chunk.usage, NativeChunkUsage | None)
        assert_type(chunk.common_usage, Usage | None)
        assert_type(chunk.input_tokens, int | None)
        assert_type(chunk.output_tokens, int | None)
    for number, (chunk, _) in enumerate(recommend(genre="fantasy")):
        assert_type(number, int)
        assert_type(chunk, openai.OpenAICallResponseChunk)
    assert_type(next(stream), tuple[openai.OpenAICallResponseChunk, openai.OpenAITool | None])
    assert_type(stream.drain(), openai.OpenAIStream[openai.OpenAITool])
    with recommend("fantasy").with_timeout(30) as opened:
        assert_type(opened, openai.OpenAIStream[openai.OpenAITool])


def read() -> None:
    """A stream's own properties, and the response that it makes."""
    stream = recommend("fantasy")
    assert_type(stream.content, str)
    assert_type(stream.finish_reasons, list[FinishReason] | None)
    assert_type(stream.usage, NativeUsage | None)
    assert_type(stream.tools, list[openai.OpenAITool] | None)
    assert_type(stream.cost, float | None)
    response = stream.construct_call_response()
    assert_type(response, openai.OpenAICallResponse[openai.OpenAITool])
    assert_type(response.response, NativeResponse)
    assert_type(response.finish_reasons, list[FinishReason] | None)
    assert_type(response.usage, NativeUsage | None)
    assert_type(response.tool, openai.OpenAITool | None)


def answer() -> None:
    """A plain call."""
    response = plain("fantasy")
    assert_type(response, openai.OpenAICallResponse[openai.OpenAITool])
    assert_type(response.content, str)
    assert_type(response.response, NativeResponse)
    assert_type(response.tools, list[openai.OpenAITool] | None)
    assert_type(response.model_dump_json(), str)
    assert_type(str(response), str)


async def aiterate() -> None:
    """An asynchronous stream is iterated as it is, or awaited first."""
    stream = arecommend("fantasy")
    assert_type(stream, openai.AsyncOpenAIStream[openai.OpenAITool])
    async for chunk, tool in stream:
        assert_type(chunk, openai.OpenAICallResponseChunk)
        assert_type(tool, openai.OpenAITool | None)
        assert_type(chunk.chunk, NativeChunk)
    async for chunk, _ in arecommend("fantasy"):
        assert_type(chunk, openai.OpenAICallResponseChunk)
    async for chunk, _ in await arecommend("fantasy"):
        assert_type(chunk, openai.OpenAICallResponseChunk)
    awaited = await arecommend("fantasy")
    assert_type(awaited, openai.AsyncOpenAIStream[openai.OpenAITool])
    async with arecommend("fantasy") as opened:
        assert_type(opened, openai.AsyncOpenAIStream[openai.OpenAITool])
    assert_type(await stream.drain(), openai.AsyncOpenAIStream[openai.OpenAITool])
    response = stream.construct_call_response()
    assert_type(response, openai.OpenAICallResponse[openai.OpenAITool])


async def aschedule() -> None:
    """Everything in asyncio that takes a coroutine takes an asynchronous stream."""
    limited = await asyncio.wait_for(arecommend("fantasy"), 30)
    assert_type(limited, openai.AsyncOpenAIStream[openai.OpenAITool])
    async for chunk, _ in await asyncio.wait_for(arecommend("fantasy"), 30):
        assert_type(chunk, openai.OpenAICallResponseChunk)
    async with asyncio.timeout(30):
        async for chunk, _ in arecommend("fantasy"):
            assert_type(chunk.content, str)
    task = asyncio.create_task(arecommend("fantasy"))
    assert_type(await task, openai.AsyncOpenAIStream[openai.OpenAITool])
    async with asyncio.TaskGroup() as group:
        grouped = group.create_task(arecommend("fantasy"))
    assert_type(grouped.result(), openai.AsyncOpenAIStream[openai.OpenAITool])
    first, second = await asyncio.gather(arecommend("fantasy"), arecommend("history"))
    assert_type(first, openai.AsyncOpenAIStream[openai.OpenAITool])
    assert_type(second, openai.AsyncOpenAIStream[openai.OpenAITool])
    _, plainly = await asyncio.gather(arecommend("fantasy"), aplain("fantasy"))
    assert_type(  # error: mypy - `Any` where a stream and a coroutine are gathered together
        plainly, openai.OpenAICallResponse[openai.OpenAITool]
    )


async def aanswer() -> None:
    """A plain asynchronous call is a coroutine of a response."""
    response = await aplain("fantasy")
    assert_type(response, openai.OpenAICallResponse[openai.OpenAITool])


assert_type(asyncio.run(aplain("fantasy")), openai.OpenAICallResponse[openai.OpenAITool])
assert_type(asyncio.run(arecommend("x")), openai.AsyncOpenAIStream[openai.OpenAITool])


class Librarian:
    """Calls that are methods."""

    taste: str = "strange"

    @openai.call("a-model", stream=True)
    @prompt_template("Recommend a {self.taste} {genre} book")
    def method(self, genre: str) -> None: ...

    @openai.call("a-model", stream=True)
    @prompt_template("Recommend a {self.taste} {genre} book")
    async def amethod(self, genre: str) -> None: ...

    @staticmethod
    @openai.call("a-model", stream=True)
    @prompt_template("Recommend a {genre} book")
    def static(genre: str) -> None: ...

    @classmethod
    @openai.call("a-model", stream=True)
    @prompt_template("Recommend a {genre} book")
    def of_class(cls, genre: str) -> None: ...


assert_type(Librarian().method("x"), openai.OpenAIStream[openai.OpenAITool])
assert_type(Librarian().amethod("x"), openai.AsyncOpenAIStream[openai.OpenAITool])
assert_type(Librarian.static("x"), openai.OpenAIStream[openai.OpenAITool])
assert_type(Librarian().of_class("x"), openai.OpenAIStream[openai.OpenAITool])
