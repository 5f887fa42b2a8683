"""Old defects of streams, one test each: how they end, are closed, resumed, retried and timed."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import pytest

from mirascope.core import Timeout, errors
from mirascope.core.testing import Answer, Cut, ErrorEvent, Failure, Pause, WireServer
from tests.support.playing import decorated, play
from tests.support.providers import Provider
from tests.support.written import chat_event, choice, only, written

LONG = Answer(text=[f"{n} " for n in range(40)], faults=[Pause(seconds=20, after=12)])
SHORT = Answer(text=["a", "b", "c", "d"])


def now() -> str:
    """Tell the time."""
    return "noon"


@only("gemini", "gemini-grpc")
def test_no_provider_is_dead(provider: Provider, colour: str, server: WireServer) -> None:
    """Gemini streams, with tools and without."""
    server.play(Answer(text=["a", "b"]))

    for options in ({}, {"tools": [now]}):
        outcome = play(provider, colour, server, **options)
        assert (None, "ab") == (outcome.error, outcome.text)


def test_an_early_break_closes_the_connection(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """Reference counts are enough to free the connection of a stream that is left."""
    server.play(LONG)

    async def leave() -> bool:
        async with provider.make_client(server, colour="async") as client:
            async for chunk, _ in decorated(provider, "async", server, client=client)("x"):
                if chunk.content:
                    break
            return await asyncio.to_thread(server.wait_closed, 2)

    gc.disable()
    try:
        if colour == "async":
            assert asyncio.run(leave())
            return
        with provider.make_client(server, colour="sync") as client:
            for chunk, _ in decorated(provider, "sync", server, client=client)("x"):
                if chunk.content:
                    break
            assert server.wait_closed(2)
    finally:
        gc.enable()


ENDS = {
    "break": (LONG, {"limit": 6}),
    "error": (Answer(text=list("abcdefghijkl"), faults=[ErrorEvent(after=8)]), {}),
    "timeout": (LONG, {"timeout": Timeout(between_chunks=0.5)}),
}


@pytest.mark.parametrize("end", ENDS)
def test_what_arrived_before_an_early_end_can_be_used(
    provider: Provider, end: str, server: WireServer
) -> None:
    """A break, an error and a timeout leave a response, marked incomplete, and a message."""
    script, options = ENDS[end]
    server.play(script)

    outcome = play(provider, "sync", server, **options)

    assert (end != "break") is (outcome.error is not None)
    assert "" != outcome.text == outcome.response.content
    assert outcome.text in repr(outcome.stream.message_param)
    assert not outcome.response.complete
    assert outcome.stream.common_usage == outcome.response.common_usage


def test_a_second_iteration_does_not_erase_and_a_resumed_one_does_not_truncate(
    provider: Provider, server: WireServer
) -> None:
    """A stream that was left in the middle goes on there, and a finished one stays as it is."""
    server.play(SHORT)
    with provider.make_client(server, colour="sync") as client:
        stream = decorated(provider, "sync", server, client=client)("x")
        for chunk, _ in stream:
            if "b" in chunk.content:
                break
        rest = "".join(chunk.content for chunk, _ in stream)
        again = list(stream)

    assert ("cd", []) == (rest, again)
    assert "abcd" == stream.content == stream.construct_call_response().content


def test_async_streams_have_times(provider: Provider, server: WireServer) -> None:
    """An asynchronous stream knows when it began and ended."""
    server.play(SHORT)

    stream = play(provider, "async", server).stream

    assert 0 < stream.start_time <= stream.end_time


def test_a_failed_stream_can_be_retried(provider: Provider, server: WireServer) -> None:
    """Calling again after an error gives a fresh stream, so that a loop around it retries."""
    server.play(
        Answer(text=["a", "b", "c"], faults=[ErrorEvent(after=2)]), Failure(status=400), SHORT
    )
    ends: list[Any] = []
    with provider.make_client(server, colour="sync") as client:
        recommend = decorated(provider, "sync", server, client=client)
        for _ in range(3):
            stream = recommend("x")
            try:
                ends.append("".join(chunk.content for chunk, _ in stream))
            except Exception as error:
                ends.append(stream.error is error)

    assert [True, True, "abcd"] == ends


def test_an_unexpected_end_is_not_a_complete_answer(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """Input that stops without a finish raises, and the response is incomplete, not stopped."""
    server.play(Answer(text=["a", "b", "c", "d"], faults=[Cut(after=2, how="clean")]))

    outcome = play(provider, colour, server)

    assert isinstance(outcome.error, errors.StreamTruncated)
    assert outcome.response.finish_reasons is None
    assert not outcome.response.complete


@only("mistral")
def test_a_response_without_a_finish_reason_can_be_rebuilt(
    provider: Provider, server: WireServer
) -> None:
    """An answer that says nowhere why it ended is no index error."""
    server.play(written(chat_event(choice(content="a"))))

    response = play(provider, "sync", server).response

    assert ("a", None) == (response.content, response.finish_reasons)
    assert not response.complete


def test_a_loop_of_the_wrong_colour_is_refused(provider: Provider, server: WireServer) -> None:
    """Synchronous and asynchronous streams are two classes, and neither has the other's loop."""
    stream = decorated(provider, "async", server)("x")

    assert isinstance(stream, provider.cls("AsyncStream"))
    assert not isinstance(stream, provider.cls("Stream"))
    with pytest.raises(errors.SyncAsyncMismatch, match="async for"):
        iter(stream)


LATE = {
    "total": Answer(text=["a"] * 100, delay=0.05),
    "first_chunk": Answer(text=["a"], delay_headers=20),
    "between_chunks": LONG,
}


@pytest.mark.parametrize("limit", LATE)
def test_a_single_stream_can_have_time_limits(
    provider: Provider, limit: str, server: WireServer
) -> None:
    """Each limit can be set for one call alone, and it ends the stream."""
    server.play(LATE[limit])
    with provider.make_client(server, colour="sync") as client:
        stream = decorated(provider, "sync", server, client=client)("x")
        with pytest.raises(errors.StreamTimeout):
            stream.with_timeout(**{limit: 0.3}).drain()

    assert ("timed_out", 1) == (stream.state, len(server.requests))


@only("anthropic", "groq", "openai")
def test_a_cut_connection_is_caught_with_the_sdks_base_class(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A loop that catches the SDK's errors catches a connection that breaks in mid-stream."""
    server.play(Answer(text=["a", "b", "c", "d"], faults=[Cut(after=4)]))

    assert isinstance(play(provider, colour, server).error, provider.sdk_error)
