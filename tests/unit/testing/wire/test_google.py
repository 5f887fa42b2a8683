"""Google's generateContent format, as values."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mirascope.core.testing import Answer, ErrorEvent, Failure, Request, ToolCall, Usage, render
from tests.unit.testing.wire.rendered import events, raw_events, whole

STREAM = "/google/v1beta/models/gem-1:streamGenerateContent"
WHOLE = "/google/v1beta/models/gem-1:generateContent"
RICH = Answer(
    reasoning="hm",
    text=["a", "b"],
    signature="sig",
    tools=[ToolCall(name="f", arguments={"k": 1}, pieces=5), ToolCall(name="g", id="x")],
    usage=Usage(input=9, output=9, cached=2, reasoning=1),
)
CALLS: list[Any] = [
    {"functionCall": {"name": "f", "args": {"k": 1}}, "thoughtSignature": "sig"},
    {"functionCall": {"name": "g", "args": {}, "id": "x"}},
]


def parts(found: list[Any]) -> list[Any]:
    return [event["candidates"][0]["content"]["parts"] for event in found]


def test_stream():
    """Text by the piece, calls whole and together, the finish reason with the last of it."""
    found = events(RICH, STREAM, alt="sse")
    expected = [[{"text": "hm", "thought": True}], [{"text": "a"}], [{"text": "b"}], CALLS]
    assert expected == parts(found)
    finish = [event["candidates"][0].get("finishReason") for event in found]
    assert finish == [None, None, None, "STOP"]
    assert {("gem-1", "response-1")} == {(e["modelVersion"], e["responseId"]) for e in found}
    assert all(e.endswith(b"}\r\n\r\n") for e in raw_events(RICH, STREAM, alt="sse"))


def test_usage_is_cumulative():
    """Every event has all counts until then; the last has the sums."""
    found = [event["usageMetadata"] for event in events(RICH, STREAM, alt="sse")]
    assert [usage["promptTokenCount"] for usage in found] == [9] * 4
    assert [usage["candidatesTokenCount"] for usage in found] == [2, 4, 6, 8]
    assert found[-1] == {
        "promptTokenCount": 9,
        "candidatesTokenCount": 8,
        "totalTokenCount": 18,
        "cachedContentTokenCount": 2,
        "thoughtsTokenCount": 1,
    }


def test_array():
    """Without `alt=sse` the stream is one JSON array, in pieces."""
    found = raw_events(RICH, STREAM)
    assert (found[0][:1], found[1][:3], found[-1]) == (b"[", b",\r\n", b"]")
    assert events(RICH, STREAM, alt="sse") == json.loads(b"".join(found))


def test_whole():
    """The whole answer joins the texts; a signature without calls is on a part of its own."""
    (candidate,) = whole(RICH, WHOLE)["candidates"]
    expected = [{"text": "hm", "thought": True}, {"text": "ab"}, *CALLS]
    assert (expected, "STOP", 0) == (
        candidate["content"]["parts"],
        candidate["finishReason"],
        candidate["index"],
    )
    signed = whole(Answer(text="a", signature="sig"), WHOLE)["candidates"][0]["content"]["parts"]
    assert signed == [{"text": "a"}, {"text": "", "thoughtSignature": "sig"}]


def test_nothing_said():
    """An answer that says nothing has a finish reason and no content."""
    answer = Answer(finish="OTHER", usage=None)
    expected = [{"finishReason": "OTHER", "index": 0}]
    assert expected == whole(answer, WHOLE)["candidates"]
    assert [expected] == [event["candidates"] for event in events(answer, STREAM, alt="sse")]
    assert "usageMetadata" not in whole(answer, WHOLE)


@pytest.mark.parametrize(("interleave", "expected"), [(False, [0, 0, 1]), (True, [0, 1, 0])])
def test_choices(*, interleave: bool, expected: list[int]):
    """Candidates have events of their own, in a row or in turn."""
    answer = Answer(text=["a", "b"], choices=[Answer(text="c")], interleave=interleave)
    found = events(answer, STREAM, alt="sse")
    assert expected == [event["candidates"][0]["index"] for event in found]
    assert [candidate["index"] for candidate in whole(answer, WHOLE)["candidates"]] == [0, 1]


@pytest.mark.parametrize(
    ("answer", "word", "number"),
    [
        (Answer(text="a"), "STOP", 1),
        (Answer(text="a", finish="length"), "MAX_TOKENS", 2),
        (Answer(text="a", finish="content_filter"), "SAFETY", 3),
        (Answer(refusal="no"), "SAFETY", 3),
        (Answer(finish="MALFORMED_FUNCTION_CALL"), "MALFORMED_FUNCTION_CALL", 10),
        (Answer(finish="BRAND_NEW"), "BRAND_NEW", 0),
    ],
)
def test_finish_reason(answer: Answer, word: str, number: int):
    """Finish reasons are words, or numbers for a client that asks for numbers."""
    assert word == whole(answer, WHOLE)["candidates"][0]["finishReason"]
    query = {"$alt": "json;enum-encoding=int"}
    (body,) = render(answer, Request(path=WHOLE, query=query))
    assert number == json.loads(body)["candidates"][0]["finishReason"]


def test_error_events():
    """A failure is the bare error object after the events, or an element of the array."""
    error = {"error": {"code": 503, "message": "no", "status": "UNAVAILABLE"}}
    answer = Answer(text=["a", "b"], faults=[ErrorEvent(after=1, message="no", status=503)])
    first, last = raw_events(answer, STREAM, alt="sse")
    assert first.startswith(b"data: ")
    assert error == json.loads(last)
    assert error == json.loads(b"".join(raw_events(answer, STREAM)))[1]
    at_once = Answer(faults=[ErrorEvent(message="no", status=503)])
    assert [error] == json.loads(b"".join(raw_events(at_once, STREAM)))


def test_failure():
    """An error status has the error object; a streamed array has it in an array."""
    error = {"error": {"code": 429, "message": "slow", "status": "RESOURCE_EXHAUSTED"}}
    failure = Failure(status=429, message="slow")
    assert error == whole(failure, WHOLE)
    assert error == json.loads(b"".join(raw_events(failure, STREAM, alt="sse")))
    assert [error] == json.loads(b"".join(raw_events(failure, STREAM)))


def test_arguments_that_are_no_object():
    """Google sends arguments as objects only."""
    with pytest.raises(ValueError, match="arguments of 'f'"):
        whole(Answer(tools=[ToolCall(name="f", arguments="{")]), WHOLE)
