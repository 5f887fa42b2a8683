"""Right uses of prompts and options: what a type checker must find each expression to be.

Checked, never run; see `api.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import assert_type

from native_openai import AsyncClient, Client, native_message

from mirascope.core import (
    BaseMessageParam,
    BasePrompt,
    Messages,
    Metadata,
    Timeout,
    merge_decorators,
    metadata,
    openai,
    prompt_template,
)
from mirascope.core.base import CommonCallParams


def options(client: Client, async_client: AsyncClient) -> None:
    """The options of `call`."""

    @openai.call("a-model", stream=True, client=client, json_mode=True, timeout=30)
    def with_client() -> str:
        return "hello"

    @openai.call("a-model", stream=True, client=async_client, timeout=Timeout(first_chunk=5))
    async def with_async_client() -> str:
        return "hello"

    @openai.call("a-model", call_params={"temperature": 0.5, "max_tokens": 9, "stop": ["."]})
    def with_params() -> str:
        return "hello"

    params: openai.OpenAICallParams = {"top_p": 0.5}

    @openai.call("a-model", stream={}, client=None, call_params=params)
    def with_variable() -> str:
        return "hello"

    shared: CommonCallParams = {"temperature": 0.5, "max_tokens": 9}

    @openai.call("a-model", call_params=shared)
    def with_shared() -> str:
        return "hello"

    assert_type(with_shared(), openai.OpenAICallResponse[openai.OpenAITool])
    assert_type(with_client(), openai.OpenAIStream[openai.OpenAITool])
    assert_type(with_async_client(), openai.AsyncOpenAIStream[openai.OpenAITool])
    assert_type(with_params(), openai.OpenAICallResponse[openai.OpenAITool])
    assert_type(with_variable(), openai.OpenAIStream[openai.OpenAITool])


def chosen_at_run_time(model: str, *, stream: bool) -> None:
    """A decorator in a variable, a model's name in one, and a colour that is not known."""
    fast = openai.call(model, stream=True)

    @fast
    def kept() -> str:
        return "hello"

    @openai.call(model, stream=stream)  # error: mypy - it does not expand `bool` in overloads
    def either() -> str:
        return "hello"

    assert_type(kept(), openai.OpenAIStream[openai.OpenAITool])
    either()


def consume(stream: openai.OpenAIStream) -> str:
    """A function that takes every stream."""
    return "".join(chunk.content for chunk, _ in stream)


def titles(response: openai.OpenAICallResponse) -> list[str]:
    """An output parser."""
    return response.content.splitlines()


@openai.call("a-model", output_parser=titles)
def parsed(genre: str) -> str:
    return f"Recommend {genre} books"


@openai.call("a-model", output_parser=titles)
async def aparsed(genre: str) -> str:
    return f"Recommend {genre} books"


assert_type(parsed("fantasy"), list[str])
assert_type(asyncio.run(aparsed("fantasy")), list[str])


@openai.call("a-model", stream=True)
def of_text(genre: str) -> str:
    return f"Recommend {genre} books"


@openai.call("a-model", stream=True)
def of_messages(genre: str) -> list[BaseMessageParam]:
    return [Messages.System("You love books"), Messages.User(genre)]


@openai.call("a-model", stream=True)
def of_native_messages(genre: str) -> list[openai.OpenAIMessageParam]:
    return [native_message(genre)]


@openai.call("a-model", stream=True)
@prompt_template("Recommend a {genre} book like {author}'s")
def of_config(genre: str) -> openai.OpenAIDynamicConfig:
    return {
        "computed_fields": {"author": genre.title()},
        "call_params": {"temperature": 0.5},
        "metadata": {"tags": ["books"]},
    }


@openai.call("a-model", stream=True)
@prompt_template("Recommend a {genre} book like {author}'s")
async def of_async_config(genre: str) -> openai.AsyncOpenAIDynamicConfig:
    return {"computed_fields": {"author": genre.title()}}


@openai.call("a-model", stream=True)
def of_shared_config(genre: str, shared: CommonCallParams) -> openai.OpenAIDynamicConfig:
    return {"messages": [Messages.User(genre)], "call_params": shared}


merged = merge_decorators(
    openai.call("a-model", stream=True),
    metadata({"tags": {"books"}}),
    prompt_template("Recommend a {genre} book"),
)


@merged()
def of_merged(genre: str) -> None: ...


@merged()
async def of_merged_async(genre: str) -> None: ...


@openai.call("a-model", stream=True)
@metadata({"tags": {"books"}})
@prompt_template("Recommend a {genre} book")
def with_metadata(genre: str) -> None: ...


@openai.call("a-model", stream=True)
@prompt_template("Recommend a {genre} book")
def annotated(genre: str) -> openai.OpenAIStream: ...  # error: mypy, ty - an empty body


assert_type(of_text("fantasy"), openai.OpenAIStream[openai.OpenAITool])
assert_type(of_merged("fantasy"), openai.OpenAIStream[openai.OpenAITool])
assert_type(of_merged_async("fantasy"), openai.AsyncOpenAIStream[openai.OpenAITool])
assert_type(of_shared_config("fantasy", {}), openai.OpenAIStream[openai.OpenAITool])
assert_type(of_messages("fantasy"), openai.OpenAIStream[openai.OpenAITool])
assert_type(of_native_messages("fantasy"), openai.OpenAIStream[openai.OpenAITool])
assert_type(of_config("fantasy"), openai.OpenAIStream[openai.OpenAITool])
assert_type(of_async_config("fantasy"), openai.AsyncOpenAIStream[openai.OpenAITool])
assert_type(with_metadata("fantasy"), openai.OpenAIStream[openai.OpenAITool])
assert_type(annotated("fantasy"), openai.OpenAIStream[openai.OpenAITool])
assert_type(consume(of_text("fantasy")), str)

notes: Metadata = {"tags": ["books"]}


@prompt_template("Recommend a {genre} book")
def template_alone(genre: str) -> None: ...


@prompt_template()
def messages_alone(genre: str) -> list[BaseMessageParam]:
    return [Messages.User(genre)]


assert_type(template_alone("fantasy"), list[BaseMessageParam])
assert_type(messages_alone("fantasy"), list[BaseMessageParam])
assert_type(
    openai.call("a-model", stream=True)(template_alone)("fantasy"),
    openai.OpenAIStream[openai.OpenAITool],
)
assert_type(openai.call("a-model")(lambda: "hello")(), openai.OpenAICallResponse[openai.OpenAITool])

signature: Callable[[str], openai.OpenAIStream] = of_text


@metadata({"tags": ["books"]})
@prompt_template("Recommend a {genre} book")
class Recommendation(BasePrompt):
    """A prompt that is a class."""

    genre: str


prompt = Recommendation(genre="fantasy")
streaming = openai.call("a-model", stream=True)
answering = openai.call("a-model")
parsing = openai.call("a-model", output_parser=titles)

assert_type(prompt.run(streaming), openai.OpenAIStream[openai.OpenAITool])
assert_type(prompt.run(answering), openai.OpenAICallResponse[openai.OpenAITool])
assert_type(prompt.run(parsing), list[str])
assert_type(prompt.run(openai.call("a-model", output_parser=titles)), list[str])
assert_type(prompt.run_async(streaming), openai.AsyncOpenAIStream[openai.OpenAITool])
assert_type(asyncio.run(prompt.run_async(answering)), openai.OpenAICallResponse[openai.OpenAITool])
assert_type(asyncio.run(prompt.run_async(parsing)), list[str])
assert_type(  # error: pyrefly - a union with `Unknown`, unless the decorator is in a variable
    prompt.run(openai.call("a-model", stream=True)), openai.OpenAIStream[openai.OpenAITool]
)
for chunk, _ in prompt.run(openai.call("a-model", stream=True)):
    assert_type(chunk, openai.OpenAICallResponseChunk)
