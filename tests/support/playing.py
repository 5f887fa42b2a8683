"""Plays a script to a decorated function through the real SDK client, in either colour."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mirascope.core import prompt_template
from mirascope.core.testing import WireServer

from .providers import Provider

COLOURS = ("sync", "async")


@dataclass(kw_only=True)
class Outcome:
    """How a stream went.

    Attributes:
        stream: The stream.
        steps: What it yielded.
        error: The exception that ended it, or `None`.
    """

    stream: Any
    steps: list[tuple[Any, Any]] = field(default_factory=list)
    error: BaseException | None = None

    @property
    def text(self) -> str:
        """The chunks' contents, joined."""
        return "".join(chunk.content for chunk, _ in self.steps)

    @property
    def tools(self) -> list[Any]:
        """The tools of the steps."""
        return [tool for _, tool in self.steps if tool is not None]

    @property
    def response(self) -> Any:
        """The response rebuilt from the stream."""
        return self.stream.construct_call_response()


def decorated(
    provider: Provider, colour: str, server: WireServer, *, stream: Any = True, **options: Any
) -> Callable[..., Any]:
    """A prompt function of one argument, decorated for the provider and its client."""
    model = options.pop("model", "test-model")
    client = options.pop("client", None) or provider.make_client(server, colour=colour)
    decorator = provider.module.call(model=model, stream=stream, client=client, **options)
    if colour == "sync":

        @decorator
        @prompt_template("Recommend a {genre} book")
        def recommend(genre: str): ...

        return recommend

    @decorator
    @prompt_template("Recommend a {genre} book")
    async def arecommend(genre: str): ...

    return arecommend


def play(provider: Provider, colour: str, server: WireServer, **options: Any) -> Outcome:
    """Stream once, to the end or to an exception."""
    limit = options.pop("limit", None)
    if colour == "async":
        return asyncio.run(_play_async(provider, server, limit, options))
    client = options.pop("client", None) or provider.make_client(server, colour=colour)
    recommend = decorated(provider, colour, server, client=client, **options)
    outcome = Outcome(stream=recommend("fantasy"))
    try:
        for step in outcome.stream:
            outcome.steps.append(step)
            if len(outcome.steps) == limit:
                break
    except Exception as error:
        outcome.error = error
    finally:
        if limit is not None:
            outcome.stream.close()
        client.__exit__(None, None, None)
    return outcome


def ask(provider: Provider, colour: str, server: WireServer, **options: Any) -> Any:
    """Make a plain call."""
    if colour == "async":
        return asyncio.run(_ask_async(provider, server, options))
    client = options.pop("client", None) or provider.make_client(server, colour=colour)
    try:
        return decorated(provider, colour, server, client=client, stream=False, **options)(
            "fantasy"
        )
    finally:
        client.__exit__(None, None, None)


async def _ask_async(provider: Provider, server: WireServer, options: dict[str, Any]) -> Any:
    client = options.pop("client", None) or provider.make_client(server, colour="async")
    recommend = decorated(provider, "async", server, client=client, stream=False, **options)
    try:
        return await recommend("fantasy")
    finally:
        await client.__aexit__(None, None, None)


async def _play_async(
    provider: Provider, server: WireServer, limit: int | None, options: dict[str, Any]
) -> Outcome:
    client = options.pop("client", None) or provider.make_client(server, colour="async")
    recommend = decorated(provider, "async", server, client=client, **options)
    outcome = Outcome(stream=recommend("fantasy"))
    try:
        async for step in outcome.stream:
            outcome.steps.append(step)
            if len(outcome.steps) == limit:
                break
    except Exception as error:
        outcome.error = error
    finally:
        if limit is not None:
            await outcome.stream.aclose()
        await client.__aexit__(None, None, None)
    return outcome
