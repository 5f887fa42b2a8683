"""Many asynchronous streams of OpenAI's at once, in one event loop."""

from __future__ import annotations

import asyncio
import resource
import time

STREAMS = 1000
_EVERY = 0.05
"""Seconds between two looks at how late the event loop is."""


def _client(url, *, aiohttp):
    import openai

    given = {"api_key": "x", "base_url": f"{url}/v1", "max_retries": 0, "timeout": 300}
    if aiohttp:
        from httpx2 import Limits

        limits = Limits(max_connections=2 * STREAMS, max_keepalive_connections=2 * STREAMS)
        given["http_client"] = openai.DefaultAioHttpClient(limits=limits)
    return openai.AsyncOpenAI(**given)


_MESSAGES = [{"role": "user", "content": "Recommend a fantasy book"}]


def _floor(client):
    """The same requests and bytes, by the SDK's client, with nothing done to what arrives."""

    async def one():
        count = 0
        stream = await client.chat.completions.create(model="m", messages=_MESSAGES, stream=True)
        async for piece in stream.response.aiter_raw():
            count += piece.count(b'"content":')
        # The first event has an empty text.
        return 4 * (count - 1)

    return one


def _raw(client):
    async def one():
        count = 0
        stream = await client.chat.completions.create(model="m", messages=_MESSAGES, stream=True)
        async for chunk in stream:
            if chunk.choices:
                count += len(chunk.choices[0].delta.content or "")
        return count

    return one


def _core(client):
    from mirascope.core import openai, prompt_template

    @openai.call("m", stream=True, client=client)
    @prompt_template("Recommend a {genre} book")
    async def recommend(genre: str): ...

    async def one():
        count = 0
        async for chunk, _ in recommend("fantasy"):
            count += len(chunk.content)
        return count

    return one


async def _late(lags):
    """Note how much later than asked the loop comes back."""
    while True:
        start = time.perf_counter()
        await asyncio.sleep(_EVERY)
        lags.append(time.perf_counter() - start - _EVERY)


async def _together(client, one):
    lags = []
    watching = asyncio.create_task(_late(lags))
    counts = await asyncio.gather(*(one() for _ in range(STREAMS)))
    watching.cancel()
    await client.close()
    lags.sort()
    return {"characters": sum(counts), "lag": lags[int(len(lags) * 0.99)]}


def actions(_, url, __):
    """Give what this contender can do on a wire."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))

    def action(contender, *, aiohttp=False):
        async def run():
            client = _client(url, aiohttp=aiohttp)
            return await _together(client, contender(client))

        return run

    return {
        "floor": action(_floor),
        "raw": action(_raw),
        "core": action(_core),
        "floor_aiohttp": action(_floor, aiohttp=True),
        "raw_aiohttp": action(_raw, aiohttp=True),
        "core_aiohttp": action(_core, aiohttp=True),
    }
