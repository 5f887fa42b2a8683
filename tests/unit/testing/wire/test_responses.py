"""OpenAI's responses format, as values."""

from __future__ import annotations

import pytest

from mirascope.core.testing import Answer, ErrorEvent, Failure, ToolCall, Usage
from tests.unit.testing.wire.rendered import events, raw_events, whole

PATH = "/openai/v1/responses"


def test_text_events():
    """A text comes in its documented order of events, numbered from 0."""
    found = events(Answer(text=["a", "b"]), PATH, stream=True)
    expected = [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added",
        "response.output_text.delta",
        "response.output_text.delta",
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.completed",
    ]
    assert expected == [event["type"] for event in found]
    assert list(range(10)) == [event["sequence_number"] for event in found]
    assert "ab" == found[6]["text"] == found[7]["part"]["text"]
    raw = raw_events(Answer(text=["a", "b"]), PATH, stream=True)
    assert all(
        event.startswith(f"event: {kind}\ndata: ".encode())
        for event, kind in zip(raw, expected, strict=True)
    )


@pytest.mark.parametrize(
    "answer",
    [
        Answer(text=["a", "b"]),
        Answer(refusal=["n", "o"], text="a"),
        Answer(reasoning=["h", "m"], signature="s", tools=[ToolCall(name="f", pieces=2)]),
        Answer(signature="s", text="a", finish="length"),
    ],
)
def test_the_last_event_is_the_whole_answer(answer: Answer):
    """What the last event carries is what a call that does not stream gets."""
    found = events(answer, PATH, stream=True)
    expected = whole(answer, PATH)
    assert expected == found[-1]["response"]
    done = [event["item"] for event in found if event["type"] == "response.output_item.done"]
    assert expected["output"] == done


def test_output():
    """Reasoning, text and refusal, and calls are items; each has its own id."""
    answer = Answer(
        reasoning="hm", signature="s", text="a", refusal="no", tools=[ToolCall(name="f")]
    )
    reasoning, message, call = whole(answer, PATH)["output"]
    assert reasoning == {
        "id": "rs_1",
        "type": "reasoning",
        "summary": [{"type": "summary_text", "text": "hm"}],
        "encrypted_content": "s",
    }
    assert message["content"] == [
        {"type": "output_text", "annotations": [], "text": "a", "logprobs": []},
        {"type": "refusal", "refusal": "no"},
    ]
    assert call == {
        "id": "fc_1_0",
        "type": "function_call",
        "call_id": "call_1_0",
        "name": "f",
        "status": "completed",
        "arguments": "{}",
    }


def test_interleaved_calls():
    """Interleaved calls take turns; they are told apart by their output index."""
    calls = [ToolCall(name="f", arguments="abcd", pieces=2), ToolCall(name="g")]
    found = events(Answer(text="a", tools=calls, interleave=True), PATH, stream=True)
    kinds = ("function_call_arguments.delta", "output_item.added")
    turns = [event["output_index"] for event in found if event["type"].endswith(kinds)]
    assert turns == [0, 1, 2, 1, 2, 1]


@pytest.mark.parametrize(
    ("finish", "status", "details"),
    [
        (None, "completed", None),
        ("length", "incomplete", {"reason": "max_output_tokens"}),
        ("content_filter", "incomplete", {"reason": "content_filter"}),
    ],
)
def test_status(finish: str | None, status: str, details: dict[str, str] | None):
    """A finish reason is a status, with the reason in the details of an incomplete one."""
    found = events(Answer(text="a", finish=finish), PATH, stream=True)[-1]
    assert f"response.{status}" == found["type"]
    assert (status, details) == (
        found["response"]["status"],
        found["response"]["incomplete_details"],
    )


def test_usage():
    """Usage is in the last event, and null before."""
    usage = Usage(input=9, output=4, cached=2, reasoning=1)
    found = events(Answer(text="a", usage=usage), PATH, stream=True)
    assert found[0]["response"]["usage"] is None
    assert found[-1]["response"]["usage"] == {
        "input_tokens": 9,
        "input_tokens_details": {"cached_tokens": 2},
        "output_tokens": 4,
        "output_tokens_details": {"reasoning_tokens": 1},
        "total_tokens": 13,
    }
    assert whole(Answer(usage=None), PATH)["usage"] is None


def test_error_event():
    """An error is an event of its own, and the response then fails."""
    answer = Answer(text="a", faults=[ErrorEvent(after=3, message="no", status=429)])
    *before, error, failed = events(answer, PATH, stream=True)
    assert 3 == len(before) == error["sequence_number"]
    assert (
        error["type"],
        error["error"]["code"],
        error["error"]["message"],
    ) == ("error", "rate_limit_exceeded", "no")
    assert (
        failed["type"],
        failed["response"]["status"],
        failed["sequence_number"],
    ) == ("response.failed", "failed", 4)


def test_error_event_of_ones_own():
    """A given body takes the place of the error event's data."""
    flat = {"type": "error", "code": "x", "message": "no", "param": None, "sequence_number": 0}
    found = events(Answer(faults=[ErrorEvent(body=flat)]), PATH, stream=True)
    assert flat == found[0]


def test_failure():
    """An error status has OpenAI's error body."""
    assert whole(Failure(status=401), PATH)["error"]["code"] == "invalid_api_key"


def test_one_choice():
    """There is one choice here; several are a mistake that says so."""
    with pytest.raises(ValueError, match="answers with one choice; this script has 2"):
        whole(Answer(text="a", choices=[Answer(text="b")]), PATH)
