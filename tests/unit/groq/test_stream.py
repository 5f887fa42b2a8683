"""What Groq's streams have beyond chat completions: `x_groq` and the provider's own tools."""

from __future__ import annotations

from typing import Any

import groq
import httpx
import pytest

from mirascope.core.base._events import plain
from mirascope.core.base._fold import FoldContext
from mirascope.core.errors import ProviderStreamError
from mirascope.core.groq._adapter import ADAPTER

COUNTS = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15, "queue_time": 0.1}


def chunk(delta: dict[str, Any], finish: str | None = None, **more: Any) -> dict[str, Any]:
    """One event with one choice."""
    return {
        "id": "c-1",
        "model": "m",
        "object": "chat.completion.chunk",
        "created": 1,
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        **more,
    }


def usage_event(**more: Any) -> dict[str, Any]:
    """The event without choices that carries the usage."""
    return {**chunk({}), "choices": [], "usage": COUNTS, **more}


def folded(*events: Any) -> tuple[Any, list[Any]]:
    """A fold that was fed with the events, and the chunks it showed."""
    fold = ADAPTER.fold(FoldContext(model="m"))
    steps = [step for event in events for step in fold.feed(event)]
    return fold, [view for view, _ in (*steps, *fold.finish())]


ENDS: dict[str, list[Any]] = {
    "x_groq": [chunk({}, "stop", x_groq={"id": "req", "usage": COUNTS})],
    "both": [chunk({}, "stop", usage=COUNTS, x_groq={"id": "req", "usage": COUNTS})],
    "asked": [chunk({}, "stop", x_groq={"id": "req", "usage": COUNTS}), usage_event()],
    "asked_both": [
        chunk({}, "stop", usage=COUNTS, x_groq={"id": "req", "usage": COUNTS}),
        usage_event(service_tier="on_demand"),
    ],
    "own_event_alone": [chunk({}, "stop", x_groq={"id": "req"}), usage_event()],
}


@pytest.mark.parametrize("end", ENDS)
def test_usage_is_found_wherever_it_is(end: str) -> None:
    """Token counts are on the finish chunk, the fold and the response, once each."""
    start = chunk({"role": "assistant", "content": "a"}, x_groq={"id": "req", "seed": 7})

    fold, views = folded(start, *ENDS[end])

    assert ["a", ""] == [view.content for view in views]
    assert [None, 5] == [view.output_tokens for view in views]
    assert ["stop"] == views[-1].finish_reasons
    assert 15 == fold.common_usage.total_tokens
    response = plain(fold.response())
    assert 0.1 == response["usage"]["queue_time"]
    assert {"id": "req", "seed": 7} == {k: v for k, v in response["x_groq"].items() if v}


def test_cache_statistics_are_no_usage() -> None:
    """What a whole response has under `x_groq.usage` is not taken for token counts."""
    cache = {"dram_cached_tokens": 3}

    fold, _ = folded(
        chunk({"content": "a"}, "stop", usage=COUNTS, x_groq={"id": "r", "usage": cache})
    )

    assert 10 == fold.common_usage.input_tokens
    assert cache == plain(fold.response())["x_groq"]["usage"]


def test_a_usage_breakdown_goes_to_the_top_of_the_response() -> None:
    """A response has the usage of each model at its top."""
    breakdown = {"models": [{"model": "m1", "usage": COUNTS}]}

    fold, _ = folded(chunk({}, "stop", x_groq={"usage": COUNTS, "usage_breakdown": breakdown}))

    assert breakdown == fold.response().to_dict()["usage_breakdown"]


def test_an_executed_tool_is_reported_again_when_it_is_done() -> None:
    """A second report of a tool is not added to the first: it says all of it again."""
    begun = {"index": 0, "type": "search", "arguments": '{"q": 1}', "search_results": None}
    done = {"index": 0, "type": "search", "arguments": '{"q": 1}', "output": "found"}
    other = {"index": 1, "type": "python", "arguments": "{}", "output": "2"}

    fold, views = folded(
        chunk({"executed_tools": [begun]}),
        chunk({"executed_tools": [done, other]}),
        chunk({"content": "Done."}, "stop"),
    )

    message = fold.response().to_dict()["choices"][0]["message"]
    assert [{**begun, **done}, other] == [
        {**tool, "search_results": None} if tool["index"] == 0 else tool
        for tool in message["executed_tools"]
    ]
    assert 3 == len(views)
    assert "Done." == fold.content


def test_the_first_id_stands() -> None:
    """Compound systems change the id in mid-stream; the answer keeps the one it began with."""
    fold, views = folded(chunk({"content": "a"}), chunk({}, "stop", id="stub"))

    assert "c-1" == fold.id == fold.response().id
    assert ["c-1", "stub"] == [view.id for view in views]


def test_an_error_that_stops_the_stream() -> None:
    """`x_groq.error` is a failure; the event that says it is shown, a held finish too."""
    fold = ADAPTER.fold(FoldContext(model="m"))

    steps = fold.feed(chunk({}, "stop", x_groq={"error": "over capacity"}))

    assert 1 == len(steps)
    assert "over capacity" == fold.failure


def test_a_reported_error_is_the_sdks() -> None:
    """The failure is raised as the SDK's exception, with the request of the stream."""
    request = httpx.Request("POST", "http://127.0.0.1/")
    reported = ProviderStreamError("groq reported", body="over capacity")

    error = ADAPTER.failure(reported, request)

    assert type(error) is groq.APIError
    assert ("over capacity", "over capacity") == (error.message, error.body)
    assert error.request is request


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (httpx.ReadError("reset"), groq.APIConnectionError),
        (httpx.RemoteProtocolError("closed"), groq.APIConnectionError),
        (httpx.ReadTimeout("slow"), groq.APITimeoutError),
        (ValueError("else"), ValueError),
    ],
)
def test_transport_failures_are_the_sdks_own(raised: Exception, expected: type[Exception]) -> None:
    """What the SDK lets through in mid-stream is what it raises while opening."""
    request = httpx.Request("POST", "http://127.0.0.1/")

    assert expected is type(ADAPTER.failure(raised, request))
