"""The chat completions format of OpenAI, Groq and Mistral, as values."""

from __future__ import annotations

from typing import Any

import pytest

from mirascope.core.testing import Answer, ErrorEvent, Failure, ToolCall, Usage
from tests.unit.testing.wire.rendered import events, raw_events, whole

OPENAI = "/openai/v1/chat/completions"
GROQ = "/groq/openai/v1/chat/completions"
MISTRAL = "/mistral/v1/chat/completions"
ALL = pytest.mark.parametrize("path", [OPENAI, GROQ, MISTRAL])
CALLS = [ToolCall(name="f", arguments={"a": 1}, pieces=2), ToolCall(name="g", id="x")]


def deltas(found: list[Any]) -> list[Any]:
    return [choice["delta"] for event in found[:-1] for choice in event["choices"]]


def test_openai_bytes():
    """The bytes of a stream, as OpenAI sends them: compact JSON, characters as they are."""
    head = '"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"m"'
    choice = '"choices":[{"index":0,"delta":'
    opening = '{"role":"assistant","content":"","refusal":null}'
    expected = [
        f'data: {{{head},{choice}{opening},"logprobs":null,"finish_reason":null}}]}}\n\n',
        f'data: {{{head},{choice}{{"content":"ß"}},"logprobs":null,"finish_reason":null}}]}}\n\n',
        f'data: {{{head},{choice}{{}},"logprobs":null,"finish_reason":"stop"}}]}}\n\n',
        "data: [DONE]\n\n",
    ]
    assert "".join(expected) == b"".join(raw_events(Answer(text="ß"), OPENAI, stream=True)).decode()


def test_openai_tools():
    """A call opens with its name and an empty fragment; its arguments follow by index."""
    found = events(Answer(tools=CALLS), OPENAI, stream=True)
    expected = [
        {"role": "assistant", "content": None, "refusal": None},
        {"tool_calls": [{"index": 0, "id": "call_1_0", "type": "function"} | called("f", "")]},
        {"tool_calls": [{"index": 0, "function": {"arguments": '{"a"'}}]},
        {"tool_calls": [{"index": 0, "function": {"arguments": ": 1}"}}]},
        {"tool_calls": [{"index": 1, "id": "x", "type": "function"} | called("g", "")]},
        {"tool_calls": [{"index": 1, "function": {"arguments": "{}"}}]},
        {},
    ]
    assert expected == deltas(found)
    assert found[-2]["choices"][0]["finish_reason"] == "tool_calls"


def called(name: str, arguments: str) -> dict[str, Any]:
    return {"function": {"name": name, "arguments": arguments}}


def test_interleaved_tools():
    """Interleaved calls take turns, fragment by fragment."""
    found = events(Answer(tools=CALLS, interleave=True), OPENAI, stream=True)
    turns = [delta["tool_calls"][0]["index"] for delta in deltas(found) if "tool_calls" in delta]
    assert turns == [0, 1, 0, 1, 0]


def test_openai_usage_only_where_asked():
    """Usage comes in an event of its own without choices, and null in all others, if asked for."""
    usage = Usage(input=9, output=4, cached=2, reasoning=1)
    silent = events(Answer(text="a", usage=usage), OPENAI, stream=True)
    asked: dict[str, Any] = {"stream": True, "stream_options": {"include_usage": True}}
    *others, own, _ = events(Answer(text="a", usage=usage), OPENAI, **asked)
    assert not any("usage" in event for event in silent[:-1])
    assert [event["usage"] for event in others] == [None] * 3
    assert own["choices"] == []
    assert own["usage"] == {
        "prompt_tokens": 9,
        "completion_tokens": 4,
        "total_tokens": 13,
        "prompt_tokens_details": {"cached_tokens": 2},
        "completion_tokens_details": {"reasoning_tokens": 1},
    }


def test_openai_without_usage():
    """An answer without usage has no usage event even where it is asked for."""
    asked: dict[str, Any] = {"stream": True, "stream_options": {"include_usage": True}}
    found = events(Answer(text="a", usage=None), OPENAI, **asked)
    assert [event["usage"] for event in found[:-1]] == [None] * 3


def test_openai_refusal_reasoning_logprobs():
    """Refusal and reasoning have fields of their own, log-probabilities go with their piece."""
    entry = {"token": "a", "logprob": -0.1, "bytes": [97], "top_logprobs": []}
    answer = Answer(text=["a", "b"], refusal=["n", "o"], reasoning="hm", logprobs=[entry])
    found = events(answer, OPENAI, stream=True)
    expected = [
        {"reasoning_content": "hm"},
        {"content": "a"},
        {"content": "b"},
        {"refusal": "n"},
        {"refusal": "o"},
        {},
    ]
    assert expected == deltas(found)[1:]
    logprobs = [event["choices"][0]["logprobs"] for event in found[:-1]]
    assert [None, None, {"content": [entry], "refusal": None}, None] == logprobs[:4]
    message = whole(answer, OPENAI)["choices"][0]
    assert (
        message["message"]["content"],
        message["message"]["refusal"],
        message["message"]["reasoning_content"],
    ) == ("ab", "no", "hm")
    assert {"content": [entry], "refusal": None} == message["logprobs"]


@ALL
@pytest.mark.parametrize(
    ("interleave", "expected"), [(False, [0, 0, 0, 1, 1, 1]), (True, [0, 1, 0, 1, 0, 1])]
)
def test_choices(path: str, *, interleave: bool, expected: list[int]):
    """Choices come one after the other or take turns; each has a finish reason of its own."""
    answer = Answer(text="a", choices=[Answer(text="b", finish="length")], interleave=interleave)
    found = [event["choices"][0] for event in events(answer, path, stream=True)[:-1]]
    assert expected == [choice["index"] for choice in found]
    assert {
        choice["index"]: choice["finish_reason"] for choice in found if choice["finish_reason"]
    } == {0: "stop", 1: "length"}
    read = whole(answer, path)["choices"]
    assert [choice["message"]["content"] for choice in read] == ["a", "b"]


@ALL
def test_model_id_extra(path: str):
    """Model, id and further fields are on every event and on the whole answer."""
    answer = Answer(text="a", model="other", id="x", extra={"system_fingerprint": "fp"})
    every = [*events(answer, path, stream=True)[:-1], whole(answer, path)]
    expected = {("other", "x", "fp")}
    assert expected == {(e["model"], e["id"], e["system_fingerprint"]) for e in every}


def test_groq_stream():
    """Groq sends a call whole, and usage in the finish event, twice."""
    found = events(Answer(tools=[ToolCall(name="f")], reasoning="hm"), GROQ, stream=True)
    assert found[0]["x_groq"] == {"id": "req_1"}
    assert deltas(found)[1] == {"reasoning": "hm", "channel": "analysis"}
    call = {"index": 0, "id": "call_1_0", "type": "function"} | called("f", "{}")
    assert {"tool_calls": [call]} == deltas(found)[2]
    assert found[-2]["usage"]["prompt_tokens"] == 10
    assert found[-2]["usage"] == found[-2]["x_groq"]["usage"]


def test_groq_own_usage_event():
    """Asked for usage, Groq sends it in an event of its own besides."""
    asked: dict[str, Any] = {"stream": True, "stream_options": {"include_usage": True}}
    *_, finish, own, _done = events(Answer(text="a"), GROQ, **asked)
    assert ([], finish["usage"]) == (own["choices"], own["usage"])


def test_groq_whole():
    """A whole Groq message says its reasoning, and no content where there is none."""
    found = whole(Answer(tools=[ToolCall(name="f")], reasoning="hm"), GROQ)
    message = found["choices"][0]["message"]
    assert {"role", "reasoning", "tool_calls"} == set(message)
    assert found["x_groq"] == {"id": "req_1"}


def test_mistral_stream():
    """Mistral sends all calls inside the finish event, with the usage."""
    found = events(Answer(text="a", tools=[ToolCall(name="f"), CALLS[1]]), MISTRAL, stream=True)
    first, second = found[2]["choices"][0]["delta"]["tool_calls"]
    assert (
        first["function"]["name"],
        first["index"],
        second["function"]["name"],
        second["index"],
    ) == ("f", 0, "g", 1)
    assert found[2]["choices"][0]["finish_reason"] == "tool_calls"
    assert found[2]["usage"]["total_tokens"] == 15
    assert "logprobs" not in found[2]["choices"][0]


def test_mistral_pieces():
    """Only where pieces are asked for does a Mistral call come in several, with empty names."""
    found = events(Answer(tools=CALLS), MISTRAL, stream=True)
    calls = [delta["tool_calls"][0] for delta in deltas(found) if "tool_calls" in delta]
    names = [(call["index"], call["function"]["name"]) for call in calls]
    assert names == [(0, "f"), (0, ""), (1, "g")]


def test_mistral_thinking():
    """Mistral's reasoning is a list of thinking parts in place of the text."""
    answer = Answer(reasoning=["h", "m"], text="a")
    thinking = {"type": "thinking", "thinking": [{"type": "text", "text": "h"}]}
    assert {"content": [thinking]} == deltas(events(answer, MISTRAL, stream=True))[1]
    joined = {"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}
    content = whole(answer, MISTRAL)["choices"][0]["message"]["content"]
    assert [joined, {"type": "text", "text": "a"}] == content


@pytest.mark.parametrize(
    ("path", "prefix", "expected"),
    [
        (
            OPENAI,
            b"data: ",
            {"error": {"message": "no", "type": "server_error", "param": None, "code": None}},
        ),
        (
            GROQ,
            b"event: error\ndata: ",
            {
                "error": {
                    "message": "no",
                    "type": "server_error",
                    "param": None,
                    "code": None,
                    "status_code": 500,
                }
            },
        ),
        (
            MISTRAL,
            b"data: ",
            {
                "object": "error",
                "message": "no",
                "type": "internal_server_error",
                "param": None,
                "code": "1000",
            },
        ),
    ],
)
def test_error_event(path: str, prefix: bytes, expected: dict[str, Any]):
    """An error event takes the place of what is left of the stream."""
    answer = Answer(text=["a", "b"], faults=[ErrorEvent(after=2, message="no")])
    found = events(answer, path, stream=True)
    assert found[1]["choices"][0]["delta"]["content"] == "a"
    assert expected == found[2]
    assert raw_events(answer, path, stream=True)[2].startswith(prefix)
    assert (["[DONE]"] if path == OPENAI else []) == found[3:]


@pytest.mark.parametrize(
    ("path", "status", "expected"),
    [
        (OPENAI, 401, {"type": "invalid_request_error", "code": "invalid_api_key"}),
        (OPENAI, 429, {"type": "requests", "code": "rate_limit_exceeded"}),
        (GROQ, 503, {"type": "server_error", "code": None}),
    ],
)
def test_failure(path: str, status: int, expected: dict[str, Any]):
    """An error status has the error object, whose type follows from the status."""
    error = whole(Failure(status=status, message="no"), path)["error"]
    assert {"message": "no", "param": None, **expected} == error


def test_mistral_failure():
    """Mistral's gateway and its service have error bodies of two shapes."""
    assert whole(Failure(status=401), MISTRAL) == {"detail": "The API key is invalid."}
    assert whole(Failure(status=429), MISTRAL)["type"] == "rate_limited"
