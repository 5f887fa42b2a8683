"""Both ways to read a stream give the same: the bytes under the SDK's object, and the object."""

from __future__ import annotations

import random
from typing import Any

import pytest

from mirascope.core import Timeout
from mirascope.core.errors import StreamError, StreamTimeout
from mirascope.core.testing import Answer, Cut, ErrorEvent, Pause, Raw, ToolCall, WireServer
from tests.support.both_paths import Note, answer, both, seen, skip_without_fast_reader
from tests.support.differences import READ_WITHOUT_THE_SDK
from tests.support.playing import Outcome, play
from tests.support.providers import PROVIDERS, Provider
from tests.support.recordings import load, names

CALL = ToolCall(name="Note", arguments={"text": "größe 📖"}, pieces=6, id="call_1")


SCRIPTS = {
    "text": answer(text=["Hel", "lö", " 📖\u2028", "\n\n"]),
    "tools": answer(text=["Hm"], tools=[CALL, CALL], interleave=True),
    "pinged": answer(text=["a", "b"], comment="ping"),
    "crlf": answer(text=["a", "b"], newline="\r\n"),
    "cut": answer(text=["a", "b", "c"], faults=[Cut(after=3, how="close")]),
    "cut in an event": answer(text=["abcdef"] * 3, faults=[Cut(after=500, unit="bytes")]),
    "clean end": answer(text=["a", "b", "c"], faults=[Cut(after=3, how="clean")]),
    "error": answer(text=["a", "b", "c"], faults=[ErrorEvent(after=2)]),
    "held open": answer(text=["a", "b"], hold_open=True),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts(provider: Provider, colour: str, name: str, server: WireServer) -> None:
    """Ordinary and broken streams read the same."""
    skip_without_fast_reader(provider)
    if name == "held open" and "end_marker" in provider.lacks:
        pytest.skip(f"nothing but the end of the body says that {provider.label} is done")

    if (provider.name, name) in READ_WITHOUT_THE_SDK:
        server.play(SCRIPTS[name])
        assert "finished" == play(provider, colour, server).stream.state
        return
    fast, slow = both(provider, colour, server, SCRIPTS[name])

    assert seen(slow) == seen(fast)
    assert "sdk" == slow.stream.path
    assert "sdk" != fast.stream.path


def test_what_follows_the_end_is_no_part_of_the_answer(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A proxy's late report is read on no path, where the provider has marked the end."""
    skip_without_fast_reader(provider)
    if not provider.adapter.fast.wire.last and b"[DONE]" not in provider.body(Answer(text=["a"])):
        pytest.skip(f"nothing but the end of the body says that {provider.label} is done")
    body = provider.body(Answer(text=["a"])) + b'event: error\ndata: {"type": "error"}\n\n'

    fast, slow = both(provider, colour, server, Raw(body=body))

    assert seen(slow) == seen(fast)
    assert ("finished", None) == (fast.stream.state, fast.error)


def test_an_ordinary_stream_is_read_fast(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """Text, tools, usage and keep-alive comments need nothing of the SDK's iterator."""
    skip_without_fast_reader(provider)
    server.play(Answer(text=["a", "b"], tools=[CALL], comment="ping"))

    assert "fast" == play(provider, colour, server, tools=[Note]).stream.path


@pytest.mark.parametrize("name", ["tools", "error"])
def test_every_cut(provider: Provider, name: str, server: WireServer) -> None:
    """Cut once at every byte, the stream still reads as the SDK reads it whole."""
    skip_without_fast_reader(provider)
    script = SCRIPTS[name]
    server.play(script)
    client = provider.make_client(server, colour="sync")
    slow = seen(play(provider, "sync", server, stream={"fast_reader": False}, tools=[Note]))
    body = provider.body(script)
    with client:
        for at in range(1, len(body)):
            server.play(Raw(body=body, chunking=[at]))
            recommend = _decorated(provider, client)
            outcome = Outcome(stream=recommend())
            try:
                outcome.steps.extend(outcome.stream)
            except Exception as error:
                outcome.error = error
            found = seen(outcome)
            assert slow["steps"] == found["steps"], f"cut at {at}"
            assert slow["error"] == found["error"], f"cut at {at}"


def _decorated(provider: Provider, client: Any) -> Any:
    decorator = provider.module.call(model="m", stream=True, client=client, tools=[Note])
    return decorator(lambda: "Hello")


ODD = {
    "not JSON": b"data: {oops}\n\n",
    "not an object": b'data: [1]\n\ndata: "x"\n\ndata: 3\n\ndata: null\n\n',
    "no space": None,
    "several data lines": b'data: {"choices":\ndata: []}\n\n',
    "an id and a retry": b"id: 7\nretry: 10\n\n",
    "a bare carriage return": b"data: {}\r\r",
    "invalid UTF-8": b'data: {"x": "\xff\xfe"}\n\n',
    "an unknown event": b'event: brand-new\ndata: {"type": "brand-new", "x": 1}\n\n',
    "an empty event": b"data: {}\n\n",
    "an empty data line": b"data:\n\n",
    "blank lines": b"\n\n\n\n",
    "a comment with a line after it": b': hi\ndata: {"choices": []}\n\n',
    "no last blank line": b'data: {"choices": []}',
    "an event after the end": (
        b'data: [DONE]\n\ndata: {"choices": [{"delta": {"content": "x"}}]}\n\n'
    ),
    "choices are null": b'data: {"id": "x", "choices": null}\n\n',
    "an error that is null": b'data: {"error": null, "choices": []}\n\n',
    "an error that is a text": b'data: {"error": "boom"}\n\n',
    "nothing": b"",
}


@pytest.mark.parametrize("place", ["first", "last"])
@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("chunking", ["whole", "byte"])
def test_odd_bodies(
    provider: Provider, colour: str, name: str, place: str, chunking: Any, server: WireServer
) -> None:
    """Whatever a server sends means what it means to the SDK that is installed."""
    skip_without_fast_reader(provider)
    ordinary = provider.body(Answer(text=["a", "b"]))
    odd = ODD[name]
    if odd is None:
        body = ordinary.replace(b"data: ", b"data:")
    else:
        body = odd + ordinary if place == "first" else ordinary[: len(ordinary) // 2]
        if place == "last":
            body = body[: body.rfind(b"\n\n") + 2] + odd

    fast, slow = both(provider, colour, server, Raw(body=body, chunking=chunking))

    if (provider.name, name) in READ_WITHOUT_THE_SDK:
        assert isinstance(slow.error, provider.sdk_error)
        assert isinstance(fast.error, StreamError | None)
        assert slow.text == fast.text[: len(slow.text)]
        return
    assert seen(slow) == seen(fast)


def _cases() -> list[Any]:
    return [
        pytest.param(provider, name, id=name if isinstance(name, str) else provider.name, marks=m)
        for provider in PROVIDERS
        for name in names(*provider.recordings, api=provider.api, streamed=True)
        for m in [getattr(name, "marks", ())]
    ]


@pytest.mark.parametrize(("provider", "name"), _cases())
def test_recordings(provider: Provider, name: str, colour: str, server: WireServer) -> None:
    """Recorded streams, cut at random, read the same."""
    skip_without_fast_reader(provider)
    recording = load(name)
    chance = random.Random(name)
    cuts = sorted(chance.sample(range(len(recording.body)), min(40, len(recording.body))))
    script = Raw(body=recording.body, content_type=recording.content_type, chunking=cuts)

    fast, slow = both(provider, colour, server, script)

    assert seen(slow) == seen(fast)


def test_the_fast_reader_can_be_turned_off(
    provider: Provider,
    colour: str,
    server: WireServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The environment turns it off for a program, and a call can overrule that."""
    skip_without_fast_reader(provider)
    server.play(Answer(text=["a"]))
    monkeypatch.setenv("MIRASCOPE_FAST_READER", "0")

    assert "sdk" == play(provider, colour, server).stream.path
    config = {"fast_reader": True}
    assert "fast" == play(provider, colour, server, stream=config).stream.path


class _Wrapped:
    """What an observability tool makes of a stream: a proxy that sees every chunk."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.seen: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def __iter__(self) -> Any:
        for chunk in self.stream:
            self.seen.append(chunk)
            yield chunk


def test_a_wrapped_stream_is_left_to_its_wrapper(
    provider: Provider, server: WireServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tool that wraps what the client returns sees every chunk."""
    skip_without_fast_reader(provider)
    server.play(Answer(text=["a", "b"]))
    client = provider.make_client(server, colour="sync")
    fast = provider.adapter.fast
    assert fast is not None
    original, wrapped = fast.method(client), []

    def create(*args: Any, **kwargs: Any) -> Any:
        wrapped.append(_Wrapped(original(*args, **kwargs)))
        return wrapped[-1]

    owner = getattr(original, "__self__", client)
    monkeypatch.setattr(owner, original.__name__, create)
    outcome = play(provider, "sync", server, client=client)

    assert "ab" == outcome.text
    assert "sdk" == outcome.stream.path
    assert len(wrapped[0].seen) >= 2


def test_a_limit_closes_the_connection_under_a_wrapper(
    provider: Provider, server: WireServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tool may put a generator, which shows no response, in place of the stream."""
    skip_without_fast_reader(provider)
    if provider.name == "cohere":
        pytest.skip("cohere's SDK keeps the response where only the wrapper could reach it")
    server.play(Answer(text=["a", "b"], faults=[Pause(seconds=20, after=2)]))
    client = provider.make_client(server, colour="sync")
    fast = provider.adapter.fast
    assert fast is not None
    original = fast.method(client)

    def create(*args: Any, **kwargs: Any) -> Any:
        return (chunk for chunk in original(*args, **kwargs))

    monkeypatch.setattr(original.__self__, original.__name__, create)
    limits = Timeout(between_chunks=0.3)
    with client:
        outcome = play(provider, "sync", server, client=client, timeout=limits)
        assert server.wait_closed(2)

    assert isinstance(outcome.error, StreamTimeout)


def test_a_patched_stream_class_is_left_alone(
    provider: Provider, server: WireServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tool that patches the class's iteration sees every chunk."""
    skip_without_fast_reader(provider)
    server.play(Answer(text=["a", "b"]))
    fast = provider.adapter.fast
    assert fast is not None
    if not hasattr(fast.stream, "__iter__"):
        pytest.skip(f"{provider.name}'s SDK streams with generators, which have no class of theirs")
    original, looked = fast.stream.__iter__, []

    def patched(stream: Any) -> Any:
        # A stream may be its own iterator, and `for` would come back here.
        chunks = original(stream)
        while (chunk := next(chunks, None)) is not None:
            looked.append(chunk)
            yield chunk

    monkeypatch.setattr(fast.stream, "__iter__", patched)
    outcome = play(provider, "sync", server)

    assert "ab" == outcome.text
    assert "sdk" == outcome.stream.path
    assert looked
