"""The HTTP response under what an SDK gave: found, so that it can be closed, cut and told of.

Most SDKs show it as `stream.response`. One hands its streams out as plain generators, and so do
tools that watch what a program asks of a model, in place of any SDK's stream.

Strategy: follow what the generators refer to, as `gc.get_referents` tells it, through the
generators that are nested in them, and look at the attributes of what they hold, one level deep. No
name of anybody's own code is relied on; where nothing is found, the SDK's own behaviour stands.
"""

from __future__ import annotations

import gc
from collections.abc import AsyncGenerator, Coroutine, Generator
from types import CellType, FrameType
from typing import Any

from ._connection import body_base

__all__ = ["aiohttp_response", "find_response", "library_of", "response_under"]

_RESPONSES = frozenset(
    {("httpx", "Response"), ("httpx2", "Response"), ("aiohttp", "ClientResponse")}
)
_FOLLOWED = (AsyncGenerator, CellType, Coroutine, FrameType, Generator)


def library_of(value: Any) -> str | None:
    """Give the name of the HTTP library whose response a value is; `None` if it is none."""
    for kind in type(value).__mro__:
        library = kind.__module__.partition(".")[0]
        if (library, kind.__name__) in _RESPONSES:
            return library
    return None


def _is_response(value: Any) -> bool:
    return library_of(value) is not None


def response_under(stream: Any) -> Any:
    """Give the response under an SDK's stream, whoever wrapped it; `None` if there is none."""
    shown = getattr(stream, "response", None)
    return shown if _is_response(shown) else find_response(stream)


def find_response(source: Any) -> Any:
    """Find the response that a generator reads; `None` if it reads none (yet, or any more)."""
    waiting: list[Any] = [source]
    seen: set[int] = set()
    while waiting:
        holder = waiting.pop()
        if id(holder) in seen:
            continue
        seen.add(id(holder))
        for held in gc.get_referents(holder):
            if _is_response(held):
                return held
            if isinstance(held, _FOLLOWED):
                waiting.append(held)
                continue
            for value in list(getattr(held, "__dict__", {}).values()):
                if _is_response(value):
                    return value
                if isinstance(value, _FOLLOWED):
                    waiting.append(value)
    return None


def aiohttp_response(body: Any) -> Any:
    """Give the response of `aiohttp` that a body of `httpx` is read from; `None` if it is not.

    Bodies are wrapped in one another: the SDK's `aiohttp` client puts its own in those of `httpx`.
    """
    seen: set[int] = set()
    while body is not None and id(body) not in seen:
        seen.add(id(body))
        held = list(getattr(body, "__dict__", {}).values())
        for value in held:
            if library_of(value) == "aiohttp":
                return value
        body = next((value for value in held if body_base(value) is not None), None)
    return None
