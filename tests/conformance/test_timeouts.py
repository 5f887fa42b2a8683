"""Time limits: in total, until the first chunk and between chunks; streams and plain calls."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from mirascope.core import Messages, Timeout, errors
from mirascope.core.testing import Answer, Pause, WireServer
from tests.support.playing import ask, decorated, play
from tests.support.providers import PROVIDERS, Provider

# Generous for a busy machine, and far below the pauses of the scripts.
SLACK = 5.0

CASES = {
    "total": (Timeout(total=0.4), Answer(text=["a"] * 200, delay=0.02)),
    "total_while_pinged": (Timeout(total=0.4), Answer(text=["a"] * 200, delay=0.02, comment="p")),
    "first_chunk": (Timeout(first_chunk=0.3), Answer(text=["a"], faults=[Pause(seconds=20)])),
    "first_chunk_headers": (Timeout(first_chunk=0.3), Answer(text=["a"], delay_headers=20)),
    "between_chunks": (
        Timeout(between_chunks=0.3),
        Answer(text=["a", "b", "c"], faults=[Pause(seconds=20, after=3)]),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_limit_ends_the_stream(
    provider: Provider, colour: str, case: str, server: WireServer
) -> None:
    """The error is a `TimeoutError`, the connection is closed, and what arrived is kept."""
    timeout, script = CASES[case]
    if script.comment is not None and "comments" in provider.lacks:
        pytest.skip(f"{provider.name}'s SDK takes a comment for a broken event")
    server.play(script)
    started = time.monotonic()

    outcome = play(provider, colour, server, timeout=timeout)

    assert isinstance(outcome.error, errors.StreamTimeout)
    assert isinstance(outcome.error, TimeoutError)
    assert time.monotonic() - started < SLACK
    assert server.wait_closed(SLACK)
    # None at all where a busy machine took longer to make the request than the limit allows.
    assert len(server.requests) <= 1
    assert "timed_out" == outcome.stream.state
    assert outcome.text == outcome.error.response.content == outcome.response.content
    assert not outcome.response.complete


def test_limits_that_are_kept_do_nothing(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A slow first chunk does not count between chunks, nor the other way round."""
    text = ["a", "b", "c"]
    server.play(Answer(text=text, delay=0.1, delay_headers=0.3))
    limits = Timeout(total=20, first_chunk=10, between_chunks=5)

    outcome = play(provider, colour, server, timeout=limits)

    assert outcome.error is None
    assert "abc" == outcome.text


def test_a_short_limit_on_the_first_chunk_does_not_hold_for_the_others(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """Only the first chunk has to keep the limit on the first chunk."""
    server.play(Answer(text=["a", "b"], faults=[Pause(seconds=1.6, after=2)]))

    outcome = play(provider, colour, server, timeout=Timeout(first_chunk=1.2))

    assert outcome.error is None
    assert "ab" == outcome.text


def test_the_callers_own_time_does_not_count_between_chunks(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A caller that takes its time over a chunk does not make the next one late."""
    server.play(Answer(text=["a", "b", "c"]))

    async def run() -> str:
        async with provider.make_client(server, colour="async") as client:
            recommend = decorated(provider, "async", server, client=client)
            stream = recommend("x").with_timeout(between_chunks=0.2)
            async for _ in stream:
                await asyncio.sleep(0.3)
            return stream.content

    if colour == "async":
        assert "abc" == asyncio.run(run())
        return
    with provider.make_client(server, colour="sync") as client:
        recommend = decorated(provider, "sync", server, client=client)
        stream = recommend("x").with_timeout(between_chunks=0.2)
        for _ in stream:
            time.sleep(0.3)
    assert "abc" == stream.content


@pytest.mark.parametrize("timeout", [0.3, Timeout(first_chunk=0.3)])
def test_a_limit_ends_a_plain_call(
    provider: Provider, colour: str, timeout: Any, server: WireServer
) -> None:
    """A plain call gives up too, and closes its connection."""
    server.play(Answer(text=["a"], delay_headers=20))
    started = time.monotonic()

    with pytest.raises(errors.StreamTimeout):
        ask(provider, colour, server, timeout=timeout)

    assert time.monotonic() - started < SLACK
    assert server.wait_closed(SLACK)


def test_a_limit_from_the_dynamic_configuration(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A function can set the limits of one call."""
    server.play(Answer(text=["a"], faults=[Pause(seconds=20)]))
    client = provider.make_client(server, colour=colour)
    call = provider.module.call(model="test-model", stream=True, client=client)
    config = {"messages": [Messages.User("hi")], "timeout": 0.3}

    async def aprompt() -> Any:
        return config

    async def run() -> None:
        async with client:
            await call(aprompt)().drain()

    with pytest.raises(errors.StreamTimeout):
        if colour == "async":
            asyncio.run(run())
        else:
            with client:
                call(lambda: config)().drain()


@pytest.mark.parametrize("timeout", [Timeout(total=20), Timeout(first_chunk=20)])
def test_the_limits_stand_in_for_the_clients_own(
    colour: str, timeout: Timeout, server: WireServer
) -> None:
    """While a limit holds, a shorter one of Mistral's client ends nothing."""
    from mistralai.client import Mistral

    provider = next(each for each in PROVIDERS if each.name == "mistral")
    server.play(Answer(text=["a"], delay_headers=0.7))
    url = server.url(provider.wire)
    client = Mistral(api_key="test", server_url=url, timeout_ms=200)

    outcome = play(provider, colour, server, client=client, timeout=timeout)

    assert outcome.error is None
    assert "a" == outcome.text


@pytest.mark.parametrize("use", [play, ask])
def test_a_limit_shorter_than_the_preparations(
    provider: Provider, colour: str, use: Any, server: WireServer
) -> None:
    """Wherever a limit passes, before there is a request too, it is the limit that is told of."""
    server.play(Answer(text=["a"], delay_headers=20))

    for microseconds in (1, 100, 200, 500, 1000, 2000, 4000):
        with pytest.raises(errors.StreamTimeout, match=r"within .* s \((total)\)"):
            outcome = use(provider, colour, server, timeout=Timeout(total=microseconds / 1e6))
            raise outcome.error


def test_limits_cannot_be_set_late(provider: Provider, server: WireServer) -> None:
    """Limits of a stream that runs already, or that make no sense, are refused."""
    server.play(Answer(text=["a"]))
    with provider.make_client(server, colour="sync") as client:
        stream = decorated(provider, "sync", server, client=client)("x")
        with pytest.raises(ValueError, match="positive"):
            stream.with_timeout(-1)
        next(stream)
        with pytest.raises(errors.StreamError, match="before the stream is started"):
            stream.with_timeout(1)
        stream.close()


@pytest.mark.parametrize("stream", [True, False])
def test_limits_need_asyncio(provider: Provider, server: WireServer, *, stream: bool) -> None:
    """In another event loop nothing could end a wait: it is said before anything is sent."""
    recommend = decorated(provider, "async", server, stream=stream, timeout=20)
    step = anext(recommend("x")) if stream else recommend("x")

    with pytest.raises(errors.StreamError, match="need asyncio"):
        step.__await__().send(None)

    assert [] == server.requests
