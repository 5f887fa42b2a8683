"""Decorated prompts against the real server: slots, connections, and every provider it serves."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from openai import AsyncOpenAI, OpenAI

from mirascope.core import anthropic, groq, local, openai, prompt_template
from tests.local.conftest import wait_until
from tests.support.scripted_gguf import write_scripted_gguf


@pytest.fixture(scope="module")
def endless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[local.LocalServer]:
    """A server whose model never comes to an end, and that tells what it computes."""
    path = write_scripted_gguf(tmp_path_factory.mktemp("model") / "endless.gguf", endless=True)
    with local.server(path, parallel=1, context=60_000, diagnostics=True) as info:
        yield info


def is_idle(info: local.LocalServer) -> bool:
    """Whether the server computes nothing."""
    root = info.openai_base_url.removesuffix("/v1")
    slots = httpx.get(root + "/slots", headers={"Authorization": f"Bearer {info.api_key}"}).json()
    return not any(slot["is_processing"] for slot in slots)


@pytest.mark.parametrize("colour", ["sync", "async"])
def test_break_frees_the_slot_without_the_collector(
    endless: local.LocalServer, colour: str
) -> None:
    """Leaving the loop stops the computation at once; nothing waits for a garbage collector."""
    keys = {"base_url": endless.openai_base_url, "api_key": endless.api_key}

    async def run() -> bool:
        async with AsyncOpenAI(**keys) as client:

            @openai.call("x", stream=True, client=client)
            @prompt_template("Go on")
            async def endlessly() -> Any: ...

            seen = 0
            async for _ in endlessly():
                seen += 1
                if seen == 5:
                    break
            return await asyncio.to_thread(wait_until, lambda: is_idle(endless), seconds=5)

    gc.collect()
    gc.disable()
    try:
        if colour == "async":
            assert asyncio.run(run())
            return
        with OpenAI(**keys) as client:

            @openai.call("x", stream=True, client=client)
            @prompt_template("Go on")
            def endlessly() -> Any: ...

            for number, _ in enumerate(endlessly()):
                if number == 4:
                    assert not is_idle(endless)
                    break
            assert wait_until(lambda: is_idle(endless), seconds=5)
    finally:
        gc.enable()


@pytest.mark.parametrize("provider", [openai, anthropic, groq], ids=lambda module: module.__name__)
def test_every_provider_it_serves(
    server: local.LocalServer, provider: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment alone leads each SDK's default client to the local model."""
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)

    @provider.call("any-model", stream=True)
    @prompt_template("Recommend a book")
    def recommend() -> Any: ...

    stream = recommend().drain()

    assert stream.content.startswith("The Name of the Wind")
    assert stream.output_tokens > 0
    assert stream.path == "fast"
