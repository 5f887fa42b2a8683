"""Cohere's two chat formats, as values."""

from __future__ import annotations

import pytest

from mirascope.core.testing import Answer, ErrorEvent, Failure, ToolCall, Usage
from tests.unit.testing.wire.rendered import events, raw_events, whole

V2 = "/cohere/v2/chat"
V1 = "/cohere/v1/chat"
ID = "00000000-0000-4000-8000-000000000001"
RICH = Answer(
    reasoning="hm",
    text=["a", "b"],
    plan="p",
    tools=[ToolCall(name="f", arguments={"k": 1}, pieces=2), ToolCall(name="g", id="x")],
    usage=Usage(input=9, output=4, cached=2, reasoning=1),
)


def test_v2_stream():
    """Content, plan and calls in the order and the nesting of version 2."""
    found = events(RICH, V2, stream=True)
    opening = {"role": "assistant", "content": [], "tool_plan": "", "tool_calls": []}
    assert found == [
        {"id": ID, "type": "message-start", "delta": {"message": opening | {"citations": []}}},
        content("start", 0, type="thinking", thinking=""),
        content("delta", 0, thinking="hm"),
        {"type": "content-end", "index": 0},
        content("start", 1, type="text", text=""),
        content("delta", 1, text="a"),
        content("delta", 1, text="b"),
        {"type": "content-end", "index": 1},
        {"type": "tool-plan-delta", "delta": {"message": {"tool_plan": "p"}}},
        call("start", 0, id="f_1_0", type="function", function={"name": "f", "arguments": ""}),
        call("delta", 0, function={"arguments": '{"k"'}),
        call("delta", 0, function={"arguments": ": 1}"}),
        {"type": "tool-call-end", "index": 0},
        call("start", 1, id="x", type="function", function={"name": "g", "arguments": ""}),
        call("delta", 1, function={"arguments": "{}"}),
        {"type": "tool-call-end", "index": 1},
        {"type": "message-end", "delta": {"finish_reason": "TOOL_CALL", "usage": USAGE}},
        "[DONE]",
    ]


USAGE = {
    "billed_units": {"input_tokens": 9, "output_tokens": 4},
    "tokens": {"input_tokens": 9, "output_tokens": 4, "reasoning_tokens": 1},
    "cached_tokens": 2,
}


def content(step: str, index: int, **fields: object) -> dict[str, object]:
    return {
        "type": f"content-{step}",
        "index": index,
        "delta": {"message": {"content": fields}},
    }


def call(step: str, index: int, **fields: object) -> dict[str, object]:
    return {
        "type": f"tool-call-{step}",
        "index": index,
        "delta": {"message": {"tool_calls": fields}},
    }


def test_v2_interleaved():
    """Interleaved calls take turns; they are told apart by their index."""
    answer = Answer(tools=[ToolCall(name="f"), ToolCall(name="g")], interleave=True)
    found = [event["index"] for event in events(answer, V2, stream=True)[1:-2]]
    assert found == [0, 1, 0, 1, 0, 1]


def test_v2_whole():
    """The whole message of version 2."""
    found = whole(RICH, V2)
    message = found.pop("message")
    assert found == {"id": ID, "finish_reason": "TOOL_CALL", "usage": USAGE}
    assert message["content"] == [
        {"type": "thinking", "thinking": "hm"},
        {"type": "text", "text": "ab"},
    ]
    assert message["tool_plan"] == "p"
    assert message["tool_calls"] == [
        {"id": "f_1_0", "type": "function", "function": {"name": "f", "arguments": '{"k": 1}'}},
        {"id": "x", "type": "function", "function": {"name": "g", "arguments": "{}"}},
    ]


def test_v2_with_nothing():
    """What is not said has no field."""
    assert whole(Answer(usage=None), V2)["message"] == {"role": "assistant"}
    assert "usage" not in whole(Answer(usage=None), V2)
    assert events(Answer(usage=None), V2, stream=True)[-2]["delta"] == {"finish_reason": "COMPLETE"}


def test_v1_stream():
    """Version 1 sends lines; calls come in pieces and then once more whole."""
    found = events(RICH, V1, stream=True, message="hi")
    whole_answer = whole(RICH, V1, message="hi")
    calls = [{"name": "f", "parameters": {"k": 1}}, {"name": "g", "parameters": {}}]
    expected = [
        {"event_type": "stream-start", "generation_id": ID},
        {"event_type": "text-generation", "text": "a"},
        {"event_type": "text-generation", "text": "b"},
        {"event_type": "tool-calls-chunk", "text": "p"},
        chunk(index=0, name="f"),
        chunk(index=0, parameters='{"k"'),
        chunk(index=0, parameters=": 1}"),
        chunk(index=1, name="g"),
        chunk(index=1, parameters="{}"),
        {"event_type": "tool-calls-generation", "text": "p", "tool_calls": calls},
    ]
    assert [{"is_finished": False, **event} for event in expected] == found[:-1]
    assert found[-1] == {
        "is_finished": True,
        "event_type": "stream-end",
        "response": whole_answer,
        "finish_reason": "COMPLETE",
    }
    assert all(line.endswith(b"}\n") for line in raw_events(RICH, V1, stream=True))


def chunk(**delta: object) -> dict[str, object]:
    return {"event_type": "tool-calls-chunk", "tool_call_delta": delta}


def test_v1_whole():
    """The whole answer of version 1 repeats the conversation."""
    found = whole(RICH, V1, message="hi")
    calls = [{"name": "f", "parameters": {"k": 1}}, {"name": "g", "parameters": {}}]
    assert ("abp", ID, ID, calls) == (
        found["text"],
        found["response_id"],
        found["generation_id"],
        found["tool_calls"],
    )
    assert [
        {"role": "USER", "message": "hi"},
        {"role": "CHATBOT", "message": "abp", "tool_calls": calls},
    ] == found["chat_history"]
    assert found["meta"] == {
        "api_version": {"version": "1"},
        "billed_units": {"input_tokens": 9, "output_tokens": 4},
        "tokens": {"input_tokens": 9, "output_tokens": 4},
    }


@pytest.mark.parametrize(
    ("answer", "v2", "v1"),
    [
        (Answer(text="a"), "COMPLETE", "COMPLETE"),
        (Answer(text="a", finish="length"), "MAX_TOKENS", "MAX_TOKENS"),
        (Answer(text="a", finish="content_filter"), "ERROR", "ERROR_TOXIC"),
        (Answer(refusal="no"), "ERROR", "ERROR_TOXIC"),
        (Answer(text="a", finish="STOP_SEQUENCE"), "STOP_SEQUENCE", "STOP_SEQUENCE"),
    ],
)
def test_finish_reason(answer: Answer, v2: str, v1: str):
    """Finish reasons in the words of each version."""
    assert (v2, v1) == (whole(answer, V2)["finish_reason"], whole(answer, V1)["finish_reason"])


def test_error_events():
    """Both versions report a failure by an ordinary end whose reason is ERROR."""
    answer = Answer(text=["a", "b"], faults=[ErrorEvent(after=1, message="no")])
    delta = {"finish_reason": "ERROR", "usage": {}, "error": "no"}
    assert [{"type": "message-end", "delta": delta}, "[DONE]"] == events(answer, V2, stream=True)[
        1:
    ]
    _, end = events(answer, V1, stream=True)
    assert (
        end["is_finished"],
        end["event_type"],
        end["finish_reason"],
        end["response"]["error"],
    ) == (True, "stream-end", "ERROR", "no")


@pytest.mark.parametrize("path", [V1, V2])
def test_failure(path: str):
    """An error status has an id and a message."""
    assert whole(Failure(status=500, message="no"), path) == {"id": ID, "message": "no"}


@pytest.mark.parametrize("path", [V1, V2])
def test_one_choice(path: str):
    """There is one choice here."""
    with pytest.raises(ValueError, match="Cohere answers with one choice"):
        whole(Answer(choices=[Answer()]), path)
