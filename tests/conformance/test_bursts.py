"""Many requests that begin at the same time in one event loop."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest

from mirascope.core import openai
from mirascope.core.base._turns import TOGETHER
from mirascope.core.testing import Answer, WireServer
from tests.support.playing import decorated
from tests.support.providers import Provider
from tests.support.rounds import Rounds

MANY = TOGETHER + 30


@pytest.mark.parametrize("timeout", [None, 60])
@pytest.mark.parametrize("stream", [True, False])
def test_all_are_answered(
    provider: Provider, stream: Any, timeout: float | None, server: WireServer
) -> None:
    """Streams and plain calls, with and without a time limit."""
    server.play(Answer(text=["a", "b"]))

    async def run() -> list[str]:
        async with provider.make_client(server, colour="async") as client:
            ask = decorated(
                provider, "async", server, client=client, stream=stream, timeout=timeout
            )

            async def one() -> str:
                answer = await ask("x")
                if stream:
                    await answer.drain()
                return answer.content

            return await asyncio.gather(*(one() for _ in range(MANY)))

    assert ["ab"] * MANY == asyncio.run(run())
    assert MANY == len(server.requests)


@pytest.mark.parametrize("stream", [True, False])
def test_they_take_turns(stream: Any, server: WireServer) -> None:
    """No round of the event loop makes more than so many requests."""
    from openai import AsyncOpenAI, DefaultAsyncHttpxClient

    server.play(Answer(text=["a"]))
    rounds: list[int] = []

    async def run() -> None:
        counted = Rounds()

        async def note(_: Any) -> None:
            rounds.append(counted.now)

        http = DefaultAsyncHttpxClient(event_hooks={"request": [note]})
        async with AsyncOpenAI(
            api_key="test", base_url=server.url("openai"), http_client=http
        ) as client:

            @openai.call("test-model", stream=stream, client=client)
            async def ask() -> str:
                return "Hello"

            async def one() -> None:
                answer = await ask()
                if stream:
                    await answer.drain()

            # A first request asks the system for its name, in a thread.
            await one()
            rounds.clear()
            await asyncio.gather(*(one() for _ in range(MANY)))
        counted.stop()

    asyncio.run(run())
    assert MANY == len(rounds)
    assert max(Counter(rounds).values()) <= TOGETHER
