"""Old defects around a stream, one test each: who watches it, and what runs beside it."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from mirascope.core.testing import Answer, ErrorEvent, WireServer
from tests.support.playing import decorated, play
from tests.support.providers import Provider
from tests.support.written import only

ANSWER = Answer(text=list("abcdefgh"))
ENDS = {
    "not started": (ANSWER, 0, []),
    "left": (ANSWER, 3, ["entered", "exited"]),
    "ended": (ANSWER, 99, ["entered", "exited"]),
    "failed": (Answer(text=list("abcd"), faults=[ErrorEvent(after=2)]), 99, ["entered", "exited"]),
}


@pytest.mark.parametrize("end", ENDS)
@only("openai", "openai.responses", "anthropic", "groq", "mistral")
def test_what_watches_a_stream_is_entered_and_left_once(
    provider: Provider, end: str, server: WireServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A span around the SDK's stream lasts from the request to its end, however it ends."""
    script, steps, expected = ENDS[end]
    server.play(script)
    fast = provider.adapter.fast
    assert fast is not None
    seen: list[str] = []

    def spanned(chunks: Any) -> Iterator[Any]:
        seen.append("entered")
        try:
            yield from chunks
        finally:
            seen.append("exited")

    with provider.make_client(server, colour="sync") as client:
        original = fast.method(client)
        owner = getattr(original, "__self__", client)
        create = lambda *args, **kwargs: spanned(original(*args, **kwargs))  # noqa: E731
        monkeypatch.setattr(owner, original.__name__, create)
        gc.disable()
        try:
            _walk(decorated(provider, "sync", server, client=client)("x"), steps)
            assert expected == seen
        finally:
            gc.enable()


def _walk(stream: Any, steps: int) -> None:
    if not steps:
        return
    with suppress(Exception):
        for number, _ in enumerate(stream, 1):
            if number == steps:
                return
    assert stream.state in ("finished", "failed")


def test_a_stream_tells_what_it_was_asked_with(provider: Provider, server: WireServer) -> None:
    """The provider's name, the model and the parameters are those of the request."""
    server.play(ANSWER)
    params = provider.params(max_tokens=17, temperature=0.25, top_p=0.5)

    stream = play(provider, "sync", server, call_params=params).stream

    assert (provider.name.partition(".")[0], params) == (stream.provider, stream.call_params)
    sent = str(server.requests[0].json)
    assert all(str(value) in sent for value in params.values())
    assert "test-model" in (stream.model, stream.call_kwargs.get("model"))
    assert stream.prompt_template == "Recommend a {genre} book"
    assert "Recommend a fantasy book" in str(stream.messages)


def test_a_task_does_not_change_the_calls_of_another(
    provider: Provider, server: WireServer
) -> None:
    """What one task configures for its call holds for that call, whatever runs in between."""
    server.play(Answer(text=["hi"]))
    started = asyncio.Event()

    async def main() -> None:
        async with provider.make_client(server, colour="async") as client:

            @provider.module.call(model="test-model", client=client, stream=True)
            async def ask(who: str, temperature: float) -> Any:
                if who == "first":
                    await started.wait()
                started.set()
                return {"messages": f"I am {who}", "call_params": {"temperature": temperature}}

            async def run(who: str, temperature: float) -> None:
                async for _ in ask(who, temperature):
                    await asyncio.sleep(0)

            await asyncio.gather(run("first", 0.25), run("second", 0.75))
            await run("third", 0.5)

    asyncio.run(main())

    said = [str(request.json) for request in server.requests]
    for who, temperature in (("first", "0.25"), ("second", "0.75"), ("third", "0.5")):
        (body,) = [text for text in said if f"I am {who}" in text]
        assert [temperature] == [each for each in ("0.25", "0.5", "0.75") if each in body]
