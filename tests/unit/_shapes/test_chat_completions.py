"""Odd but real forms of streamed chat completions, which the fold has to read."""

from __future__ import annotations

from typing import Any

import pytest

from mirascope.core import BaseTool
from mirascope.core.base._events import plain
from mirascope.core.base._fold import FoldContext
from mirascope.core.base._tool_types import tool_types
from mirascope.core.openai._adapter import ADAPTER


class A(BaseTool):
    """Takes a number."""

    x: int = 0

    def call(self) -> int:
        return self.x


class B(A):
    """Takes another."""


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


def call(index: int | None, arguments: str | None = None, **more: Any) -> dict[str, Any]:
    """The delta of one tool call."""
    function = {k: more.pop(k) for k in ("name",) if k in more}
    if arguments is not None:
        function["arguments"] = arguments
    numbered = {} if index is None else {"index": index}
    return {**numbered, "function": function, **more}


def calls(*deltas: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    """An event with tool call deltas."""
    return chunk({"tool_calls": list(deltas)}, finish)


def folded(*events: Any) -> tuple[Any, list[tuple[Any, Any]]]:
    """A fold that was fed with the events, and its steps."""
    fold = ADAPTER.fold(FoldContext(model="m", tools=tool_types([A, B], ADAPTER.tool)))
    steps = [step for event in events for step in fold.feed(event)]
    return fold, [*steps, *fold.finish()]


def called(fold: Any) -> list[tuple[str, Any]]:
    """The tools of a fold."""
    return [(type(tool).__name__, tool.args) for tool in fold.tools]


TWO = [("A", {"x": 1}), ("B", {"x": 2})]
DONE = chunk({}, "tool_calls")

PARALLEL: dict[str, list[dict[str, Any]]] = {
    "several deltas in one chunk": [
        calls(call(0, '{"x"', id="a", name="A"), call(1, '{"x"', id="b", name="B")),
        calls(call(0, ": 1}"), call(1, ": 2}")),
        DONE,
    ],
    "interleaved": [
        calls(call(0, "", id="a", name="A")),
        calls(call(1, "", id="b", name="B")),
        calls(call(1, '{"x": ')),
        calls(call(0, '{"x": 1')),
        calls(call(1, "2}")),
        calls(call(0, "}")),
        DONE,
    ],
    "id and name repeated on each delta": [
        calls(call(0, '{"x": ', id="a", name="A")),
        calls(call(0, "1}", id="a", name="A")),
        calls(call(1, '{"x": ', id="b", name="B")),
        calls(call(1, "2}", id="b", name="B")),
        DONE,
    ],
    "every call numbered 0": [
        calls(call(0, '{"x": 1}', id="a", name="A")),
        calls(call(0, '{"x": 2}', id="b", name="B")),
        DONE,
    ],
    "no numbers": [
        calls(call(None, '{"x": 1}', id="a", name="A")),
        calls(call(None, '{"x": 2}', id="b", name="B")),
        DONE,
    ],
    "no numbers and no ids": [
        calls(call(None, '{"x": 1}', name="A")),
        calls(call(None, '{"x": 2}', name="B")),
        DONE,
    ],
    "numbers only after the first": [
        calls(call(None, '{"x":', id="a", name="A")),
        calls(call(None, " 1}")),
        calls(call(1, '{"x": 2}', id="b", name="B")),
        DONE,
    ],
    "the finish in the last delta's chunk": [
        calls(call(0, '{"x": 1}', id="a", name="A")),
        calls(call(1, '{"x": 2}', id="b", name="B"), finish="tool_calls"),
    ],
    "a whole call in one delta after another": [
        calls(call(0, '{"x": 1}', id="a", name="A")),
        calls(call(1, '{"x": 2}', id="b", name="B")),
        DONE,
    ],
    "arguments as an object": [
        calls({"index": 0, "id": "a", "function": {"name": "A", "arguments": {"x": 1}}}),
        calls({"index": 1, "id": "b", "function": {"name": "B", "arguments": {"x": 2}}}),
        DONE,
    ],
    "a new id on each delta of one call": [
        calls(call(0, '{"x":', id="r1", name="A")),
        calls(call(0, " 1}", id="r2")),
        calls(call(1, '{"x": 2}', id="r3", name="B")),
        DONE,
    ],
    "no finish at all": [
        calls(call(0, '{"x": 1}', id="a", name="A")),
        calls(call(1, '{"x": 2}', id="b", name="B")),
    ],
    "the whole message in one chunk": [
        {
            "choices": [
                {
                    "message": {
                        "tool_calls": [
                            {"id": "a", "function": {"name": "A", "arguments": '{"x": 1}'}},
                            {"id": "b", "function": {"name": "B", "arguments": '{"x": 2}'}},
                        ]
                    },
                    "finish_reason": "tool_calls",
                }
            ]
        }
    ],
}


@pytest.mark.parametrize("events", PARALLEL.values(), ids=PARALLEL)
def test_parallel_tool_calls(events: list[dict[str, Any]]) -> None:
    """However servers number and cut their calls, there are two, complete and in order."""
    fold, steps = folded(*events)
    assert TWO == called(fold)
    assert TWO == [(type(tool).__name__, tool.args) for _, tool in steps if tool is not None]
    names = [each.function.name for each in fold.response().choices[0].message.tool_calls]
    assert ["A", "B"] == names


def test_calls_without_arguments() -> None:
    """A call whose arguments never come has none, also when another call follows it."""
    fold, _ = folded(calls(call(0, id="a", name="A")), calls(call(1, "", id="b", name="B")), DONE)
    assert [("A", {"x": 0}), ("B", {"x": 0})] == called(fold)


def test_a_tool_comes_as_soon_as_its_arguments_close() -> None:
    """A tool does not wait for the next call, nor for the finish."""
    _, steps = folded(
        calls(call(0, '{"x":', id="a", name="A")),
        calls(call(0, "1}")),
        chunk({"content": "!"}),
        DONE,
    )
    assert [None, "A", None, None] == [t and type(t).__name__ for _, t in steps]


def test_one_event_that_completes_several_tools_is_shown_once() -> None:
    """The further tools come with echoes, which repeat neither text nor finish nor usage."""
    event = chunk(
        {
            "content": "hi",
            "tool_calls": [
                call(0, '{"x": 1}', id="a", name="A"),
                call(1, '{"x": 2}', id="b", name="B"),
            ],
        },
        "tool_calls",
        usage={"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3},
    )
    _, ((first, a), (echo, b)) = folded(event)
    assert ["A", "B"] == [type(a).__name__, type(b).__name__]
    assert ("hi", ["tool_calls"], 2) == (first.content, first.finish_reasons, first.output_tokens)
    assert ("", None, None) == (echo.content, echo.finish_reasons, echo.output_tokens)
    assert first.chunk == echo.chunk


USAGE = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}


def test_usage_is_shown_with_the_finish() -> None:
    """The event without choices is no step of its own."""
    event = {"id": "c-1", "model": "m", "choices": [], "usage": USAGE}
    fold, steps = folded(chunk({"content": "a"}), chunk({}, "stop"), event)
    assert [("a", None), ("", 2)] == [(c.content, c.output_tokens) for c, _ in steps]
    assert ["stop"] == steps[1][0].finish_reasons
    assert "stop" == steps[1][0].chunk.choices[0].finish_reason
    assert 3 == steps[1][0].chunk.usage.total_tokens
    assert ["stop"] == fold.finish_reasons


def test_text_in_the_finish_is_not_held() -> None:
    """A finish with text is shown at once; usage after it comes with an empty delta."""
    fold, _ = folded()
    (now,) = fold.feed(chunk({"content": "end"}, "stop"))
    (later,) = fold.feed({"id": "c-1", "model": "m", "choices": [], "usage": USAGE})
    assert ("end", ["stop"], None) == (now[0].content, now[0].finish_reasons, now[0].usage)
    assert ("", None, 2) == (later[0].content, later[0].finish_reasons, later[0].output_tokens)
    assert later[0].chunk.choices[0].delta.content is None


def test_a_first_event_without_choices_is_shown_with_the_next() -> None:
    """Azure sends the filter's verdict on the prompt first, in an event without choices."""
    verdict = [{"prompt_index": 0, "content_filter_results": {}}]
    first = {"id": "", "model": "", "choices": [], "prompt_filter_results": verdict}
    fold, ((view, _), _) = folded(first, chunk({"content": "a"}), chunk({}, "stop"))
    assert verdict == view.chunk.model_extra["prompt_filter_results"]
    assert ("a", "c-1", "m") == (view.content, view.id, view.model)
    assert verdict == fold.response().model_extra["prompt_filter_results"]


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
def test_reasoning_of_compatible_servers(field: str) -> None:
    """Servers differ in the field's name; the property does not."""
    fold, steps = folded(
        chunk({field: "hm "}), chunk({field: "ok"}), chunk({"content": "a"}, "stop")
    )
    assert ["hm ", "ok", None] == [c.reasoning for c, _ in steps]
    assert "hm ok" == fold.reasoning


def test_reasoning_given_twice_is_read_once() -> None:
    """A server that sends the reasoning as text and as details means one reasoning."""
    detail = {"type": "reasoning.text", "text": "hm", "index": 0, "format": "f"}
    fold, ((view, _), _) = folded(
        chunk({"reasoning": "hm", "reasoning_details": [detail]}), chunk({}, "stop")
    )
    assert "hm" == view.reasoning == fold.reasoning
    assert [detail] == fold.response().choices[0].message.model_extra["reasoning_details"]


def test_all_choices_are_kept_apart() -> None:
    """Deltas of two choices in one event go to their own."""
    event = {
        "id": "c-1",
        "model": "m",
        "choices": [
            {"index": 1, "delta": {"content": "B"}, "finish_reason": "length"},
            {"index": 0, "delta": {"content": "A"}, "finish_reason": "stop"},
        ],
    }
    fold, ((view, _),) = folded(event)
    assert ("A", ["length", "stop"]) == (view.content, view.finish_reasons)
    assert ["A", "B"] == [each.message.content for each in fold.response().choices]
    assert ["stop", "length"] == fold.finish_reasons


def test_log_probabilities_are_joined() -> None:
    """The tokens' log-probabilities of all chunks are on the response."""
    events = [
        {
            "choices": [
                {
                    "index": 0,
                    "delta": {"content": token},
                    "logprobs": {
                        "content": [{"token": token, "logprob": -1.0, "top_logprobs": []}]
                    },
                }
            ]
        }
        for token in "ab"
    ]
    fold, _ = folded(*events, chunk({}, "stop"))
    found = fold.response().choices[0].logprobs.content
    assert ["a", "b"] == [each.token for each in found]


def test_audio_is_joined_into_one_that_decodes() -> None:
    """Each delta's audio is padded for itself; the response's decodes whole."""
    import base64

    pieces = [base64.b64encode(each).decode() for each in (b"a", b"bc")]
    deltas = [{"audio": {"id": "x", "data": each, "transcript": "t"}} for each in pieces]
    fold, steps = folded(*map(chunk, deltas), chunk({}, "stop"))
    assert [b"a", b"bc", None] == [c.audio for c, _ in steps]
    assert b"abc" == base64.b64decode(fold.response().choices[0].message.audio.data)
    assert "tt" == fold.response().choices[0].message.audio.transcript


def test_a_custom_tool_call_is_kept() -> None:
    """Free-form input is not JSON: the call is complete only at the finish."""
    first = {"index": 0, "id": "a", "type": "custom", "custom": {"name": "sh", "input": "{}"}}
    fold, steps = folded(
        calls(first), calls({"index": 0, "custom": {"input": "; ls"}}), chunk({}, "tool_calls")
    )
    (kept,) = plain(fold.response())["choices"][0]["message"]["tool_calls"]
    assert ("custom", {"name": "sh", "input": "{}; ls"}) == (kept["type"], kept["custom"])
    assert [None, None, "sh"] == [t and t.error.name for _, t in steps]


def test_unknown_fields_are_kept() -> None:
    """What this library does not know of reaches the response."""
    fold, _ = folded(
        chunk({"content": "a", "novelty": "x"}, None, citations=["u1"]),
        chunk({"novelty": "y"}, "stop", citations=["u1", "u2"]),
    )
    response = fold.response()
    assert ["u1", "u2"] == response.model_extra["citations"]
    assert "xy" == response.choices[0].message.model_extra["novelty"]


def test_padding_is_dropped() -> None:
    """Random padding against traffic analysis is no part of an answer."""
    fold, _ = folded(chunk({"content": "a"}, "stop", obfuscation="xxxx"))
    assert "obfuscation" not in (fold.response().model_extra or {})


def test_an_unknown_finish_reason_is_passed_on() -> None:
    """A reason the SDK does not know is shown as it is."""
    fold, steps = folded(chunk({"content": "a"}, "eos"))
    assert ["eos"] == fold.finish_reasons == steps[0][0].finish_reasons
    assert "eos" == fold.response().choices[0].finish_reason


def test_counts_that_are_no_numbers_are_no_counts() -> None:
    """The provider-neutral usage has numbers alone; the provider's own has what it sent."""
    fold = ADAPTER.fold(FoldContext(model="m"))
    sent = {"prompt_tokens": "many", "completion_tokens": 2, "total_tokens": None}

    fold.feed(chunk({"content": "a"}, "stop", usage=sent))
    fold.finish()

    usage = fold.common_usage
    assert usage is not None
    assert (None, 2, None) == (usage.input_tokens, usage.output_tokens, usage.total_tokens)
    assert "many" == fold.usage.prompt_tokens
