"""Wire events of scripted and recorded answers, without a server: what a fold is fed with."""

from __future__ import annotations

import json
from typing import Any

from mirascope.core.base._adapter import CallContext
from mirascope.core.base._fold import Fold, FoldContext
from mirascope.core.base._tool_types import tool_types
from mirascope.core.testing import Answer

from .providers import Provider


def events(body: bytes) -> list[Any]:
    """The JSON of each event of a body of server-sent events or of JSON lines."""
    found = []
    for line in body.decode().replace("\r\n", "\n").split("\n"):
        text = line.removeprefix("data:").strip()
        if text.startswith("{"):
            found.append(json.loads(text))
    return found


def rendered(provider: Provider, answer: Answer) -> list[Any]:
    """The wire events of a scripted answer."""
    return events(provider.body(answer))


def fold(provider: Provider, tools: list[Any] | None = None) -> Fold:
    """A fold of the provider's, for a call that offers the tools."""
    adapter = provider.adapter
    offered = None if tools is None else tool_types(tools, adapter.tool)
    return adapter.fold(FoldContext(model="test-model", tools=offered, dialect=provider.dialect))


def context(**said: Any) -> CallContext:
    """What a call was made with: nothing in particular, but for what is said."""
    empty: dict[str, Any] = {
        key: {} for key in ("call_kwargs", "call_params", "fn_args", "metadata")
    }
    return CallContext(**{"model": "m", "messages": [], **empty, **said})


class Reading:
    """What the fast reader gives its events to: a fold, and a list of the bytes of each event.

    Args:
        fold: The fold.
    """

    def __init__(self, fold: Fold) -> None:
        self.events = 0
        self.taken: list[bytes] = []
        self._fold = fold

    @property
    def fold(self) -> Any:
        """The fold, as the reader knows it."""
        return self

    @property
    def failure(self) -> Any:
        """What went wrong."""
        return self._fold.failure

    def feed(self, event: Any, raw: bytes) -> Any:
        """Take an event in that was parsed."""
        self.taken.append(raw)
        return self._fold.feed(event, raw)

    def feed_text(self, raw: bytes) -> Any:
        """Take an event in if it is recognised."""
        step = self._fold.feed_text(raw)
        if step is not None:
            self.taken.append(raw)
        return step


def run(folding: Fold, wire_events: list[Any]) -> list[tuple[Any, Any]]:
    """Feed all events and finish; gives the steps."""
    steps: list[tuple[Any, Any]] = []
    for event in wire_events:
        steps += folding.feed(event)
    return [*steps, *folding.finish()]
