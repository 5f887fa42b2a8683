"""Anthropic's messages format, as values."""

from __future__ import annotations

import pytest

from mirascope.core.testing import Answer, ErrorEvent, Failure, ToolCall, Usage
from tests.unit.testing.wire.rendered import events, raw_events, whole

PATH = "/anthropic/v1/messages"
RICH = Answer(
    reasoning=["h", "m"],
    signature="sig",
    text=["a", "b"],
    tools=[ToolCall(name="f", arguments={"k": 1}, pieces=2), ToolCall(name="g", id="x")],
    usage=Usage(input=9, output=4, cached=2),
)


def test_stream():
    """Blocks follow each other, each started, filled and stopped; a ping is where pings are."""
    start, *found = events(RICH, PATH, stream=True)
    assert start["message"]["usage"] == {
        "input_tokens": 7,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": 2,
        "output_tokens": 1,
    }
    assert tuple(start["message"][key] for key in ("id", "model", "content", "stop_reason")) == (
        "msg_1",
        "m",
        [],
        None,
    )
    thinking = {"type": "thinking", "thinking": "", "signature": ""}
    assert found == [
        {"type": "content_block_start", "index": 0, "content_block": thinking},
        {"type": "ping"},
        delta(0, type="thinking_delta", thinking="h"),
        delta(0, type="thinking_delta", thinking="m"),
        delta(0, type="signature_delta", signature="sig"),
        {"type": "content_block_stop", "index": 0},
        started(1, type="text", text=""),
        delta(1, type="text_delta", text="a"),
        delta(1, type="text_delta", text="b"),
        {"type": "content_block_stop", "index": 1},
        started(2, type="tool_use", id="toolu_1_0", name="f", input={}),
        delta(2, type="input_json_delta", partial_json=""),
        delta(2, type="input_json_delta", partial_json='{"k"'),
        delta(2, type="input_json_delta", partial_json=": 1}"),
        {"type": "content_block_stop", "index": 2},
        started(3, type="tool_use", id="x", name="g", input={}),
        delta(3, type="input_json_delta", partial_json=""),
        delta(3, type="input_json_delta", partial_json="{}"),
        {"type": "content_block_stop", "index": 3},
        {
            "type": "message_delta",
            "delta": {"stop_reason": "tool_use", "stop_sequence": None},
            "usage": {"output_tokens": 4},
        },
        {"type": "message_stop"},
    ]


def started(index: int, **block: object) -> dict[str, object]:
    return {"type": "content_block_start", "index": index, "content_block": block}


def delta(index: int, **fields: object) -> dict[str, object]:
    return {"type": "content_block_delta", "index": index, "delta": fields}


def test_event_lines():
    """Every event is named twice, in its line and in its data."""
    first, *_, last = raw_events(RICH, PATH, stream=True)
    assert first.startswith(b'event: message_start\ndata: {"type":"message_start"')
    assert last == b'event: message_stop\ndata: {"type":"message_stop"}\n\n'


def test_whole():
    """The whole message has the same blocks, the arguments as objects."""
    found = whole(RICH, PATH)
    assert found["content"] == [
        {"type": "thinking", "thinking": "hm", "signature": "sig"},
        {"type": "text", "text": "ab"},
        {"type": "tool_use", "id": "toolu_1_0", "name": "f", "input": {"k": 1}},
        {"type": "tool_use", "id": "x", "name": "g", "input": {}},
    ]
    assert (
        found["stop_reason"],
        found["usage"]["input_tokens"],
        found["usage"]["cache_read_input_tokens"],
        found["usage"]["output_tokens"],
    ) == ("tool_use", 7, 2, 4)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(text="a"), "end_turn"),
        (Answer(text="a", finish="length"), "max_tokens"),
        (Answer(refusal="no"), "refusal"),
        (Answer(text="a", finish="pause_turn"), "pause_turn"),
    ],
)
def test_stop_reason(answer: Answer, expected: str):
    """Finish reasons in Anthropic's words; a refusal is one."""
    assert expected == whole(answer, PATH)["stop_reason"]
    assert expected == events(answer, PATH, stream=True)[-2]["delta"]["stop_reason"]


def test_nothing_said():
    """An answer that says nothing has no blocks."""
    found = events(Answer(), PATH, stream=True)
    kinds = ["message_start", "message_delta", "message_stop"]
    assert kinds == [event["type"] for event in found]
    assert whole(Answer(), PATH)["content"] == []


def test_without_usage():
    """Without usage the last delta has none."""
    assert "usage" not in events(Answer(usage=None), PATH, stream=True)[-2]


def test_error_event():
    """An error event ends the stream, named as errors are."""
    error = ErrorEvent(after=1, message="Overloaded", status=529)
    found = raw_events(Answer(text="a", faults=[error]), PATH, stream=True)
    expected = (
        b'event: error\ndata: {"type":"error",'
        b'"error":{"type":"overloaded_error","message":"Overloaded"}}\n\n'
    )
    assert [expected] == found[1:]


def test_failure():
    """An error status has the same error object, and the request's id."""
    assert whole(Failure(status=429, message="slow"), PATH) == {
        "type": "error",
        "error": {"type": "rate_limit_error", "message": "slow"},
        "request_id": "req_1",
    }


def test_what_cannot_be_sent():
    """Arguments that are no object, and several choices, are mistakes that say so."""
    broken = Answer(tools=[ToolCall(name="f", arguments="{")])
    with pytest.raises(ValueError, match="arguments of 'f'"):
        whole(broken, PATH)
    assert events(broken, PATH, stream=True)[4]["delta"]["partial_json"] == "{"
    with pytest.raises(ValueError, match="one choice"):
        events(Answer(choices=[Answer()]), PATH, stream=True)
