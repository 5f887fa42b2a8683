"""Every provider's own SDK as four small functions: what it sees of an answer, in one shape."""

from __future__ import annotations

import json
import warnings
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import aclosing, closing
from dataclasses import dataclass, field
from typing import Any

from mirascope.core.testing import WireServer

MESSAGES: Any = [{"role": "user", "content": "hi"}]


@dataclass
class Seen:
    """What an SDK made of an answer."""

    text: str = ""
    tools: list[tuple[str, Any]] = field(default_factory=list)
    finish: str | None = None
    usage: tuple[int, int] | None = None
    reasoning: str = ""


@dataclass(frozen=True)
class SDK:
    """One SDK: plain and streamed, sync and async."""

    module: str
    plain: Callable[[WireServer], Seen]
    stream: Callable[[WireServer], Seen]
    aplain: Callable[[WireServer], Any] | None
    astream: Callable[[WireServer], Any] | None


async def listed(chunks: AsyncIterator[Any]) -> list[Any]:
    return [chunk async for chunk in chunks]


# --- chat completions: openai, groq, mistral


def chat_text(content: Any) -> str:
    if isinstance(content, list):
        return "".join(part.text for part in content if part.type == "text")
    return content if isinstance(content, str) else ""


def chat_reasoning(message: Any) -> str:
    if isinstance(message.content, list):
        return "".join(
            text.text for part in message.content if part.type == "thinking" for text in part.thinking
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


# --- openai responses


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


# --- anthropic


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


# --- cohere


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


# --- google


def google_fold(responses: Iterable[Any]) -> Seen:
    seen = Seen()
    for response in responses:
        for candidate in response.candidates:
            for part in (candidate.content and candidate.content.parts) or []:
                if part.function_call:
                    seen.tools.append((part.function_call.name, dict(part.function_call.args)))
                elif getattr(part, "thought", False):
                    seen.reasoning += part.text
                else:
                    seen.text += part.text or ""
            if candidate.finish_reason:
                seen.finish = candidate.finish_reason.name
        usage = response.usage_metadata
        if usage:
            thoughts = getattr(usage, "thoughts_token_count", 0) or 0
            output = (usage.candidates_token_count or 0) + thoughts
            seen.usage = (usage.prompt_token_count, output)
    return seen


def google_genai() -> SDK:
    from google import genai

    ask: Any = {"model": "m", "contents": "hi"}

    def client(server: WireServer) -> genai.Client:
        return genai.Client(api_key="t", http_options={"base_url": server.url("google")})

    def plain(server: WireServer) -> Seen:
        with closing(client(server)) as google_client:
            return google_fold([google_client.models.generate_content(**ask)])

    def stream(server: WireServer) -> Seen:
        with closing(client(server)) as google_client:
            return google_fold(google_client.models.generate_content_stream(**ask))

    async def aplain(server: WireServer) -> Seen:
        async with aclosing(client(server).aio) as google_client:
            return google_fold([await google_client.models.generate_content(**ask)])

    async def astream(server: WireServer) -> Seen:
        async with aclosing(client(server).aio) as google_client:
            return google_fold(
                await listed(await google_client.models.generate_content_stream(**ask))
            )

    return SDK("google.genai", plain, stream, aplain, astream)


def google_generativeai() -> SDK:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package says at import that it is retired
        import google.generativeai as genai

    def model(server: WireServer) -> Any:
        options = {"api_endpoint": server.url("gemini")}
        genai.configure(api_key="t", transport="rest", client_options=options)
        return genai.GenerativeModel("m")

    def plain(server: WireServer) -> Seen:
        return google_fold([model(server).generate_content("hi")])

    def stream(server: WireServer) -> Seen:
        return google_fold(model(server).generate_content("hi", stream=True))

    return SDK("google.generativeai", plain, stream, None, None)


SDKS: dict[str, Callable[[], SDK]] = {
    "anthropic": anthropic_messages,
    "cohere v1": cohere_v1,
    "cohere v2": cohere_v2,
    "gemini": google_generativeai,
    "google": google_genai,
    "groq": groq_chat,
    "mistral": mistral_chat,
    "openai chat": openai_chat,
    "openai responses": openai_responses,
}
