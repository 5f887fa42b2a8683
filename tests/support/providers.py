"""What the suites know of each provider: how to make its clients and how to name its parts."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from mirascope.core.testing import WireServer


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
    lacks: frozenset[str] = field(default_factory=frozenset)

    @property
    def module(self) -> ModuleType:
        """The provider's module."""
        return importlib.import_module(f"mirascope.core.{self.name}")

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


def _openai(url: str) -> Any:
    import openai

    return openai.OpenAI(api_key="test", base_url=url, max_retries=0)


def _async_openai(url: str) -> Any:
    import openai

    return openai.AsyncOpenAI(api_key="test", base_url=url, max_retries=0)


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
    ),
)
