"""Clients of Anthropic's SDK beside the plain one, against a real server."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from anthropic.lib import bedrock

from mirascope.core import anthropic
from mirascope.core.testing import Answer, WireServer

NAMES = {"sync": "AnthropicBedrockMantle", "async": "AsyncAnthropicBedrockMantle"}


@pytest.mark.parametrize("colour", ["sync", "async"])
@pytest.mark.skipif(not hasattr(bedrock, NAMES["sync"]), reason="this SDK has no such client")
def test_bedrocks_newer_service(colour: str) -> None:
    """Its client is taken, and its stream read by the fast reader."""

    async def arecommend() -> str:
        return "Recommend a book"

    async def read(client: Any) -> Any:
        async with client:
            return await anthropic.call("m", stream=True, client=client)(arecommend)().drain()

    with WireServer() as server:
        server.play(Answer(text=["Du", "ne"]))
        client: Any = getattr(bedrock, NAMES[colour])(
            api_key="test", aws_region="eu-west-1", base_url=server.url("anthropic"), max_retries=0
        )
        if colour == "async":
            stream = asyncio.run(read(client))
        else:
            with client:
                call = anthropic.call("m", stream=True, client=client)
                stream = call(lambda: "Recommend a book")().drain()

    assert ("Dune", "fast") == (stream.content, stream.path)
