"""The SDKs that speak chat completions: openai, groq, mistralai."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from mirascope.core.testing import WireServer
from tests.unit.testing.sdk_clients import MESSAGES, SDK, Seen, listed


def chat_text(content: Any) -> str:
    if isinstance(content, list):
        return "".join(part.text for part in content if part.type == "text")
    return content if isinstance(content, str) else ""


def chat_reasoning(message: Any) -> str:
    if isinstance(message.content, list):
        return "".join(
            text.text
            for part in message.content
            if part.type == "thinking"
            for text in part.thinking
        )
    return getattr(message, "reasoning_content", None) or getattr(message, "reasoning", None) or ""


def chat_fold(chunks: Iterable[Any]) -> Seen:
    seen = Seen()
    calls: dict[int, list[str]] = {}
    for chunk in chunks:
        for choice in chunk.choices:
            seen.text += chat_text(choice.delta.content)
            seen.reasoning += chat_reasoning(choice.delta)
            seen.finish = choice.finish_reason or seen.finish
            for call in choice.delta.tool_calls or []:
                name_and_text = calls.setdefault(call.index, ["", ""])
                name_and_text[0] += call.function.name or ""
                name_and_text[1] += call.function.arguments or ""
        if chunk.usage:
            seen.usage = (chunk.usage.prompt_tokens, chunk.usage.completion_tokens)
    seen.tools = [(name, json.loads(text)) for name, text in calls.values()]
    return seen


def chat_read(response: Any) -> Seen:
    choice = response.choices[0]
    return Seen(
        text=chat_text(choice.message.content),
        tools=[
            (call.function.name, json.loads(call.function.arguments))
            for call in choice.message.tool_calls or []
        ],
        finish=choice.finish_reason,
        usage=(response.usage.prompt_tokens, response.usage.completion_tokens),
        reasoning=chat_reasoning(choice.message),
    )


def openai_chat() -> SDK:
    import openai

    ask: Any = {"model": "m", "messages": MESSAGES}
    streamed: Any = ask | {"stream": True, "stream_options": {"include_usage": True}}

    def plain(server: WireServer) -> Seen:
        with openai.OpenAI(api_key="t", base_url=server.url("openai"), max_retries=0) as client:
            return chat_read(client.chat.completions.create(**ask))

    def stream(server: WireServer) -> Seen:
        with openai.OpenAI(api_key="t", base_url=server.url("openai"), max_retries=0) as client:
            return chat_fold(client.chat.completions.create(**streamed))

    def aclient(server: WireServer) -> openai.AsyncOpenAI:
        return openai.AsyncOpenAI(api_key="t", base_url=server.url("openai"), max_retries=0)

    async def aplain(server: WireServer) -> Seen:
        async with aclient(server) as client:
            return chat_read(await client.chat.completions.create(**ask))

    async def astream(server: WireServer) -> Seen:
        async with aclient(server) as client:
            return chat_fold(await listed(await client.chat.completions.create(**streamed)))

    return SDK("openai", plain, stream, aplain, astream)


def groq_chat() -> SDK:
    import groq

    ask: Any = {"model": "m", "messages": MESSAGES}

    def plain(server: WireServer) -> Seen:
        with groq.Groq(api_key="t", base_url=server.url("groq"), max_retries=0) as client:
            return chat_read(client.chat.completions.create(**ask))

    def stream(server: WireServer) -> Seen:
        with groq.Groq(api_key="t", base_url=server.url("groq"), max_retries=0) as client:
            return chat_fold(client.chat.completions.create(**ask, stream=True))

    def aclient(server: WireServer) -> groq.AsyncGroq:
        return groq.AsyncGroq(api_key="t", base_url=server.url("groq"), max_retries=0)

    async def aplain(server: WireServer) -> Seen:
        async with aclient(server) as client:
            return chat_read(await client.chat.completions.create(**ask))

    async def astream(server: WireServer) -> Seen:
        async with aclient(server) as client:
            return chat_fold(await listed(await client.chat.completions.create(**ask, stream=True)))

    return SDK("groq", plain, stream, aplain, astream)


def mistral_chat() -> SDK:
    from mistralai.client import Mistral

    ask: Any = {"model": "m", "messages": MESSAGES}

    def plain(server: WireServer) -> Seen:
        with Mistral(api_key="t", server_url=server.url("mistral")) as client:
            return chat_read(client.chat.complete(**ask))

    def stream(server: WireServer) -> Seen:
        with Mistral(api_key="t", server_url=server.url("mistral")) as client:
            return chat_fold(event.data for event in client.chat.stream(**ask))

    async def aplain(server: WireServer) -> Seen:
        async with Mistral(api_key="t", server_url=server.url("mistral")) as client:
            return chat_read(await client.chat.complete_async(**ask))

    async def astream(server: WireServer) -> Seen:
        async with Mistral(api_key="t", server_url=server.url("mistral")) as client:
            events = await listed(await client.chat.stream_async(**ask))
            return chat_fold(event.data for event in events)

    return SDK("mistralai", plain, stream, aplain, astream)
