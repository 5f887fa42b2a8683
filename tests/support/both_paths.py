"""Reads a stream both ways, below the SDK's object and through it, and tells what a caller sees."""

from __future__ import annotations

import re
import warnings
from typing import Any

import pytest

from mirascope.core import BaseTool
from mirascope.core.testing import Answer, WireServer

from .playing import Outcome, play
from .providers import Provider


class Note(BaseTool):
    """Takes a note."""

    text: str = ""


def answer(**said: Any) -> Answer:
    """An answer whose id does not depend on how often it was asked for."""
    return Answer(id="answer-1", **said)


def told(value: Any) -> str:
    """What an object says, without the number of the request that the server's ids have."""
    return re.sub(r"\b(fc|msg|req|rs)_\d+", r"\1", repr(value))


def seen(outcome: Outcome) -> dict[str, Any]:
    """Everything a caller sees of a stream."""
    with warnings.catch_warnings():
        # An SDK's lenient objects warn when they are dumped.
        warnings.simplefilter("ignore")
        return {
            "steps": [
                (chunk.content, chunk.finish_reasons, repr(chunk.usage), chunk.reasoning)
                for chunk, _ in outcome.steps
            ],
            "chunks": [(type(chunk.chunk), told(chunk.chunk)) for chunk, _ in outcome.steps],
            "tools": [(tool._name(), tool.args, told(tool.tool_call)) for tool in outcome.tools],
            "error": (type(outcome.error), str(outcome.error)),
            "state": outcome.stream.state,
            "response": told(outcome.response.response),
        }


def both(
    provider: Provider, colour: str, server: WireServer, script: Any, **options: Any
) -> tuple[Outcome, Outcome]:
    """The same script read both ways; the fast reader first."""
    outcomes = []
    for fast in (True, False):
        server.play(script)
        config = {"fast_reader": fast}
        outcomes.append(play(provider, colour, server, stream=config, tools=[Note], **options))
    return outcomes[0], outcomes[1]


def skip_without_fast_reader(provider: Provider) -> None:
    """A provider whose SDK gives no way to the bytes has one path; so has one without events."""
    if provider.adapter.fast is None or "fast_reader" in provider.lacks:
        pytest.skip(f"the fast reader has no way to the bytes of {provider.label}'s streams")
