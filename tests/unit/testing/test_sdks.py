"""Every provider's own SDK, unchanged, against the server: it sees what the script says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from mirascope.core.testing import (
    Answer,
    Chunking,
    Cut,
    ErrorEvent,
    Failure,
    Hangup,
    ToolCall,
    Usage,
    WireServer,
)
from tests.unit.testing.sdk_chat import groq_chat, mistral_chat, openai_chat
from tests.unit.testing.sdk_clients import SDK, Seen
from tests.unit.testing.sdk_cohere import cohere_v1, cohere_v2
from tests.unit.testing.sdk_google import google_genai, google_generativeai
from tests.unit.testing.sdk_typed_events import anthropic_messages, openai_responses

SDKS: dict[str, Callable[[], SDK]] = {
    "anthropic": anthropic_messages,
    "cohere v1": cohere_v1,
    "cohere v2": cohere_v2,
    "gemini": google_generativeai,
    "google": google_genai,
    "groq": groq_chat,
    "mistral": mistral_chat,
    "openai chat": openai_chat,
    "openai responses": openai_responses,
}
FINISH = {
    "anthropic": ("end_turn", "max_tokens", "tool_use"),
    "cohere v1": ("COMPLETE", "MAX_TOKENS", "COMPLETE"),
    "cohere v2": ("COMPLETE", "MAX_TOKENS", "TOOL_CALL"),
    "gemini": ("STOP", "MAX_TOKENS", "STOP"),
    "google": ("STOP", "MAX_TOKENS", "STOP"),
    "groq": ("stop", "length", "tool_calls"),
    "mistral": ("stop", "length", "tool_calls"),
    "openai chat": ("stop", "length", "tool_calls"),
    "openai responses": ("completed", "incomplete", "completed"),
}
MODES = ("plain", "stream", "aplain", "astream")


@pytest.fixture(scope="module", params=sorted(SDKS))
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def sdk(name: str) -> SDK:
    try:
        return SDKS[name]()
    except ImportError as error:
        pytest.skip(f"{name}: its SDK is not installed ({error})")


def ask(sdk: SDK, mode: str, server: WireServer) -> Seen:
    call = getattr(sdk, mode)
    if call is None:
        pytest.skip("this SDK has no asynchronous calls over HTTP")
    return asyncio.run(call(server)) if mode.startswith("a") else call(server)


@pytest.mark.parametrize("mode", MODES)
def test_text(sdk: SDK, name: str, mode: str, server: WireServer):
    """Text, finish reason and token counts arrive, streamed and whole."""
    server.play(Answer(text=["Hel", "lo ", "wörld 🦊"], usage=(10, 6)))
    expected = Seen(text="Hello wörld 🦊", finish=FINISH[name][0], usage=(10, 6))
    assert expected == ask(sdk, mode, server)


@pytest.mark.parametrize("mode", MODES)
def test_length(sdk: SDK, name: str, mode: str, server: WireServer):
    """An answer cut by the token limit says so in the provider's words."""
    server.play(Answer(text=["Hel"], finish="length"))
    expected = Seen(text="Hel", finish=FINISH[name][1], usage=(10, 5))
    assert expected == ask(sdk, mode, server)


@pytest.mark.parametrize("interleave", [False, True])
@pytest.mark.parametrize("mode", MODES)
def test_tools(sdk: SDK, name: str, mode: str, server: WireServer, *, interleave: bool):
    """Parallel calls arrive with their arguments, whether or not their pieces take turns."""
    calls = [
        ToolCall(name="get_book", arguments={"genre": "x", "pages": {"max": 3}}, pieces=4),
        ToolCall(name="now"),
    ]
    server.play(Answer(text=["Hm"], tools=calls, interleave=interleave))
    tools = [("get_book", {"genre": "x", "pages": {"max": 3}}), ("now", {})]
    expected = Seen(text="Hm", tools=tools, finish=FINISH[name][2], usage=(10, 5))
    assert expected == ask(sdk, mode, server)


@pytest.mark.parametrize("mode", MODES)
def test_reasoning(sdk: SDK, name: str, mode: str, server: WireServer):
    """Reasoning arrives where the provider has a place for it, and never as text."""
    server.play(Answer(reasoning=["So ", "it is."], text=["Yes"], signature="c2ln"))
    if name == "gemini":
        pytest.skip("the retired SDK knows no thoughts and gives them as text")
    expected = Seen(
        text="Yes",
        finish=FINISH[name][0],
        usage=(10, 5),
        reasoning="" if name == "cohere v1" else "So it is.",
    )
    assert expected == ask(sdk, mode, server)


@pytest.mark.parametrize("mode", MODES)
def test_usage(sdk: SDK, name: str, mode: str, server: WireServer):
    """The two sums are what every SDK reports; anthropic counts cached tokens apart."""
    server.play(Answer(text=["a", "b"], usage=Usage(input=20, output=9, cached=4, reasoning=3)))
    if name == "gemini":
        pytest.skip("the retired SDK knows no reasoning tokens")
    expected = (16, 9) if name == "anthropic" else (20, 9)
    assert expected == ask(sdk, mode, server).usage


@pytest.mark.parametrize("chunking", ["byte", "whole", 7, (3, 50, 51)])
def test_chunking(sdk: SDK, name: str, chunking: Chunking, server: WireServer):
    """However the bytes are cut, an SDK sees the same."""
    call = ToolCall(name="f", arguments={"é": "ß"}, pieces=2)
    server.play(Answer(text=["Grüße", " 🦊"], tools=[call], chunking=chunking))
    expected = Seen(
        text="Grüße 🦊", tools=[("f", {"é": "ß"})], finish=FINISH[name][2], usage=(10, 5)
    )
    assert expected == sdk.stream(server)


@pytest.mark.parametrize("status", [400, 401, 429, 500])
@pytest.mark.parametrize("mode", ["plain", "stream"])
def test_failure(sdk: SDK, name: str, mode: str, status: int, server: WireServer):
    """Every SDK reads a failure's message out of the provider's own error body."""
    if name == "gemini" and mode == "stream":
        pytest.skip("the retired SDK loses the status and the text of a stream's error")
    server.play(Failure(status=status, message="the reason why"))
    with pytest.raises(Exception, match="the reason why"):
        ask(sdk, mode, server)


@pytest.mark.parametrize("mode", ["stream", "astream"])
def test_error_event(sdk: SDK, name: str, mode: str, server: WireServer):
    """A failure inside a stream is in the provider's own shape: its SDK finds it, as it does."""
    error = ErrorEvent(after=2, message="the reason why", status=503)
    server.play(Answer(text=["a", "b", "c"], faults=[error]))
    if name.startswith("cohere"):
        assert ask(sdk, mode, server).finish == "ERROR"  # these SDKs do not raise
    elif name == "gemini":
        assert ask(sdk, mode, server).finish is None  # nor does the retired one
    else:
        # Mistral's SDK quotes the beginning of what it could not read.
        text = "'object': 'error'" if name == "mistral" else "the reason why"
        with pytest.raises(Exception, match=text):
            ask(sdk, mode, server)


def test_error_event_without_a_stream(sdk: SDK, server: WireServer):
    """A call that does not stream gets the same error as an HTTP status."""
    server.play(Answer(text="a", faults=[ErrorEvent(message="the reason why", status=400)]))
    with pytest.raises(Exception, match="the reason why"):
        sdk.plain(server)


@pytest.mark.parametrize("how", ["close", "reset"])
@pytest.mark.parametrize("mode", ["stream", "astream"])
def test_cut(sdk: SDK, mode: str, how: Any, server: WireServer):
    """A connection that breaks in the middle of an answer is an error in every SDK."""
    server.play(Answer(text=["a", "b", "c"], faults=[Cut(after=2, how=how)]))
    with pytest.raises(Exception):  # noqa: B017, PT011 - nine SDKs, nine classes
        ask(sdk, mode, server)
    assert server.events_sent == 2


def test_clean_cut(sdk: SDK, name: str, server: WireServer):
    """Input that ends too early, but properly, shows in no SDK but by the missing finish reason."""
    server.play(Answer(text=["a", "b", "c"], faults=[Cut(after=2, how="clean")]))
    if name == "gemini":
        with pytest.raises(ValueError, match="Unfinished stream"):
            sdk.stream(server)
    elif name == "openai responses":
        with pytest.raises(AttributeError):  # there is no final response to read
            sdk.stream(server)
    else:
        assert sdk.stream(server).finish is None


@pytest.mark.parametrize("mode", ["plain", "stream"])
def test_hangup(sdk: SDK, mode: str, server: WireServer):
    """A connection that ends unanswered is an error in every SDK."""
    server.play(Hangup())
    with pytest.raises(Exception):  # noqa: B017, PT011 - nine SDKs, nine classes
        ask(sdk, mode, server)
    assert server.events_sent == 0
