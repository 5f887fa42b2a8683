"""The client's own limit on a read: kept where the fast reader reads, without a timer for each."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from mirascope.core import Timeout
from mirascope.core.testing import Answer, Pause, Raw, WireServer
from tests.support.both_paths import answer, both, seen, skip_without_fast_reader
from tests.support.playing import decorated, play
from tests.support.providers import Provider

PARAMS: dict[str, dict[str, Any]] = {
    "openai": {"timeout": 1.0},
    "openai.responses": {"timeout": 1.0},
    "groq": {"timeout": 1.0},
    "anthropic": {"timeout": 1.0},
    "mistral": {"timeout_ms": 1000},
    "cohere": {"request_options": {"timeout_in_seconds": 1}},
}
"""How a call is told how long a read may take."""

FAULTS = [Pause(seconds=20, after=3)]

STALLED = {
    "between events": answer(text=["a", "b", "c", "d"], faults=FAULTS),
    "before the first": answer(text=["a", "b"], faults=[Pause(seconds=20)]),
    "after what the SDK has to read": answer(text=["a", "b", "c"], newline="\r\n", faults=FAULTS),
}


@pytest.mark.parametrize("name", STALLED)
def test_a_provider_that_stalls(
    provider: Provider, colour: str, name: str, server: WireServer
) -> None:
    """What the SDK raises is raised, with what arrived; the connection is closed."""
    skip_without_fast_reader(provider)

    fast, slow = both(provider, colour, server, STALLED[name], call_params=PARAMS[provider.name])

    assert fast.error is not None
    assert seen(slow) == seen(fast)
    assert told_of(slow.error) == told_of(fast.error)
    assert server.wait_closed(5)


def told_of(error: BaseException | None) -> Any:
    """What else a failure says: the request it belongs to."""
    request = getattr(error, "request", None)
    return None if request is None else (request.method, str(request.url))


def test_a_provider_that_takes_its_time(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """An answer may take longer than the limit on a read, and so may its reader."""
    skip_without_fast_reader(provider)
    server.play(Answer(text=list("abcdef"), delay=0.25))
    params = PARAMS[provider.name]

    outcome = play(provider, colour, server, call_params=params)

    assert outcome.error is None
    assert "abcdef" == outcome.text


@pytest.mark.parametrize("newline", [None, "\r\n"], ids=["fast", "handed back"])
def test_a_provider_that_says_that_it_is_there(
    provider: Provider, colour: str, newline: str | None, server: WireServer
) -> None:
    """What keeps a connection alive is something that was read, though it is no chunk."""
    skip_without_fast_reader(provider)
    whole = provider.body(Answer(text=["a", "b", "c"]))
    half = whole.index(b"\n\n", len(whole) // 2) + 2
    body = whole[:half] + b": working\n\n" * 6 + whole[half:]
    server.play(Raw(body=body, delay=0.25, newline=newline))

    outcome = play(provider, colour, server, call_params=PARAMS[provider.name])

    assert outcome.error is None
    assert "abc" == outcome.text
    assert ("fast" if newline is None else "handed_back") == outcome.stream.path


LIMITS = Timeout(total=60, first_chunk=40, between_chunks=20)


class Timers(asyncio.SelectorEventLoop):
    """An event loop that keeps the timers it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.timers: list[asyncio.TimerHandle] = []

    def call_at(self, when: float, callback: Any, *args: Any, context: Any = None) -> Any:
        """Note a timer."""
        self.timers.append(super().call_at(when, callback, *args, context=context))
        return self.timers[-1]


def in_loop(
    provider: Provider, server: WireServer, *, slowly: float = 0, **options: Any
) -> tuple[str, Timers]:
    """What a stream says in a new event loop, and that loop."""

    async def run() -> tuple[str, Timers]:
        loop: Any = asyncio.get_running_loop()
        async with provider.make_client(server, colour="async") as client:
            params = PARAMS[provider.name]
            given = {"client": client, "call_params": params, **options}
            stream = decorated(provider, "async", server, **given)("x")
            async for _ in stream:
                await asyncio.sleep(slowly)
            task = asyncio.current_task()
            assert task is not None
            assert 0 == task.cancelling()
            later = [each for each in loop.timers if each.when() > loop.time()]
            still = [each for each in later if not each.cancelled()]
            # `aiohttp` looks after its idle connections with a timer.
            assert len(still) <= (provider.transport == "aiohttp"), still
        return stream.content, loop

    with asyncio.Runner(loop_factory=Timers) as runner:
        return runner.run(run())


def test_a_reader_that_takes_its_time(provider: Provider, server: WireServer) -> None:
    """What a caller does with a chunk is no wait for the provider."""
    skip_without_fast_reader(provider)
    server.play(Answer(text=["a", "b", "c"], faults=[Pause(seconds=1.2, after=3)]))

    text, _ = in_loop(provider, server, slowly=1.3)

    assert "abc" == text


@pytest.mark.parametrize(
    ("limits", "fast"),
    [(None, True), (LIMITS, True), (LIMITS, False)],
    ids=["the client's limit", "the call's", "the call's, on the SDK's path"],
)
def test_a_read_makes_no_timer(
    provider: Provider, limits: Timeout | None, server: WireServer, *, fast: bool
) -> None:
    """A stream of many chunks costs the event loop a few timers, and leaves none."""
    skip_without_fast_reader(provider)
    server.play(Answer(text=["a"] * 100, delay=0.002))

    text, loop = in_loop(provider, server, timeout=limits, stream={"fast_reader": fast})

    assert "a" * 100 == text
    assert len(loop.timers) < 50


def test_the_next_request_on_a_connection_has_its_limit(
    provider: Provider, server: WireServer
) -> None:
    """What was taken off for one stream holds for the next one, which the SDK reads itself."""
    skip_without_fast_reader(provider)
    server.play(answer(text=["a"]), STALLED["between events"])

    async def run() -> str:
        async with provider.make_client(server, colour="async") as client:
            given = {"client": client, "call_params": PARAMS[provider.name]}
            await decorated(provider, "async", server, **given)("x").drain()
            path = {"fast_reader": False}
            stream = decorated(provider, "async", server, stream=path, **given)("x")
            async with asyncio.timeout(10):
                with pytest.raises(Exception, match=r"(?i)timed? ?out|limit"):
                    await stream.drain()
            return stream.state

    assert "failed" == asyncio.run(run())
    assert 1 == server.connections


@pytest.mark.parametrize("fast", [True, False])
def test_an_event_loop_that_is_late(provider: Provider, server: WireServer, *, fast: bool) -> None:
    """What arrived in time is taken, though the limit has passed before anybody could look."""
    skip_without_fast_reader(provider)
    server.play(Answer(text=["a", "b", "c"], faults=[Pause(seconds=0.3, after=3)]))

    async def run() -> str:
        async with provider.make_client(server, colour="async") as client:
            call_params = PARAMS[provider.name]
            recommend = decorated(
                provider,
                "async",
                server,
                client=client,
                stream={"fast_reader": fast},
                call_params=call_params,
            )
            stream = recommend("x")
            async for chunk, _ in stream:
                if chunk.content:
                    asyncio.get_running_loop().call_later(0.05, time.sleep, 1.3)
            return stream.content

    assert "abc" == asyncio.run(run())
