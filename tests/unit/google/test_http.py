"""The HTTP response under a generator is found, whoever nested it there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator
from typing import Any

import httpx2

from mirascope.core.base._http_response import find_response


class Holder:
    """What an SDK may keep a response in."""

    def __init__(self, response: Any) -> None:
        self.response_stream = response

    def items(self) -> Generator[int]:
        yield from (1, 2)

    async def aitems(self) -> AsyncGenerator[int]:
        yield 1
        yield 2


def nested(held: Holder) -> Generator[int]:
    """A generator over a generator."""
    yield from held.items()


async def anested(held: Holder) -> AsyncGenerator[int]:
    """An asynchronous generator over one."""
    async for item in held.aitems():
        yield item


def test_a_response_is_found_through_nested_generators() -> None:
    """It is found while the generator is paused, and no more when it has ended."""
    response = httpx2.Response(200)
    source = nested(Holder(response))
    next(source)

    assert response is find_response(source)
    assert [2] == list(source)
    assert find_response(source) is None


def test_a_response_is_found_through_asynchronous_generators() -> None:
    """The same for an asynchronous generator."""
    response = httpx2.Response(200)

    async def run() -> Any:
        source = anested(Holder(response))
        await anext(source)
        found = find_response(source)
        await source.aclose()
        return found

    assert response is asyncio.run(run())


def test_nothing_is_found_where_there_is_none() -> None:
    """Anything else gives nothing, and does no harm."""
    assert find_response(nested(Holder(object()))) is None
    assert find_response(iter([1])) is None
