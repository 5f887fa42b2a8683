"""Reasoning, ids, failures and options in the dialects of servers that speak OpenAI's wire."""

from __future__ import annotations

from typing import Any

import openai
import pytest

from mirascope.core import openai as own
from mirascope.core.base._adapter import Request
from mirascope.core.base._events import plain
from mirascope.core.base._tool_types import tool_types
from mirascope.core.errors import StreamTruncated
from mirascope.core.openai._adapter import ADAPTER as OPENAI
from mirascope.core.openai._encode import encode
from mirascope.core.testing import Raw, WireServer
from tests.support.wire import context
from tests.unit._shapes.test_chat_completions import A, B, call, calls, chunk, folded
from tests.unit._shapes.test_chat_servers import adapter, fed

__all__ = ["adapter"]  # a fixture


OFFERING = context(tool_types=list(tool_types([A, B], OPENAI.tool).values()))


# The ids of tool calls.


@pytest.mark.parametrize("no_id", [{}, {"id": ""}, {"id": None}], ids=["missing", "empty", "null"])
def test_calls_without_ids_get_some(adapter: Any, no_id: dict[str, Any]) -> None:
    """The next turn can tell parallel calls apart, as after a plain answer."""
    deltas = [
        call(0, "{}", id="given", name="A"),
        *(call(i, "{}", name="B", **no_id) for i in (1, 2)),
    ]

    fold, _ = fed(adapter, calls(*deltas), chunk({}, "tool_calls"))

    view = adapter.response(fold.response(), OFFERING, tools=fold.tools)
    results = view.tool_message_params([(tool, "1") for tool in fold.tools])
    ids = [each["id"] for each in view.message_param["tool_calls"]]
    assert ids == [each["tool_call_id"] for each in results]
    assert ids == [part.id for part in view.common_message_param.content]
    assert "given" == ids[0]
    assert 3 == len(set(ids))
    assert all(len(each) == 9 for each in ids[1:])
    whole = adapter.response(fold.response(), OFFERING)
    assert results == whole.tool_message_params([(tool, "1") for tool in whole.tools])


def test_ids_of_several_answers_differ() -> None:
    """A conversation may have several turns of calls without ids."""
    ids = set()
    for answer in ("one", "two"):
        fold, _ = folded({**calls(call(0, "{}", name="A")), "id": answer}, chunk({}, "tool_calls"))
        ids |= {
            each["tool_call_id"]
            for each in OPENAI.response.tool_message_params([(fold.tools[0], "")])
        }

    assert 2 == len(ids)


def test_one_call_in_both_forms_is_one() -> None:
    """Some servers write a forced call into `function_call` and into `tool_calls`."""
    said = call(0, "{}", id="a", name="A")

    fold, _ = folded(
        chunk({"tool_calls": [said], "function_call": said["function"]}), chunk({}, "tool_calls")
    )

    view = OPENAI.response(fold.response(), OFFERING)
    assert ["A"] == [type(tool).__name__ for tool in fold.tools]
    assert ["A"] == [type(tool).__name__ for tool in view.tools]
    assert "function_call" not in view.message_param


# Reasoning.


def reasoning_events(*details: dict[str, Any], field: str = "reasoning_details") -> list[Any]:
    """An answer that reasons and calls a tool."""
    said = [chunk({field: [each]}) for each in details]
    return [*said, calls(call(0, "{}", id="a", name="A")), chunk({}, "tool_calls")]


def test_blocks_of_reasoning_go_back_as_they_came() -> None:
    """They may all have the same index: a block ends where its type changes, or it is signed."""
    pieces = [
        {"type": "reasoning.summary", "summary": "Look ", "index": 0},
        {"type": "reasoning.summary", "summary": "up", "index": 0},
        {"type": "reasoning.encrypted", "data": "AAA=", "id": "rs_1", "index": 0},
        {"type": "reasoning.encrypted", "data": "BBB=", "id": "rs_2", "index": 0},
        {"type": "reasoning.text", "text": "a", "index": 0},
        {"type": "reasoning.text", "text": "", "signature": "S1", "index": 0},
        {"type": "reasoning.text", "text": "b", "index": 0},
    ]

    fold, _ = folded(*reasoning_events(*pieces))

    sent: Any = OPENAI.response(fold.response(), None).message_param
    assert [
        {**pieces[0], "summary": "Look up"},
        pieces[2],
        pieces[3],
        {**pieces[4], "signature": "S1"},
        pieces[6],
    ] == sent["reasoning_details"]


def test_thinking_blocks_go_back_beside_calls() -> None:
    """A proxy gives the blocks of Claude in pieces, the signature with the last."""
    pieces = [
        {"type": "thinking", "thinking": "a", "signature": None},
        {"type": "thinking", "thinking": "b", "signature": ""},
        {"type": "thinking", "thinking": "", "signature": "S"},
        {"type": "redacted_thinking", "data": "x"},
    ]

    fold, _ = folded(*reasoning_events(*pieces, field="thinking_blocks"))

    sent: Any = OPENAI.response(fold.response(), None).message_param
    assert [
        {"type": "thinking", "thinking": "ab", "signature": "S"},
        pieces[3],
    ] == sent["thinking_blocks"]


def test_reasoning_in_summaries(adapter: Any) -> None:
    """Content may have parts of reasoning with the texts in a summary."""
    texts = [{"type": "summary_text", "text": each} for each in ("h", "m")]
    parts = [{"type": "reasoning", "summary": [each]} for each in texts]
    signed = {
        "type": "reasoning",
        "summary": [{"type": "summary_text", "text": "", "signature": "S"}],
    }
    answer = chunk({"content": [{"type": "text", "text": "A"}]}, "stop")

    fold, text = fed(adapter, *(chunk({"content": [each]}) for each in [*parts, signed]), answer)

    assert ("A", "hm") == (text, fold.reasoning)
    said: Any = fold._choices[0].message_data()["content"]
    summary = [{"type": "summary_text", "text": "hm", "signature": "S"}]
    assert {"type": "reasoning", "summary": summary} == said[0]


# How an answer ends.


@pytest.mark.parametrize(
    "reason", ["error", "network_error", "insufficient_system_resource", "abort"]
)
def test_a_finish_reason_may_be_a_failure(adapter: Any, reason: str) -> None:
    """The answer broke off: a call without its arguments is not complete either."""
    fold, _ = fed(adapter, calls(call(0, id="a", name="A")), chunk({}, reason))

    assert {"finish_reason": reason} == fold.failure
    assert all(tool.error is not None for tool in fold.tools)
    response = adapter.response(fold.response(), OFFERING)
    assert {"finish_reason": reason} == response._reported
    assert all(tool.error is not None for tool in response.tools)


@pytest.mark.parametrize(
    ("reason", "common"),
    [
        ("model_context_window_exceeded", "length"),
        ("MAX_TOKENS", "length"),
        ("SAFETY", "content_filter"),
        ("sensitive", "content_filter"),
        ("eos", "stop"),
    ],
)
def test_words_for_the_finish(reason: str, common: str) -> None:
    """Servers have words of their own."""
    fold, _ = folded(chunk({"content": "a"}, reason))

    assert [common] == OPENAI.response(fold.response(), None).common_finish_reasons


@pytest.mark.parametrize("fast", [True, False], ids=["fast", "sdk"])
@pytest.mark.parametrize(
    ("events", "is_complete"),
    [
        ('data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\ndata: [DONE]\n\n', True),
        ('data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n', False),
        ("data: [DONE]\n\n", False),
    ],
    ids=["marked", "cut", "nothing"],
)
def test_the_end_marker_ends_an_answer(events: str, *, is_complete: bool, fast: bool) -> None:
    """A server without finish reasons says by the marker that all has arrived."""
    with WireServer() as server:
        server.play(Raw(body=events.encode()))
        client = openai.OpenAI(api_key="test", base_url=server.url("openai"))
        ask: Any = own.call("m", stream={"fast_reader": fast}, client=client)(lambda: "hello")
        stream = ask()
        with client:
            if is_complete:
                assert "finished" == stream.drain().state
            else:
                with pytest.raises(StreamTruncated):
                    stream.drain()


# What is counted, and what is asked for.


def test_the_same_token_again_is_counted() -> None:
    """Events that look the same bring a token each."""
    event = chunk({"content": " ha"})
    event["choices"][0]["token_ids"] = [5]

    fold, _ = folded(event, event, event, chunk({}, "stop"))

    assert [5, 5, 5] == plain(fold.response().choices[0])["token_ids"]


@pytest.mark.parametrize(
    "usage",
    [
        {"prompt_tokens_details": {"cached_tokens": 3}, "cached_tokens": 9},
        {"cached_tokens": 3},
        {"prompt_cache_hit_tokens": 3, "prompt_cache_miss_tokens": 4},
    ],
)
def test_cached_tokens(usage: dict[str, Any]) -> None:
    """Servers count them in one of several places."""
    counts = {"prompt_tokens": 7, "completion_tokens": 1, "total_tokens": 8, **usage}

    fold, _ = folded(chunk({"content": "a"}, "stop"), {**chunk({}), "choices": [], "usage": counts})

    assert 3 == fold.common_usage.cached_tokens


@pytest.mark.parametrize(
    ("params", "sent"),
    [
        ({}, {"include_usage": True}),
        ({"stream_options": {"include_usage": False}}, {"include_usage": False}),
        ({"stream_options": {"other": 1}}, {"include_usage": True, "other": 1}),
        ({"stream_options": None}, None),
        ({"stream_options": {}}, None),
        ({"stream_options": openai.NOT_GIVEN}, {"include_usage": True}),
    ],
)
def test_usage_is_asked_for_unless_the_user_says_otherwise(
    params: dict[str, Any], sent: dict[str, Any] | None
) -> None:
    """Servers that do not know the option can be spared it."""
    kwargs = encode(Request(model="m", messages=[], params=params, stream=True))

    assert sent == kwargs.get("stream_options")
    assert ("stream_options" in kwargs) == (sent is not None)


@pytest.mark.parametrize("fast", [True, False], ids=["fast", "sdk"])
def test_a_body_that_ends_inside_a_character_is_cut_off(*, fast: bool) -> None:
    """Where it happens to end makes no difference."""
    event = 'data: {"choices":[{"index":0,"delta":{"content":"é"}}]}\n\n'.encode()
    with WireServer() as server:
        server.play(Raw(body=event + event[: event.index(b"\xa9")]))
        client = openai.OpenAI(api_key="test", base_url=server.url("openai"))
        ask: Any = own.call("m", stream={"fast_reader": fast}, client=client)(lambda: "hello")
        stream = ask()
        with client, pytest.raises(StreamTruncated):
            stream.drain()

    assert ("é", "truncated") == (stream.content, stream.state)
