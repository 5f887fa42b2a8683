"""What every provider's own SDK sees of an answer, in one shape."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
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
