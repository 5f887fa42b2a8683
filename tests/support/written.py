"""Answers written out event by event, and the choice of the providers that would send them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mirascope.core.testing import Raw

from .providers import PROVIDERS


def only(*labels: str) -> Any:
    """A mark that runs a test for these providers alone."""
    chosen = [provider for provider in PROVIDERS if provider.label in labels]
    if len(chosen) != len(labels):
        raise ValueError(f"There is no provider of each name in {labels}.")
    return pytest.mark.parametrize("provider", chosen, ids=lambda provider: provider.label)


def written(*events: dict[str, Any], end: str = "") -> Raw:
    """A body of server-sent events; an event's type is its name, where it has one."""
    named = [(f"event: {event['type']}\n" if "type" in event else "", event) for event in events]
    body = "".join(f"{name}data: {json.dumps(event)}\n\n" for name, event in named)
    return Raw(body=(body + end).encode())


def chat_event(*choices: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An event of a chat completion."""
    top = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "test-model"}
    return {**top, "choices": list(choices), **more}


def choice(finish: str | None = None, **delta: Any) -> dict[str, Any]:
    """The only choice of an event, with what is new in it."""
    return {"index": 0, "delta": delta, "finish_reason": finish}


def chat(*events: dict[str, Any]) -> Raw:
    """A streamed chat completion, with its end marker."""
    return written(*events, end="data: [DONE]\n\n")


def call_delta(
    index: int, arguments: str, *, name: str = "", call_id: str | None = None
) -> dict[str, Any]:
    """A piece of a tool call in a chat completion."""
    known = {} if call_id is None else {"id": call_id, "type": "function"}
    # Mistral's own client refuses a piece without a name.
    return {"index": index, **known, "function": {"name": name, "arguments": arguments}}
