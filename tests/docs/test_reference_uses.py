"""The uses of streams that have to run just as a first reader would write them."""

# ruff: noqa: T201  # the uses print

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import pytest
from openai import OpenAIError
from openai.types.chat import ChatCompletion
from tqdm import tqdm

from mirascope.core import openai, prompt_template
from mirascope.core.testing import Answer, Cut, Pause, WireServer

PIECES = ("A bird", " of", " prey")
TEXT = "A bird of prey"
STALLED = Answer(text=PIECES, faults=[Pause(seconds=30, after=3)])
# What had arrived before the pause: the first event has no text.
ARRIVED = "A bird of"
LIMIT = 1.0
SLACK = 5.0


@openai.call(model="gpt-4o-mini", stream=True)
@prompt_template("Name a {kind} bird")
def name_bird(kind: str): ...


@openai.call(model="gpt-4o-mini", stream=True)
@prompt_template("Name a {kind} bird")
def name_bird_typed(kind: str) -> openai.OpenAIStream: ...


@openai.call(model="gpt-4o-mini", stream=True)
@prompt_template("Describe all {kind} birds")
async def describe_birds(kind: str): ...


@pytest.fixture(autouse=True)
def server() -> Iterator[WireServer]:
    """What the SDK's default client finds through its environment variables."""
    with WireServer() as server, server.patched_environ():
        server.play(Answer(text=PIECES, usage=(7, 3)))
        yield server


def test_the_loop(capsys: pytest.CaptureFixture[str]) -> None:
    """The text is printed piece by piece; without tools there is never one."""
    tools: list[Any] = []
    for chunk, tool in name_bird("small"):
        print(chunk.content, end="", flush=True)
        tools.append(tool)

    assert TEXT == capsys.readouterr().out
    assert {None} == set(tools)


def test_the_response_straight_after_the_call(server: WireServer) -> None:
    """Nobody has to loop first: the stream reads itself to its end."""
    stream = name_bird("small")
    response = stream.construct_call_response()
    dumped = response.model_dump()

    assert (TEXT, ["stop"], 7, 3) == (
        dumped["content"],
        dumped["finish_reasons"],
        dumped["input_tokens"],
        dumped["output_tokens"],
    )
    assert isinstance(response.response, ChatCompletion)
    assert TEXT == str(response)
    assert 1 == len(server.requests)


def test_the_providers_chunk_with_usage_on(server: WireServer) -> None:
    """Usage is asked for and reported, and every chunk has a choice all the same."""
    stream = name_bird("small")
    deltas = [chunk.chunk.choices[0].delta.content for chunk, _ in stream]

    assert {"include_usage": True} == server.requests[0].json["stream_options"]
    assert TEXT == "".join(delta or "" for delta in deltas)
    assert (7, 3) == (stream.input_tokens, stream.output_tokens)


def test_the_sdks_exception_around_the_loop(
    server: WireServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """A connection that is cut in mid-stream is one of the SDK's errors."""
    server.play(Answer(text=PIECES, faults=[Cut(after=3)]))
    failed = False
    try:
        for chunk, _ in name_bird("small"):
            print(chunk.content, end="", flush=True)
    except OpenAIError as error:
        failed = True
        print(f"\nStopped: {error!s}")

    assert failed
    assert f"{ARRIVED}\nStopped: Connection error.\n" == capsys.readouterr().out


def test_the_stream_as_return_annotation() -> None:
    """The annotation says what the call gives, and changes nothing."""
    stream = name_bird_typed("small")

    assert isinstance(stream, openai.OpenAIStream)
    assert TEXT == stream.construct_call_response().content


def test_a_progress_bar() -> None:
    """A loop with an index and a bar around it is a loop like any other."""
    indexes: list[int] = []
    with tqdm(total=len(PIECES)) as bar:
        for index, (chunk, _) in enumerate(name_bird("small")):
            bar.update(bool(chunk.content))
            indexes.append(index)

    # An event with the role, the pieces, and one with the finish reason.
    assert list(range(len(PIECES) + 2)) == indexes
    assert len(PIECES) == bar.n


def test_leaving_early_closes_the_connection(server: WireServer) -> None:
    """A loop over a call that is left lets go of its connection at once."""
    server.play(STALLED)
    words = 0
    for chunk, _ in name_bird("small"):
        words += len(chunk.content.split())
        if words >= 2:
            break

    assert 2 == words
    assert server.wait_closed(SLACK)


async def _with_asyncio_timeout(seconds: float, seen: list[str]) -> None:
    async with asyncio.timeout(seconds):
        async for chunk, _ in describe_birds("small"):
            seen.append(chunk.content)


async def _with_wait_for_around_the_loop(seconds: float, seen: list[str]) -> None:
    async def read() -> None:
        async for chunk, _ in describe_birds("small"):
            seen.append(chunk.content)

    await asyncio.wait_for(read(), seconds)


async def _with_the_streams_own_limit(seconds: float, seen: list[str]) -> None:
    async for chunk, _ in describe_birds("small").with_timeout(seconds):
        seen.append(chunk.content)


async def _with_the_limit_of_an_awaited_stream(seconds: float, seen: list[str]) -> None:
    stream = await asyncio.wait_for(describe_birds("small"), seconds)
    async for chunk, _ in stream.with_timeout(seconds):
        seen.append(chunk.content)


@pytest.mark.parametrize(
    "read",
    [
        _with_asyncio_timeout,
        _with_wait_for_around_the_loop,
        _with_the_streams_own_limit,
        _with_the_limit_of_an_awaited_stream,
    ],
)
def test_forms_of_a_time_limit(read: Any, server: WireServer) -> None:
    """Each ends a stream that stalls, closes its connection, and does nothing to a quick one."""
    quick: list[str] = []
    asyncio.run(read(30, quick))
    server.play(STALLED)
    slow: list[str] = []
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        asyncio.run(read(LIMIT, slow))

    assert time.monotonic() - started < SLACK
    assert server.wait_closed(SLACK)
    assert (TEXT, ARRIVED) == ("".join(quick), "".join(slow))


def test_what_arrived_before_a_timeout_is_kept(server: WireServer) -> None:
    """It is on the stream, and the connection does not wait for the end of the event loop."""
    server.play(STALLED)

    async def main() -> tuple[str, bool]:
        stream = describe_birds("small")
        try:
            async with asyncio.timeout(LIMIT):
                await stream.drain()
        except TimeoutError:
            return stream.content, await asyncio.to_thread(server.wait_closed, SLACK)
        return "", False

    assert (ARRIVED, True) == asyncio.run(main())


def test_what_no_library_can_make_work() -> None:
    """`asyncio.wait_for` gives a coroutine, and Python refuses to iterate one."""

    async def main() -> None:
        waiting: Any = asyncio.wait_for(describe_birds("small"), 30)
        try:
            async for _ in waiting:
                pass
        finally:
            waiting.close()

    with pytest.raises(TypeError, match="requires an object with __aiter__ method"):
        asyncio.run(main())


def test_awaiting_limits_only_the_preparation(server: WireServer) -> None:
    """With an `await` the line runs; nothing was sent when the limit ended."""

    async def main() -> str:
        stream = await asyncio.wait_for(describe_birds("small"), 30)
        sent = len(server.requests)
        async for _ in stream:
            pass
        return f"{sent} {stream.content}"

    assert f"0 {TEXT}" == asyncio.run(main())
