"""The SDKs with typed events: openai's responses, anthropic."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from mirascope.core.testing import WireServer
from tests.unit.testing.sdk_clients import MESSAGES, SDK, Seen, listed


def responses_read(response: Any) -> Seen:
    reasoning = [item for item in response.output if item.type == "reasoning"]
    return Seen(
        text=response.output_text,
        tools=[
            (item.name, json.loads(item.arguments))
            for item in response.output
            if item.type == "function_call"
        ],
        finish=response.status,
        usage=(response.usage.input_tokens, response.usage.output_tokens),
        reasoning="".join(part.text for item in reasoning for part in item.summary),
    )


def responses_fold(events: Iterable[Any]) -> Seen:
    deltas: dict[str, str] = {}
    calls: dict[int, str] = {}
    names: list[str] = []
    final: Any = None
    for event in events:
        if event.type == "response.function_call_arguments.delta":
            calls[event.output_index] = calls.get(event.output_index, "") + event.delta
        elif event.type.endswith(".delta"):
            deltas[event.type] = deltas.get(event.type, "") + event.delta
        elif event.type == "response.output_item.added" and event.item.type == "function_call":
            names.append(event.item.name)
        elif event.type in {"response.completed", "response.incomplete"}:
            final = event.response
    seen = responses_read(final)
    seen.text = deltas.get("response.output_text.delta", "")
    seen.reasoning = deltas.get("response.reasoning_summary_text.delta", "")
    texts = (json.loads(text) for text in calls.values())
    seen.tools = list(zip(names, texts, strict=True))
    return seen


def openai_responses() -> SDK:
    import openai

    ask: Any = {"model": "m", "input": "hi"}

    def client(server: WireServer) -> openai.OpenAI:
        return openai.OpenAI(api_key="t", base_url=server.url("openai"), max_retries=0)

    def plain(server: WireServer) -> Seen:
        with client(server) as openai_client:
            return responses_read(openai_client.responses.create(**ask))

    def stream(server: WireServer) -> Seen:
        with client(server) as openai_client:
            return responses_fold(openai_client.responses.create(**ask, stream=True))

    def aclient(server: WireServer) -> openai.AsyncOpenAI:
        return openai.AsyncOpenAI(api_key="t", base_url=server.url("openai"), max_retries=0)

    async def aplain(server: WireServer) -> Seen:
        async with aclient(server) as client:
            return responses_read(await client.responses.create(**ask))

    async def astream(server: WireServer) -> Seen:
        async with aclient(server) as client:
            return responses_fold(await listed(await client.responses.create(**ask, stream=True)))

    return SDK("openai", plain, stream, aplain, astream)


def anthropic_read(message: Any) -> Seen:
    by_type: dict[str, list[Any]] = {"text": [], "tool_use": [], "thinking": []}
    for block in message.content:
        by_type[block.type].append(block)
    return Seen(
        text="".join(block.text for block in by_type["text"]),
        tools=[(block.name, block.input) for block in by_type["tool_use"]],
        finish=message.stop_reason,
        usage=(message.usage.input_tokens, message.usage.output_tokens),
        reasoning="".join(block.thinking for block in by_type["thinking"]),
    )


def anthropic_fold(events: Iterable[Any]) -> Seen:
    seen, calls, read = Seen(), dict[int, list[str]](), 0
    for event in events:
        match event.type:
            case "message_start":
                read = event.message.usage.input_tokens
            case "content_block_start" if event.content_block.type == "tool_use":
                calls[event.index] = [event.content_block.name, ""]
            case "content_block_delta" if event.delta.type == "text_delta":
                seen.text += event.delta.text
            case "content_block_delta" if event.delta.type == "thinking_delta":
                seen.reasoning += event.delta.thinking
            case "content_block_delta" if event.delta.type == "input_json_delta":
                calls[event.index][1] += event.delta.partial_json
            case "message_delta":
                seen.finish = event.delta.stop_reason
                seen.usage = (read, event.usage.output_tokens)
            case _:
                pass
    seen.tools = [(name, json.loads(text)) for name, text in calls.values()]
    return seen


def anthropic_messages() -> SDK:
    import anthropic

    ask: Any = {"model": "m", "messages": MESSAGES, "max_tokens": 9}

    def client(server: WireServer) -> anthropic.Anthropic:
        return anthropic.Anthropic(api_key="t", base_url=server.url("anthropic"), max_retries=0)

    def plain(server: WireServer) -> Seen:
        with client(server) as anthropic_client:
            return anthropic_read(anthropic_client.messages.create(**ask))

    def stream(server: WireServer) -> Seen:
        with client(server) as anthropic_client:
            return anthropic_fold(anthropic_client.messages.create(**ask, stream=True))

    def aclient(server: WireServer) -> anthropic.AsyncAnthropic:
        url = server.url("anthropic")
        return anthropic.AsyncAnthropic(api_key="t", base_url=url, max_retries=0)

    async def aplain(server: WireServer) -> Seen:
        async with aclient(server) as client:
            return anthropic_read(await client.messages.create(**ask))

    async def astream(server: WireServer) -> Seen:
        async with aclient(server) as client:
            return anthropic_fold(await listed(await client.messages.create(**ask, stream=True)))

    return SDK("anthropic", plain, stream, aplain, astream)
