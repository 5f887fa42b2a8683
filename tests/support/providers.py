"""What the suites know of each provider: how to make its clients and how to name its parts."""

from __future__ import annotations

import asyncio
import importlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from mirascope.core.base._adapter import Adapter
from mirascope.core.base._events import plain
from mirascope.core.testing import WireServer

from .splitters import split_chat, without_call_indexes


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
    lacks: frozenset[str] = field(default_factory=frozenset)

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


    @staticmethod
    def secret_params(secret: str) -> dict[str, Any]:
        """Call parameters that carry a credential in a header."""
        return {"extra_headers": {"X-Secret": secret}}

    @staticmethod
    def is_shown(event: Any, shown: str) -> bool:
        """Whether the JSON of the views' events says everything that an event said."""
        return all(json.dumps(value) in shown for value in _leaves(event))

    def continue_with(self, server: WireServer, history: list[Any], *, colour: str) -> str:
        """Ask again with a history, and give the text of the answer."""
        client = self.make_client(server, colour=colour)
        decorator = self.module.call(model="test-model", client=client)
        if colour == "sync":
            with client:
                return decorator(lambda: history)().content

        @decorator
        async def again() -> Any:
            return history

        async def run() -> str:
            async with client:
                return (await again()).content

        return asyncio.run(run())


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


def _groq(url: str) -> Any:
    import groq

    return groq.Groq(api_key="test", base_url=url, max_retries=0)


def _async_groq(url: str) -> Any:
    import groq

    return groq.AsyncGroq(api_key="test", base_url=url, max_retries=0)


PROVIDERS = (
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
)
