"""What the suites know of each provider: how to make its clients and how to name its parts."""

from __future__ import annotations

import asyncio
import importlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from types import ModuleType
from typing import Any

import pytest

from mirascope.core.base._adapter import Adapter
from mirascope.core.base._events import plain
from mirascope.core.testing import Answer, Request, WireServer, render

from .calls import as_object, block_calls, chat_calls, item_calls
from .cohere_events import V1, V2, V2_OVER_AIOHTTP
from .content_parts import (
    as_array,
    as_events,
    gemini_calls,
    gemini_plain,
    gemini_truth,
    gemini_usage,
    gemini_whole,
    google_calls,
    google_usage,
    split_content,
    whole_content,
)
from .recordings import Recording
from .splitters import split_chat, split_message, split_response, without_call_indexes


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One provider under test.

    Attributes:
        name: Its module's name.
        prefix: What its classes' names begin with.
        wire: Its name at the wire server.
        client: Makes a synchronous client of an address.
        async_client: Makes an asynchronous client of an address.
        recordings: The folders of its recordings.
        api: The endpoint its recordings come from.
        error: The name of the SDK's base exception, with its module.
        connection_error: The SDK's exception for a broken connection.
        refused_error: What is raised where nobody listens at the address.
        raw_text: Reads the text of the SDK's chunk as the provider's documentation does.
        choice_texts: Reads the texts of all choices of the SDK's response.
        request_path: The path of a streamed request at the wire server.
        request_body: The body of such a request.
        request_query: The query of such a request.
        split: Cuts a whole reply into the events of a stream.
        whole: Takes out of a whole reply what belongs to the wire of a stream alone.
        plain: Gives a full response of the SDK as the JSON it stands for.
        calls: Gives id, name and arguments of a call response's tool calls.
        arguments: Puts the arguments that a recording is known to have in the form `calls` gives.
        headers_param: The call parameter for headers of the request.
        headers: Puts headers in the form of that parameter.
        truth: Picks what this provider's SDK reads out of what is known of a recording.
        framed: Gives a recorded stream's body and media type as this provider's SDK asks for them.
        unread: Recordings that this provider's SDK would never be sent.
        native_model: Reads the model's name of a call response's own response object.
        usage: Gives a call response's usage under the SDK's own names.
        identity: Reads the id of a call response that is known of a recording.
        dialect: Which of the provider's languages its clients speak, where it has several.
        transport: What its asynchronous client sends requests with, if not with `httpx`.
        lacks: What the provider does not have on its wire.
    """

    name: str
    prefix: str
    wire: str
    client: Callable[[str], Any]
    async_client: Callable[[str], Any]
    recordings: tuple[str, ...]
    api: str
    error: tuple[str, str]
    connection_error: str
    refused_error: str
    raw_text: Callable[[Any], str]
    choice_texts: Callable[[Any], list[str]]
    request_path: str
    split: Callable[[dict[str, Any]], Iterable[Any]]
    whole: Callable[[Any], Any] = lambda reply: reply
    plain: Callable[[Any], Any] = plain
    request_body: Mapping[str, Any] = field(default_factory=dict[str, Any])
    request_query: Mapping[str, str] = field(default_factory=dict[str, str])
    calls: Callable[[Any], list[tuple[Any, ...]]] = chat_calls
    arguments: Callable[[Any], Any] = lambda arguments: arguments
    headers_param: str = "extra_headers"
    headers: Callable[[dict[str, str]], Any] = lambda headers: headers
    truth: Callable[[dict[str, Any]], dict[str, Any]] = lambda truth: truth
    framed: Callable[[Recording], tuple[bytes, str]] = lambda it: (it.body, it.content_type)
    unread: frozenset[str] = field(default_factory=frozenset)
    native_model: Callable[[Any], Any] = lambda response: response.response.model
    usage: Callable[[Any], Any] = lambda response: plain(response.usage)
    identity: Callable[[Any], Any] = lambda response: response.id
    dialect: str = ""
    transport: str = ""
    lacks: frozenset[str] = field(default_factory=frozenset)

    @property
    def label(self) -> str:
        """What the tests call it."""
        return "-".join(filter(None, (self.name, self.dialect, self.transport)))

    @property
    def module(self) -> ModuleType:
        """The provider's module."""
        return importlib.import_module(f"mirascope.core.{self.name}")

    @property
    def adapter(self) -> Adapter:
        """The provider as the engine knows it."""
        return importlib.import_module(f"mirascope.core.{self.name}._adapter").ADAPTER

    @property
    def sdk_error(self) -> type[Exception]:
        """The SDK's base exception."""
        module, name = self.error
        return getattr(importlib.import_module(module), name)

    def cls(self, name: str) -> Any:
        """One of the provider's classes, by the part of its name that all providers share."""
        if name.startswith("Async"):
            return getattr(self.module, f"Async{self.prefix}{name.removeprefix('Async')}")
        return getattr(self.module, f"{self.prefix}{name}")

    def make_client(self, server: WireServer, *, colour: str) -> Any:
        """A client of the colour that talks to the server."""
        make = self.client if colour == "sync" else self.async_client
        return make(server.url(self.wire))

    def secret_params(self, secret: str) -> dict[str, Any]:
        """Call parameters that carry a credential in a header."""
        return {self.headers_param: self.headers({"X-Secret": secret})}

    def params(self, **params: Any) -> dict[str, Any]:
        """Common call parameters, without those that the provider does not have."""
        return {
            name: value
            for name, value in params.items()
            if f"call_params: {name}" not in self.lacks
        }

    @staticmethod
    def is_shown(event: Any, shown: str) -> bool:
        """Whether the JSON of the views' events says everything that an event said."""
        return all(json.dumps(value) in shown for value in _leaves(event))

    def body(self, answer: Answer) -> bytes:
        """The bytes of a streamed answer."""
        asked = json.dumps({**self.request_body, "stream": True}).encode()
        request = Request(path=self.request_path, body=asked, query=self.request_query)
        return b"".join(render(answer, request))

    def asked_with(self, server: WireServer, history: list[Any], *, colour: str) -> Any:
        """Ask again with a history, and give the response."""
        client = self.make_client(server, colour=colour)
        decorator = self.module.call(model="test-model", client=client)
        if colour == "sync":
            with client:
                return decorator(lambda: history)()

        @decorator
        async def again() -> Any:
            return history

        async def run() -> Any:
            async with client:
                return await again()

        return asyncio.run(run())

    def continue_with(self, server: WireServer, history: list[Any], *, colour: str) -> str:
        """Ask again with a history, and give the text of the answer."""
        text: str = self.asked_with(server, history, colour=colour).content
        return text


def _leaves(value: Any) -> Iterator[Any]:
    """The values in JSON data that say something."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif value is not None:
        yield value


def _openai(url: str) -> Any:
    import openai

    return openai.OpenAI(api_key="test", base_url=url, max_retries=0)


def _async_openai(url: str) -> Any:
    import openai

    return openai.AsyncOpenAI(api_key="test", base_url=url, max_retries=0)


def _openai_responses_text(event: Any) -> str:
    return event.delta if event.type == "response.output_text.delta" else ""


def _groq(url: str) -> Any:
    import groq

    return groq.Groq(api_key="test", base_url=url, max_retries=0)


def _async_groq(url: str) -> Any:
    import groq

    return groq.AsyncGroq(api_key="test", base_url=url, max_retries=0)


def _mistral(url: str) -> Any:
    from mistralai.client import Mistral

    return Mistral(api_key="test", server_url=url)


def _mistral_text(chunk: Any) -> str:
    """A chunk's content is a text, or a list of parts."""
    content = chunk.choices[0].delta.content
    return content if isinstance(content, str) else ""


def _anthropic(url: str) -> Any:
    import anthropic

    return anthropic.Anthropic(api_key="test", base_url=url, max_retries=0)


def _async_anthropic(url: str) -> Any:
    import anthropic

    return anthropic.AsyncAnthropic(api_key="test", base_url=url, max_retries=0)


def _anthropic_text(event: Any) -> str:
    is_text = event.type == "content_block_delta" and event.delta.type == "text_delta"
    return event.delta.text if is_text else ""


def _over_aiohttp(sdk: str, name: str) -> Callable[[str], Any]:
    """Makes clients of an SDK that send their requests with its `aiohttp` client."""

    def make(url: str) -> Any:
        module = importlib.import_module(sdk)
        if not hasattr(module, "DefaultAioHttpClient"):
            pytest.skip(f"{sdk} {version(sdk)} has no client over aiohttp")
        http_client = module.DefaultAioHttpClient()
        client = getattr(module, name)
        return client(api_key="test", base_url=url, max_retries=0, http_client=http_client)

    return make


def _google(url: str) -> Any:
    import httpx2

    # Where `aiohttp` is installed, the SDK takes it for asynchronous requests unless it is told.
    transport = httpx2.AsyncHTTPTransport(verify=False)
    return _google_client(url, async_client_args={"transport": transport})


def _google_client(url: str, **options: Any) -> Any:
    from google import genai

    class Client(genai.Client):
        """One that closes both its halves."""

        async def __aenter__(self) -> Any:
            return self

        async def __aexit__(self, *details: object) -> None:
            await self.aio.aclose()
            self.close()

    return Client(api_key="test", http_options={"base_url": url, **options})


def _gemini(url: str) -> Any:
    from .gemini_grpc import RestModel

    return RestModel(url)


def _async_gemini(url: str) -> Any:
    from .gemini_grpc import AsyncGrpcModel

    return AsyncGrpcModel(url)


def _gemini_grpc(url: str) -> Any:
    from .gemini_grpc import GrpcModel

    return GrpcModel(url)


def _gemini_text(chunk: Any) -> str:
    parts = chunk.candidates[0].content.parts if chunk.candidates else ()
    return "".join(part.text for part in parts)


_GEMINI = Provider(
    name="gemini",
    prefix="Gemini",
    wire="gemini",
    # REST for one colour and gRPC for the other.
    client=_gemini,
    async_client=_async_gemini,
    recordings=("gemini",),
    api="enerateContent",
    error=("google.api_core.exceptions", "GoogleAPICallError"),
    connection_error="ServiceUnavailable",
    refused_error="ServiceUnavailable",
    raw_text=_gemini_text,
    choice_texts=lambda response: [each.content.parts[0].text for each in response.candidates],
    request_path="/gemini/v1beta/models/test-model:streamGenerateContent",
    request_query={"alt": "sse"},
    split=split_content,
    whole=gemini_whole,
    plain=gemini_plain,
    calls=gemini_calls,
    headers_param="request_options",
    headers=lambda headers: {"metadata": [(k.lower(), v) for k, v in headers.items()]},
    framed=as_array,
    truth=gemini_truth,
    native_model=lambda response: response.response.model_version or None,
    usage=gemini_usage,
    # The SDK gives no ids and no thoughts, and reads no address from the environment.
    lacks=frozenset({"cut_arguments", "environment", "id", "one_client", "reasoning", "refusal"}),
)

PROVIDERS = (
    Provider(
        name="anthropic",
        prefix="Anthropic",
        wire="anthropic",
        client=_anthropic,
        async_client=_async_anthropic,
        recordings=("anthropic",),
        api="messages",
        error=("anthropic", "AnthropicError"),
        connection_error="APIConnectionError",
        refused_error="APIConnectionError",
        raw_text=_anthropic_text,
        choice_texts=lambda response: [response.content[0].text],
        request_path="/anthropic/v1/messages",
        split=split_message,
        request_body={"model": "test-model", "max_tokens": 1024},
        calls=block_calls,
        arguments=as_object,
        # One answer at a time; a refusal is a stop reason, and its text is text.
        lacks=frozenset({"choices", "refusal"}),
    ),
    Provider(
        name="cohere",
        prefix="Cohere",
        wire="cohere",
        recordings=("cohere",),
        error=("cohere.core.api_error", "ApiError"),
        connection_error="StreamConnectionError",
        refused_error="ConnectError",
        headers_param="request_options",
        headers=lambda headers: {"additional_headers": headers},
        # The finish reasons know no filter; the model's name and refusals have no field.
        lacks=frozenset({"choices", "content_filter", "model", "refusal"}),
        **V2,
    ),
    Provider(
        name="cohere",
        prefix="Cohere",
        wire="cohere",
        recordings=("cohere",),
        error=("cohere.core.api_error", "ApiError"),
        connection_error="StreamConnectionError",
        refused_error="ConnectError",
        headers_param="request_options",
        headers=lambda headers: {"additional_headers": headers},
        # Arguments are sent whole at the end; the default client speaks version 2; the server
        # does not tell cached tokens; what is streamed are lines.
        lacks=frozenset(
            {
                "cached",
                "choices",
                "cut_arguments",
                "environment",
                "fast_reader",
                "model",
                "reasoning",
                "refusal",
            }
        ),
        **V1,
    ),
    Provider(
        name="openai",
        prefix="OpenAI",
        wire="openai",
        client=_openai,
        async_client=_async_openai,
        recordings=("openai", "openai-compatible"),
        api="chat.completions",
        error=("openai", "OpenAIError"),
        connection_error="APIConnectionError",
        refused_error="APIConnectionError",
        raw_text=lambda chunk: chunk.choices[0].delta.content or "",
        choice_texts=lambda response: [choice.message.content for choice in response.choices],
        request_path="/openai/v1/chat/completions",
        split=split_chat,
        whole=without_call_indexes,
        request_body={"model": "test-model", "stream_options": {"include_usage": True}},
    ),
    Provider(
        name="openai.responses",
        prefix="OpenAIResponses",
        wire="openai",
        client=_openai,
        async_client=_async_openai,
        recordings=("openai",),
        api="responses",
        error=("openai", "OpenAIError"),
        connection_error="APIConnectionError",
        refused_error="APIConnectionError",
        raw_text=_openai_responses_text,
        choice_texts=lambda response: [response.output_text],
        request_path="/openai/v1/responses",
        split=split_response,
        request_body={"model": "test-model"},
        calls=item_calls,
        # There is one answer; no parameter for texts at which it stops; and after the last event
        # of a response another response may follow.
        lacks=frozenset({"call_params: stop", "choices", "end_marker"}),
    ),
    Provider(
        name="groq",
        prefix="Groq",
        wire="groq",
        client=_groq,
        async_client=_async_groq,
        recordings=("groq",),
        api="chat.completions",
        error=("groq", "GroqError"),
        connection_error="APIConnectionError",
        refused_error="APIConnectionError",
        raw_text=lambda chunk: chunk.choices[0].delta.content or "",
        choice_texts=lambda response: [choice.message.content for choice in response.choices],
        request_path="/groq/openai/v1/chat/completions",
        split=split_chat,
        whole=without_call_indexes,
        request_body={"model": "test-model", "stream_options": {"include_usage": True}},
        lacks=frozenset({"refusal"}),
    ),
    Provider(
        name="mistral",
        prefix="Mistral",
        wire="mistral",
        client=_mistral,
        async_client=_mistral,
        recordings=("mistral",),
        api="chat.completions",
        error=("mistralai.client.errors", "MistralError"),
        connection_error="StreamConnectionError",
        refused_error="ConnectError",
        raw_text=_mistral_text,
        choice_texts=lambda response: [choice.message.content for choice in response.choices],
        request_path="/mistral/v1/chat/completions",
        split=split_chat,
        request_body={"model": "test-model"},
        headers_param="http_headers",
        lacks=frozenset({"environment", "one_client", "refusal"}),
    ),
    Provider(
        name="google",
        prefix="Google",
        wire="google",
        client=_google,
        async_client=_google,
        recordings=("gemini",),
        api="enerateContent",
        error=("google.genai.errors", "APIError"),
        connection_error="StreamConnectionError",
        refused_error="StreamConnectionError",
        raw_text=lambda chunk: chunk.text or "",
        choice_texts=lambda response: [each.content.parts[0].text for each in response.candidates],
        request_path="/google/v1beta/models/test-model:streamGenerateContent",
        request_query={"alt": "sse"},
        split=split_content,
        whole=whole_content,
        calls=google_calls,
        headers_param="http_options",
        headers=lambda headers: {"headers": headers},
        framed=as_events,
        # Their enumerations are numbers, which only the retired SDK asks for.
        unread=frozenset(
            f"gemini/{name}.json" for name in ("047-ai-text", "048-ai-text", "084-ai-text-whole")
        ),
        native_model=lambda response: response.response.model_version,
        usage=google_usage,
        # Refusal text is text there; arguments are objects; one client serves both colours; the
        # SDK takes a comment in a stream for a broken event.
        lacks=frozenset({"comments", "cut_arguments", "one_client", "refusal"}),
    ),
    _GEMINI,
    # The SDK's other transport, in both colours.
    replace(_GEMINI, client=_gemini_grpc, dialect="grpc", recordings=()),
)


def _if_installed(make: Callable[[str], Any]) -> Callable[[str], Any]:
    def made(url: str) -> Any:
        pytest.importorskip("httpx_aiohttp")
        return make(url)

    return made


_AIOHTTP = {
    "anthropic": _over_aiohttp("anthropic", "AsyncAnthropic"),
    "cohere-v2": V2_OVER_AIOHTTP,
    "google": _google_client,
    "groq": _over_aiohttp("groq", "AsyncGroq"),
    "openai": _over_aiohttp("openai", "AsyncOpenAI"),
    "openai.responses": _over_aiohttp("openai", "AsyncOpenAI"),
}

OVER_AIOHTTP = tuple(
    replace(
        each, async_client=_if_installed(_AIOHTTP[each.label]), transport="aiohttp", recordings=()
    )
    for each in PROVIDERS
    if each.label in _AIOHTTP
)
"""The providers whose SDKs can send asynchronous requests with `aiohttp` instead of `httpx`."""
