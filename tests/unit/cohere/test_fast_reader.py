"""When the bytes under a stream of Cohere are read, and that they say what its events say."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from cohere import ClientV2
from cohere.core.http_response import HttpResponse
from cohere.v2.client import V2Client
from cohere.v2.raw_client import RawV2Client
from hypothesis import example, given
from hypothesis import strategies as st

from mirascope.core import cohere
from mirascope.core.base._fold import FoldContext
from mirascope.core.base._reader import EventReader
from mirascope.core.cohere._adapter import ADAPTER
from tests.support.wire import Reading

TEXTS = ["Hel", "lö ", "wor", "ld"]


def delta(kind: str, index: int | None, content: Any) -> dict[str, Any]:
    """An event with a piece of the content."""
    return {"type": kind, "index": index, "delta": {"message": {"content": content}}}


def wire(*events: dict[str, Any]) -> bytes:
    """The bytes of events."""
    said = ((each["type"], json.dumps(each, ensure_ascii=False)) for each in events)
    return "".join(f"event: {kind}\ndata: {data}\n\n" for kind, data in said).encode()


ANSWER = wire(
    {"type": "message-start", "id": "r-1", "delta": {"message": {"role": "assistant"}}},
    delta("content-start", 0, {"type": "text", "text": ""}),
    *(delta("content-delta", 0, {"text": text}) for text in TEXTS),
    {"type": "content-end", "index": 0},
    {"type": "message-end", "delta": {"finish_reason": "COMPLETE"}},
)
END = b"data: [DONE]\n\n"


class Body(httpx.SyncByteStream):
    """A body that arrives in pieces."""

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(ANSWER), 100):
            yield ANSWER[start : start + 100]
        yield END


def client(**options: Any) -> ClientV2:
    """A client that is always answered the same."""
    headers = {"content-type": "text/event-stream"}

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers=headers, stream=Body())

    transport = httpx.MockTransport(answer)
    return ClientV2(api_key="test", httpx_client=httpx.Client(transport=transport), **options)


def streamed(asked: ClientV2) -> tuple[str, str]:
    """The text of a stream, and how it was read."""
    stream = cohere.call("m", stream=True, client=asked)(lambda: "Hello")()
    text = "".join(chunk.content for chunk, _ in stream)
    return text, stream.path


@pytest.mark.parametrize("warns", [True, False])
def test_an_untouched_client_is_read_fast(warns: bool) -> None:
    """The SDK's own wrapper around its method, which a client may be made without, is no patch."""
    asked = client(log_warning_experimental_features=warns)

    assert ("".join(TEXTS), "fast") == streamed(asked)


def watched(original: Callable[..., Any], seen: list[Any]) -> Callable[..., Any]:
    """A method that lets every event of a stream be seen."""

    def chat_stream(*args: Any, **kwargs: Any) -> Iterator[Any]:
        for event in original(*args, **kwargs):
            seen.append(event)
            yield event

    return chat_stream


def test_a_replaced_method_sees_every_event() -> None:
    """Whoever replaces the method of one client is asked for the stream."""
    asked, seen = client(), list[Any]()
    asked.chat_stream = watched(asked.chat_stream, seen)  # type: ignore[method-assign]

    assert ("".join(TEXTS), "sdk", 8) == (*streamed(asked), len(seen))


def test_a_method_replaced_on_the_class_sees_every_event(monkeypatch: pytest.MonkeyPatch) -> None:
    """The patch is under the wrapper that the SDK puts around the method of every client."""
    seen: list[Any] = []
    monkeypatch.setattr(V2Client, "chat_stream", watched(V2Client.chat_stream, seen))

    assert ("".join(TEXTS), "sdk", 8) == (*streamed(client()), len(seen))


class Response(HttpResponse[Any]):
    """A tool's own class of raw responses."""


@pytest.mark.parametrize("kind", [HttpResponse, Response])
def test_a_replaced_raw_method_keeps_its_iterator(
    monkeypatch: pytest.MonkeyPatch, kind: type[HttpResponse[Any]]
) -> None:
    """A tool may wrap the iterator of the raw response, in the SDK's class or in its own."""
    original, seen = RawV2Client.chat_stream, list[Any]()

    @contextlib.contextmanager
    def chat_stream(*args: Any, **kwargs: Any) -> Iterator[Any]:
        with original(*args, **kwargs) as opened:
            events = watched(lambda: opened.data, seen)()
            yield kind(response=opened._response, data=events)

    monkeypatch.setattr(RawV2Client, "chat_stream", chat_stream)

    assert ("".join(TEXTS), "sdk", 8) == (*streamed(client()), len(seen))


def test_a_patched_raw_response_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tool may patch the SDK's class of raw responses."""
    seen: list[Any] = []
    events = property(lambda opened: watched(lambda: opened._data, seen)())
    monkeypatch.setattr(HttpResponse, "data", events)

    assert ("".join(TEXTS), "sdk", 8) == (*streamed(client()), len(seen))


text = st.text(st.sampled_from('abü"\\\n📖 '), max_size=3)
pieces = st.one_of(
    st.builds(lambda index, said: delta("content-delta", index, {"text": said}), st.just(0), text),
    st.builds(
        delta,
        st.sampled_from(["content-delta", "content-start"]),
        st.sampled_from([0, 1, None]),
        st.one_of(
            st.fixed_dictionaries({"text": text}),
            st.fixed_dictionaries({"type": st.just("text"), "text": text}),
            st.fixed_dictionaries({"thinking": text}),
            st.just({"text": None}),
            st.just({"text": {"is": "odd"}}),
        ),
    ),
    st.just({"type": "content-end", "index": 0}),
    st.builds(
        lambda said: {"type": "citation-start", "delta": {"message": {"citations": said}}},
        st.fixed_dictionaries({"text": text}),
    ),
)


BLOCKS_IN_TURN = [
    [delta("content-delta", 0, {"text": "a"})],
    [
        {"type": "content-end", "index": 0},
        delta("content-delta", 1, {"text": "b"}),
        delta("content-delta", 0, {"text": "c"}),
        delta("content-delta", 1, {"text": "d"}),
    ],
]


@example(BLOCKS_IN_TURN)
@given(st.lists(st.lists(pieces)))
def test_text_that_is_cut_out_is_text_that_is_parsed(reads: list[list[dict[str, Any]]]) -> None:
    """However blocks alternate in what a read brings, steps and response are those of events."""
    fast = ADAPTER.fast
    assert fast is not None
    slow = ADAPTER.fold(FoldContext(model="m", dialect="v2"))
    expected = [step for events in reads for event in events for step in slow.feed(event)]
    quick = ADAPTER.fold(FoldContext(model="m", dialect="v2"))
    reader = EventReader(fast.wire, Reading(quick))
    found = [step for events in reads for step in reader.feed(wire(*events))]

    assert expected == found
    assert repr(slow.response()) == repr(quick.response())
