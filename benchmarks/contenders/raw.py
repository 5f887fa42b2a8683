"""The SDKs themselves: read the text of every chunk, as their documentation shows."""

from __future__ import annotations

import json

MESSAGES = [{"role": "user", "content": "Recommend a fantasy book"}]


def _chat(client, aclient):
    def text():
        count = 0
        for chunk in client.chat.completions.create(model="m", messages=MESSAGES, stream=True):
            if chunk.choices:
                count += len(chunk.choices[0].delta.content or "")
        return count

    async def text_async():
        count = 0
        stream = await aclient.chat.completions.create(model="m", messages=MESSAGES, stream=True)
        async for chunk in stream:
            if chunk.choices:
                count += len(chunk.choices[0].delta.content or "")
        return count

    def tools():
        text = ""
        for chunk in client.chat.completions.create(model="m", messages=MESSAGES, stream=True):
            if chunk.choices and (calls := chunk.choices[0].delta.tool_calls):
                text += calls[0].function.arguments
        return len(text) if json.loads(text)["books"] else 0

    def kept():
        return list(client.chat.completions.create(model="m", messages=MESSAGES, stream=True))

    return {
        "text": text,
        "text_async": text_async,
        "tools": tools,
        "memory": lambda: _kept(kept),
    }


def _kept(run):
    import tracemalloc

    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        held = run()
        after = tracemalloc.get_traced_memory()[0]
        del held
    finally:
        tracemalloc.stop()
    return after - before


def _openai(url, _):
    import openai

    given = {"api_key": "x", "base_url": f"{url}/v1", "max_retries": 0}
    return _chat(openai.OpenAI(**given), openai.AsyncOpenAI(**given))


def _groq(url, _):
    import groq

    given = {"api_key": "x", "base_url": url, "max_retries": 0}
    return _chat(groq.Groq(**given), groq.AsyncGroq(**given))


def _anthropic(url, _):
    import anthropic

    given = {"api_key": "x", "base_url": url, "max_retries": 0}
    client, aclient = anthropic.Anthropic(**given), anthropic.AsyncAnthropic(**given)
    asked = {"model": "m", "max_tokens": 9, "messages": MESSAGES, "stream": True}

    def text():
        count = 0
        for event in client.messages.create(**asked):
            if event.type == "content_block_delta":
                count += len(event.delta.text)
        return count

    async def text_async():
        count = 0
        async for event in await aclient.messages.create(**asked):
            if event.type == "content_block_delta":
                count += len(event.delta.text)
        return count

    return {"text": text, "text_async": text_async}


def _mistral(url, _):
    from mistralai.client import Mistral

    client = Mistral(api_key="x", server_url=url)

    def text():
        count = 0
        for event in client.chat.stream(model="m", messages=MESSAGES):
            count += len(event.data.choices[0].delta.content or "")
        return count

    async def text_async():
        count = 0
        async for event in await client.chat.stream_async(model="m", messages=MESSAGES):
            count += len(event.data.choices[0].delta.content or "")
        return count

    return {"text": text, "text_async": text_async}


def _cohere(url, _):
    import cohere

    client = cohere.ClientV2(api_key="x", base_url=url)
    aclient = cohere.AsyncClientV2(api_key="x", base_url=url)

    def text():
        count = 0
        for event in client.chat_stream(model="m", messages=MESSAGES):
            if event.type == "content-delta":
                count += len(event.delta.message.content.text)
        return count

    async def text_async():
        count = 0
        async for event in aclient.chat_stream(model="m", messages=MESSAGES):
            if event.type == "content-delta":
                count += len(event.delta.message.content.text)
        return count

    return {"text": text, "text_async": text_async}


def _google(url, _):
    from google import genai

    client = genai.Client(api_key="x", http_options={"base_url": url})
    asked = {"model": "m", "contents": "Recommend a fantasy book"}

    def text():
        return sum(
            len(chunk.text or "") for chunk in client.models.generate_content_stream(**asked)
        )

    async def text_async():
        count = 0
        async for chunk in await client.aio.models.generate_content_stream(**asked):
            count += len(chunk.text or "")
        return count

    return {"text": text, "text_async": text_async}


def gemini_model(target, n, *, is_async):
    """Make a model object that speaks gRPC to an address of this machine."""
    import google.generativeai as genai
    import grpc
    from google.ai.generativelanguage import (
        GenerativeServiceAsyncClient,
        GenerativeServiceClient,
    )
    from google.ai.generativelanguage_v1beta.services.generative_service import transports

    model = genai.GenerativeModel(f"m-{n}")
    if is_async:
        transport = transports.GenerativeServiceGrpcAsyncIOTransport(
            channel=grpc.aio.insecure_channel(target)
        )
        # The SDK has no public way to another address over gRPC without TLS.
        model._async_client = GenerativeServiceAsyncClient(transport=transport)  # noqa: SLF001
    else:
        transport = transports.GenerativeServiceGrpcTransport(channel=grpc.insecure_channel(target))
        model._client = GenerativeServiceClient(transport=transport)  # noqa: SLF001
    return model


def _gemini(target, n):
    model = gemini_model(target, n, is_async=False)
    models = []

    def text():
        chunks = model.generate_content("Recommend a fantasy book", stream=True)
        return sum(len(chunk.text) for chunk in chunks)

    async def text_async():
        if not models:  # its channel belongs to the running loop
            models.append(gemini_model(target, n, is_async=True))
        count = 0
        asked = models[0].generate_content_async("Recommend a fantasy book", stream=True)
        async for chunk in await asked:
            count += len(chunk.text)
        return count

    return {"text": text, "text_async": text_async}


_WIRES = {
    "openai": _openai,
    "openai_tools": _openai,
    "groq": _groq,
    "anthropic": _anthropic,
    "mistral": _mistral,
    "cohere": _cohere,
    "google": _google,
    "gemini": _gemini,
}


def actions(wire, url, n):
    """Give what this contender can do on a wire."""
    return _WIRES[wire](url, n)
