"""Odd but real forms of Mistral's streams."""

from __future__ import annotations

import re
from typing import Any

import pytest
from mistralai.client.models import ChatCompletionResponse, CompletionChunk, CompletionEvent

from mirascope.core import BaseTool
from mirascope.core.base._fold import FoldContext
from mirascope.core.base._tool_types import tool_types
from mirascope.core.mistral._adapter import ADAPTER


class A(BaseTool):
    """Takes a number."""

    x: int = 0

    def call(self) -> int:
        return self.x


class B(A):
    """Takes another."""


def chunk(delta: dict[str, Any], finish: str | None = None, **more: Any) -> dict[str, Any]:
    """One event with one choice."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c-1", "model": "m", "created": 1, "choices": [choice], **more}


def folded(*events: Any) -> Any:
    """A fold that was fed with the events."""
    fold = ADAPTER.fold(FoldContext(model="m", tools=tool_types([A, B], ADAPTER.tool)))
    for event in events:
        fold.feed(event)
    fold.finish()
    return fold


def called(fold: Any) -> list[tuple[str, Any, str | None]]:
    """Name, argument and id of each tool."""
    return [(type(tool).__name__, tool.x, tool.id) for tool in fold.tools]


def call(name: str, arguments: Any, **more: Any) -> dict[str, Any]:
    """A tool call as it is on the wire."""
    return {"function": {"name": name, "arguments": arguments}, **more}


@pytest.mark.parametrize(
    "calls",
    [
        [call("A", '{"x": 1}', id="a", index=0), call("B", '{"x": 2}', id="b", index=1)],
        [call("A", '{"x": 1}', id="a", index=0), call("B", '{"x": 2}', id="b", index=0)],
        [call("A", '{"x": 1}', id="a"), call("B", '{"x": 2}', id="b")],
        [call("A", {"x": 1}, id="a"), call("B", {"x": 2}, id="b")],
    ],
)
def test_parallel_calls_however_they_are_numbered(calls: list[dict[str, Any]]) -> None:
    """A new id is a new call; arguments are a text or an object."""
    fold = folded(chunk({"content": "", "tool_calls": calls}, "tool_calls"))

    assert [("A", 1, "a"), ("B", 2, "b")] == called(fold)


@pytest.mark.parametrize("no_id", [{}, {"id": "null"}, {"id": None}])
def test_calls_without_an_id(no_id: dict[str, Any]) -> None:
    """A missing id, and the API's word for it, are no id: each call is given one that fits."""
    calls = [call("A", '{"x": 1}', **no_id), call("A", '{"x": 2}', **no_id)]

    fold = folded(chunk({"tool_calls": calls}, "tool_calls"))

    (*first, one), (*second, other) = called(fold)
    assert [["A", 1], ["A", 2]] == [first, second]
    assert one != other
    assert all(re.fullmatch("[a-z0-9]{9}", each) for each in (one, other))
    native = [tool.id for tool in fold.response().choices[0].message.tool_calls]
    assert ["null", "null"] == native


def test_a_call_in_pieces() -> None:
    """Fragments of arguments are known by their index, with or without a name."""
    fold = folded(
        chunk({"tool_calls": [call("A", '{"x"', id="a", index=0)]}),
        chunk({"tool_calls": [call("", ": 1", id="null", index=0)]}),
        chunk({"tool_calls": [{"index": 0, "function": {"arguments": "}"}}]}),
        chunk({}, "tool_calls"),
    )

    assert [("A", 1, "a")] == called(fold)


def test_thinking_is_kept_for_the_next_turn() -> None:
    """The rebuilt content has the parts, and the message for the next turn their signatures."""
    thought = {"type": "thinking", "thinking": [{"type": "text", "text": "Hm"}], "signature": "s"}
    fold = folded(
        chunk({"content": ""}), chunk({"content": [thought]}), chunk({"content": "a"}, "stop")
    )

    response = fold.response()

    assert ("a", "Hm") == (fold.content, fold.reasoning)
    content = response.model_dump()["choices"][0]["message"]["content"]
    assert [thought, {"type": "text", "text": "a"}] == content


@pytest.mark.parametrize(
    ("report", "cached"),
    [
        ({"num_cached_tokens": 4}, 4),
        ({"prompt_tokens_details": {"cached_tokens": 5}}, 5),
        ({}, None),
    ],
)
def test_cached_tokens_under_either_name(report: dict[str, Any], cached: int | None) -> None:
    """Cached tokens have had two names; input tokens include them."""
    counts = {"prompt_tokens": 10, "completion_tokens": 2, "total_tokens": 12, **report}

    fold = folded(chunk({"content": "a"}, "stop", usage=counts))

    assert (10, cached) == (fold.common_usage.input_tokens, fold.common_usage.cached_tokens)


def test_a_choice_without_a_finish_reason_is_not_finished() -> None:
    """The key may be missing, or null; either way the answer goes on."""
    event = chunk({"content": "a"})
    del event["choices"][0]["finish_reason"]

    fold = folded(event)

    assert not fold.complete
    assert "a" == fold.content
    response = fold.response()
    assert isinstance(response, ChatCompletionResponse)
    assert "a" == response.choices[0].message.content
    assert (None, None) == (response.choices[0].finish_reason, response.usage.total_tokens)
    assert "a" == response.model_dump()["choices"][0]["message"]["content"]


def test_a_chunk_that_the_sdk_would_refuse_is_built_all_the_same() -> None:
    """What is sound in it has the SDK's types; the rest is as it came."""
    event = chunk({"content": [7], "tool_calls": [{"id": 1, "function": {"name": "A"}}]}, "stop")
    fold = ADAPTER.fold(FoldContext(model="m"))

    (view, _), *_ = [*fold.feed(event), *fold.finish()]

    built = view.chunk
    assert isinstance(built, CompletionChunk)
    assert "stop" == built.choices[0].finish_reason
    assert [7] == built.choices[0].delta.content
    assert "A" == built.choices[0].delta.tool_calls[0].function.name


def test_the_wire_event_of_an_sdk_event() -> None:
    """A part that the SDK does not know is in the wire event as it came."""
    unknown = {"type": "hologram", "depth": 3}
    sent = chunk({"content": [unknown]})
    item = CompletionEvent.model_validate({"data": sent})

    event, raw = ADAPTER.read(item)

    assert sent == event
    assert raw is item.data


@pytest.mark.parametrize(
    "event",
    [
        {"object": "error", "message": "busy", "type": "internal_server_error"},
        chunk({"content": ""}, "error"),
    ],
)
def test_a_failure_is_reported(event: dict[str, Any]) -> None:
    """An error event, and a choice that ended in an error, are failures, and are shown."""
    fold = ADAPTER.fold(FoldContext(model="m"))

    steps = fold.feed(event)

    assert 1 == len(steps)
    assert fold.failure is not None
