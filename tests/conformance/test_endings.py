"""How a stream ends that was not read to its end: what is told, and what is closed."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import pytest

from mirascope.core import errors
from mirascope.core.testing import Answer, Cut, Pause, WireServer
from tests.support.playing import decorated
from tests.support.providers import Provider

LONG = Answer(text=[f"{n} " for n in range(40)], delay=0.1)


def test_reading_on_after_a_failure_is_no_end(provider: Provider, server: WireServer) -> None:
    """A loop that goes on after the error does not take half an answer for a whole one."""
    server.play(Answer(text=["a", "b", "c"], faults=[Cut(after=2, how="reset")]))
    with provider.make_client(server, colour="sync") as client:
        stream = decorated(provider, "sync", server, client=client)("x")
        with pytest.raises(Exception):  # noqa: B017, PT011  # each SDK has its own
            stream.drain()

        with pytest.raises(errors.StreamClosed, match="failed"):
            next(stream)


def test_reading_on_after_a_cancelled_step_is_no_end(
    provider: Provider, server: WireServer
) -> None:
    """`wait_for(anext(stream))` ends the stream when its time is over, and says so."""
    server.play(Answer(text=["a", "b", "c"], faults=[Pause(seconds=20, after=2)]))

    async def run() -> Any:
        async with provider.make_client(server, colour="async") as client:
            stream = decorated(provider, "async", server, client=client)("x")
            with pytest.raises(TimeoutError):
                while True:
                    await asyncio.wait_for(anext(stream), 0.5)
            with pytest.raises(errors.StreamClosed, match="CancelledError"):
                await anext(stream)
            return stream

    assert "closed" == asyncio.run(run()).state


# A client that outlives its event loop cannot close its sockets any more: that is the user's.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_event_loop_that_ends_takes_the_answer_with_it(
    provider: Provider, server: WireServer
) -> None:
    """A stream that is left at the end of a program is not generated on behind its back."""
    server.play(LONG)
    clients = []

    async def run() -> None:
        clients.append(provider.make_client(server, colour="async"))
        async for _ in decorated(provider, "async", server, client=clients[0])("x"):
            break

    asyncio.run(run())

    assert server.wait_closed(3)
    assert server.events_sent < len(LONG.text)
    clients.clear()
    gc.collect()
