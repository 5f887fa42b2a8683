"""OpenAI's own clients against a real server: Azure's, and failures inside a stream."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import openai as sdk
import pytest

from mirascope.core import openai
from mirascope.core.testing import Answer, ErrorEvent, ToolCall, WireServer

CALLS = {"chat": openai.call, "responses": openai.responses_call}
PATHS = {
    "chat": "/openai/v1/deployments/gpt-4o-mini/chat/completions",
    "responses": "/openai/v1/responses",
}

by_colour = pytest.mark.parametrize("colour", ["sync", "async"])
by_call = pytest.mark.parametrize("name", CALLS)


def now() -> str:
    """Tell the time."""
    return "noon"


@pytest.fixture
def server() -> Iterator[WireServer]:
    """A wire server of this test's own."""
    with WireServer() as server:
        yield server


def azure(server: WireServer, colour: str) -> Any:
    """One of Azure's clients that talks to the server."""
    kind = sdk.AzureOpenAI if colour == "sync" else sdk.AsyncAzureOpenAI
    return kind(
        api_key="test",
        api_version="2025-03-01-preview",
        base_url=server.url("openai"),
        max_retries=0,
    )


def plain(server: WireServer, colour: str) -> Any:
    """One of OpenAI's clients that talks to the server."""
    kind = sdk.OpenAI if colour == "sync" else sdk.AsyncOpenAI
    return kind(api_key="test", base_url=server.url("openai"), max_retries=0)


def streamed(call: Any, client: Any, colour: str, **options: Any) -> Any:
    """A stream that was read as far as it goes, and the exception that ended it."""
    decorator = call("gpt-4o-mini", stream=options.pop("stream", True), client=client, **options)

    async def arecommend() -> str:
        return "Recommend a book"

    async def run() -> Any:
        async with client:
            stream = decorator(arecommend)()
            try:
                await stream.drain()
            except sdk.OpenAIError as error:
                return stream, error
            return stream, None

    if colour == "async":
        return asyncio.run(run())
    with client:
        stream = decorator(lambda: "Recommend a book")()
        try:
            stream.drain()
        except sdk.OpenAIError as error:
            return stream, error
        return stream, None


@by_colour
@by_call
def test_azures_clients_stream(name: str, colour: str, server: WireServer) -> None:
    """They are OpenAI's to the decorator, are read fast, and keep their own requests."""
    server.play(Answer(text=["a", "b"], tools=[ToolCall(name="now")], usage=(10, 5)))

    stream, error = streamed(CALLS[name], azure(server, colour), colour, tools=[now])

    assert error is None
    assert ("ab", ["noon"], 5) == (
        stream.content,
        [tool.call() for tool in stream.tools],
        stream.output_tokens,
    )
    assert ("fast", "finished") == (stream.path, stream.state)
    (request,) = server.requests
    assert PATHS[name] == request.path
    assert "2025-03-01-preview" == request.query["api-version"]
    assert "test" == request.headers["api-key"]


@pytest.mark.parametrize("fast", [True, False])
@by_colour
def test_a_failure_that_the_sdk_shows_as_an_event_raises(
    colour: str, fast: bool, server: WireServer
) -> None:
    """It is the SDK's own error all the same, with its code, and what arrived is kept."""
    body = {
        "type": "error",
        "code": "server_error",
        "message": "boom",
        "param": None,
        "sequence_number": 7,
    }
    server.play(Answer(text=["a", "b", "c"], faults=[ErrorEvent(after=6, body=body)]))

    stream, error = streamed(
        openai.responses_call, plain(server, colour), colour, stream={"fast_reader": fast}
    )

    assert sdk.APIError is type(error)
    assert ("boom", "server_error") == (error.message, error.code)
    assert stream.error is error
    assert "failed" == stream.state
    assert "abc".startswith(stream.content)
    assert stream.content


def test_the_responses_module_loads_when_it_is_named() -> None:
    """Both names give the same `call`; others are errors."""
    assert openai.responses.call is openai.responses_call
    assert {"responses", "responses_call"} <= set(dir(openai))
    with pytest.raises(AttributeError, match="respnses"):
        openai.respnses  # noqa: B018  # the look-up is what is tested
