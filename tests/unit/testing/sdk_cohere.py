"""cohere's SDK, both versions of its chat."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from mirascope.core.testing import WireServer
from tests.unit.testing.sdk_clients import MESSAGES, SDK, Seen, listed


def cohere_usage(usage: Any) -> tuple[int, int] | None:
    if usage is None or usage.tokens is None:
        return None
    return (usage.tokens.input_tokens, usage.tokens.output_tokens)


def cohere_v2_read(response: Any) -> Seen:
    content = response.message.content or []
    return Seen(
        text="".join(part.text for part in content if part.type == "text"),
        tools=[
            (call.function.name, json.loads(call.function.arguments))
            for call in response.message.tool_calls or []
        ],
        finish=response.finish_reason,
        usage=cohere_usage(response.usage),
        reasoning="".join(part.thinking for part in content if part.type == "thinking"),
    )


def cohere_v2_fold(events: Iterable[Any]) -> Seen:
    seen, calls = Seen(), dict[int, list[str]]()
    for event in events:
        match event.type:
            case "content-delta":
                seen.text += event.delta.message.content.text or ""
                seen.reasoning += event.delta.message.content.thinking or ""
            case "tool-call-start":
                calls[event.index] = [event.delta.message.tool_calls.function.name, ""]
            case "tool-call-delta":
                calls[event.index][1] += event.delta.message.tool_calls.function.arguments
            case "message-end":
                seen.finish, seen.usage = event.delta.finish_reason, cohere_usage(event.delta.usage)
            case _:
                pass
    seen.tools = [(name, json.loads(text)) for name, text in calls.values()]
    return seen


def cohere_v2() -> SDK:
    import cohere

    ask: Any = {"model": "m", "messages": MESSAGES, "request_options": {"max_retries": 0}}

    def plain(server: WireServer) -> Seen:
        with cohere.ClientV2(api_key="t", base_url=server.url("cohere")) as client:
            return cohere_v2_read(client.chat(**ask))

    def stream(server: WireServer) -> Seen:
        with cohere.ClientV2(api_key="t", base_url=server.url("cohere")) as client:
            return cohere_v2_fold(client.chat_stream(**ask))

    async def aplain(server: WireServer) -> Seen:
        async with cohere.AsyncClientV2(api_key="t", base_url=server.url("cohere")) as client:
            return cohere_v2_read(await client.chat(**ask))

    async def astream(server: WireServer) -> Seen:
        async with cohere.AsyncClientV2(api_key="t", base_url=server.url("cohere")) as client:
            return cohere_v2_fold(await listed(client.chat_stream(**ask)))

    return SDK("cohere", plain, stream, aplain, astream)


def cohere_v1_read(response: Any) -> Seen:
    return Seen(
        text=response.text,
        tools=[(call.name, call.parameters) for call in response.tool_calls or []],
        finish=response.finish_reason,
        usage=cohere_usage(response.meta),
    )


def cohere_v1_fold(events: Iterable[Any]) -> Seen:
    seen, calls = Seen(), dict[int, list[str]]()
    for event in events:
        match event.event_type:
            case "text-generation":
                seen.text += event.text
            case "tool-calls-chunk":
                delta = event.tool_call_delta
                name_and_text = calls.setdefault(int(delta.index), ["", ""])
                name_and_text[0] += delta.name or ""
                name_and_text[1] += delta.parameters or ""
            case "stream-end":
                seen.finish, seen.usage = event.finish_reason, cohere_usage(event.response.meta)
            case _:
                pass
    seen.tools = [(name, json.loads(text)) for name, text in calls.values()]
    return seen


def cohere_v1() -> SDK:
    import cohere

    ask: Any = {"model": "m", "message": "hi", "request_options": {"max_retries": 0}}

    def plain(server: WireServer) -> Seen:
        with cohere.Client(api_key="t", base_url=server.url("cohere")) as client:
            return cohere_v1_read(client.chat(**ask))

    def stream(server: WireServer) -> Seen:
        with cohere.Client(api_key="t", base_url=server.url("cohere")) as client:
            return cohere_v1_fold(client.chat_stream(**ask))

    async def aplain(server: WireServer) -> Seen:
        async with cohere.AsyncClient(api_key="t", base_url=server.url("cohere")) as client:
            return cohere_v1_read(await client.chat(**ask))

    async def astream(server: WireServer) -> Seen:
        async with cohere.AsyncClient(api_key="t", base_url=server.url("cohere")) as client:
            return cohere_v1_fold(await listed(client.chat_stream(**ask)))

    return SDK("cohere", plain, stream, aplain, astream)
