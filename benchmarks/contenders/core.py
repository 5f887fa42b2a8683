"""This library: one decorated function for every provider."""

from __future__ import annotations

import importlib
import os
import tracemalloc
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from mirascope.core import BaseTool, prompt_template


class KeepBooks(BaseTool):
    """Keep the books."""

    books: list[dict[str, str | int]]

    def call(self) -> str:
        """Count them."""
        return str(len(self.books))


def _openai(url, _):
    import openai

    given = {"api_key": "x", "base_url": f"{url}/v1", "max_retries": 0}
    return openai.OpenAI(**given), openai.AsyncOpenAI(**given)


def _groq(url, _):
    import groq

    given = {"api_key": "x", "base_url": url, "max_retries": 0}
    return groq.Groq(**given), groq.AsyncGroq(**given)


def _anthropic(url, _):
    import anthropic

    given = {"api_key": "x", "base_url": url, "max_retries": 0}
    return anthropic.Anthropic(**given), anthropic.AsyncAnthropic(**given)


def _mistral(url, _):
    from mistralai.client import Mistral

    client = Mistral(api_key="x", server_url=url)
    return client, client


def _cohere(url, _):
    import cohere

    given = {"api_key": "x", "base_url": url}
    return cohere.ClientV2(**given), cohere.AsyncClientV2(**given)


def _google(url, _):
    from google import genai

    client = genai.Client(api_key="x", http_options={"base_url": url})
    return client, client


def _gemini(target, n):
    spec = spec_from_file_location("raw", Path(__file__).with_name("raw.py"))
    raw = module_from_spec(spec)
    spec.loader.exec_module(raw)
    return (
        raw.gemini_model(target, n, is_async=False),
        lambda: raw.gemini_model(target, n, is_async=True),
    )


_CLIENTS = {
    "openai": _openai,
    "openai_tools": _openai,
    "openai_json": _openai,
    "groq": _groq,
    "anthropic": _anthropic,
    "mistral": _mistral,
    "cohere": _cohere,
    "google": _google,
    "gemini": _gemini,
}


def _decorated(provider, client, model, stream=None, **more):
    @provider.call(model, stream=True if stream is None else stream, client=client, **more)
    @prompt_template("Recommend a {genre} book")
    def recommend(genre: str): ...

    return recommend


def _adecorated(provider, aclient, model):
    @provider.call(model, stream=True, client=aclient)
    @prompt_template("Recommend a {genre} book")
    async def recommend(genre: str): ...

    return recommend


def _sync(provider, client, model):
    plain = _decorated(provider, client, model)
    slow = _decorated(provider, client, model, {"fast_reader": False})
    tooled = _decorated(provider, client, model, tools=[KeepBooks])

    def text():
        count = 0
        for chunk, _ in plain("fantasy"):
            count += len(chunk.content)
        return count

    def typed():
        count = 0
        for chunk, _ in plain("fantasy"):
            if chunk.chunk is not None:
                count += len(chunk.content)
        return count

    def sdk_path():
        count = 0
        for chunk, _ in slow("fantasy"):
            count += len(chunk.content)
        return count

    def tools():
        (tool,) = [tool for _, tool in tooled("fantasy") if tool is not None]
        return len(tool.tool_call.function.arguments) if tool.books else 0

    def memory():
        tracemalloc.start()
        try:
            before = tracemalloc.get_traced_memory()[0]
            held = plain("fantasy").drain()
            after = tracemalloc.get_traced_memory()[0]
            del held
        finally:
            tracemalloc.stop()
        return after - before

    return {"text": text, "typed": typed, "sdk_path": sdk_path, "tools": tools, "memory": memory}


def _partials(provider, client):
    from documents import Document, looked

    def partial(**streamed):
        ask = _decorated(provider, client, "m", response_model=Document, json_mode=True, **streamed)

        def look():
            return looked(ask("fantasy"))

        return look

    return {"partial": partial(), "live": partial(stream={"live_partials": True})}


def _asynchronous(provider, aclient, model):
    made = []

    async def text_async():
        if not made:  # some clients belong to the running loop
            made.append(_adecorated(provider, aclient() if callable(aclient) else aclient, model))
        count = 0
        async for chunk, _ in made[0]("fantasy"):
            count += len(chunk.content)
        return count

    return {"text_async": text_async}


def _calls(provider, url, n):
    """Calls with the default client, which the library makes and keeps, and the SDK's own."""
    import openai

    os.environ.update(OPENAI_API_KEY="x", OPENAI_BASE_URL=f"{url}/v1")
    sdk = openai.OpenAI()
    asked = {"model": "m", "messages": [{"role": "user", "content": "Recommend a fantasy book"}]}

    @provider.call("m")
    @prompt_template("Recommend a {genre} book")
    def recommend(genre: str): ...

    def call():
        return sum(bool(recommend("fantasy").content) for _ in range(n))

    def sdk_call():
        answers = (sdk.chat.completions.create(**asked) for _ in range(n))
        return sum(bool(answer.choices[0].message.content) for answer in answers)

    return {"call": call, "sdk_call": sdk_call}


def actions(wire, url, n):
    """Give what this contender can do on a wire."""
    name = wire.partition("_")[0]
    provider = importlib.import_module(f"mirascope.core.{name}")
    client, aclient = _CLIENTS[wire](url, n)
    model = f"m-{n}" if name == "gemini" else "m"
    found = {**_sync(provider, client, model), **_asynchronous(provider, aclient, model)}
    if name == "openai":
        found |= _calls(provider, url, n)
        found |= _partials(provider, client)
    return found
