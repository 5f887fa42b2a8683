"""Odd but possible forms of Cohere's streams, and what a response makes of them."""

from __future__ import annotations

from typing import Any

import pytest
from cohere import DebugV2ChatStreamResponse, ToolCall, ToolCallV2
from cohere.core.unchecked_base_model import UncheckedBaseModel

from mirascope.core import BaseTool
from mirascope.core.base._events import plain
from mirascope.core.base._fold import FoldContext
from mirascope.core.base._tool_types import tool_types
from mirascope.core.cohere import CohereCallResponse
from mirascope.core.cohere._adapter import ADAPTER, _Lines
from mirascope.core.cohere._wire import common_usage
from tests.support.wire import context


class Find(BaseTool):
    """Finds a book."""

    title: str = ""

    def call(self) -> str:
        return self.title


def folded(*events: Any, dialect: str = "v2") -> tuple[Any, list[Any]]:
    """A fold that was fed with the events, and its steps."""
    offered = tool_types([Find], ADAPTER.tool)
    fold = ADAPTER.fold(FoldContext(model="m", tools=offered, dialect=dialect))
    steps = [step for event in events for step in fold.feed(event)]
    return fold, [*steps, *fold.finish()]


def response(fold: Any, dialect: str = "v2") -> CohereCallResponse:
    """The call response of what a fold has."""
    return CohereCallResponse(fold.response(), context(tool_types=[Find], dialect=dialect))


def delta(kind: str, index: int = 0, **message: Any) -> dict[str, Any]:
    """An event of version 2."""
    return {"type": kind, "index": index, "delta": {"message": message}}


def start(index: int, name: str = "Find", call: str = "c-1") -> dict[str, Any]:
    """The start of a call."""
    function = {"name": name, "arguments": ""}
    return delta("tool-call-start", index, tool_calls={"id": call, "function": function})


def piece(index: int, text: str) -> dict[str, Any]:
    """A piece of a call's arguments."""
    return delta("tool-call-delta", index, tool_calls={"function": {"arguments": text}})


def test_a_call_without_arguments_comes_with_its_end() -> None:
    """No arguments are an empty object, known when the call ends."""
    _, steps = folded(start(0), {"type": "tool-call-end", "index": 0}, {"type": "message-end"})

    assert [None, {"title": ""}, None] == [tool and tool.args for _, tool in steps]


def test_a_call_goes_back_with_sound_arguments() -> None:
    """What is no JSON object would be refused: it goes back as far as it is one."""
    fold, _ = folded(
        start(0, call="c-1"),
        start(1, call="c-2"),
        piece(1, '{"title": "Emma", "x": "cu'),
        start(2, call="c-3"),
        piece(2, '{"title":\n"Dune"}'),
    )

    calls = response(fold).message_param["tool_calls"]

    assert [
        ("c-1", "{}"),
        ("c-2", '{"title": "Emma"}'),
        ("c-3", '{"title":\n"Dune"}'),
    ] == [(call["id"], call["function"]["arguments"]) for call in calls]
    assert ["", '{"title": "Emma", "x": "cu', '{"title":\n"Dune"}'] == [
        call.function.arguments for call in fold.response().message.tool_calls
    ]


def test_plan_thinking_text_and_citations_go_back() -> None:
    """A message for the next turn has everything; the plan is no part of the text."""
    citation = {"start": 0, "end": 2, "text": "Hi", "sources": [{"type": "tool", "id": "t:0"}]}
    fold, steps = folded(
        delta("message-start", role="assistant", content=[], tool_plan="", tool_calls=[]),
        delta("content-start", 0, content={"type": "thinking", "thinking": ""}),
        delta("content-delta", 0, content={"thinking": "Hm."}),
        delta("tool-plan-delta", tool_plan="I will "),
        delta("tool-plan-delta", tool_plan="look."),
        delta("content-start", 1, content={"type": "text", "text": "H"}),
        delta("content-delta", 1, content={"text": "i"}),
        delta("citation-start", 0, citations=citation),
    )
    answer = response(fold)

    assert {
        "role": "assistant",
        "content": [{"type": "thinking", "thinking": "Hm."}, {"type": "text", "text": "Hi"}],
        "tool_plan": "I will look.",
        "citations": [citation],
    } == answer.message_param
    assert ("Hi", "Hm.", "I will look.") == (answer.content, answer.reasoning, answer.tool_plan)
    assert "I will look.\n\nHi" == answer.common_message_param.content
    assert "Hi" == "".join(chunk.content for chunk, _ in steps)
    assert [citation] == [plain(each) for chunk, _ in steps for each in chunk.citations or ()]
    assert [citation] == [plain(each) for each in answer.citations or ()]


def test_an_empty_answer_goes_back_as_empty_text() -> None:
    """A message has to have something."""
    fold, _ = folded({"type": "message-end", "delta": {"finish_reason": "COMPLETE"}})

    assert {"role": "assistant", "content": ""} == response(fold).message_param


def test_log_probabilities_are_kept() -> None:
    """They come with the text, and are a list in the response."""
    items = [{"token_ids": [n], "logprobs": [-0.5], "text": "x"} for n in range(2)]
    fold, _ = folded(
        *({**delta("content-delta", content={"text": "x"}), "logprobs": i} for i in items)
    )

    assert items == [plain(item) for item in fold.response().logprobs]


def test_a_lost_start_loses_no_text() -> None:
    """A block is of the kind its deltas are of."""
    fold, _ = folded(
        delta("content-delta", 0, content={"thinking": "Hm."}),
        delta("content-delta", 1, content={"text": "Hi"}),
    )

    blocks = plain(fold.response().message.content)
    assert [{"type": "thinking", "thinking": "Hm."}, {"type": "text", "text": "Hi"}] == blocks


@pytest.mark.parametrize(
    "event",
    [
        {"type": "message-end", "delta": {"finish_reason": "ERROR"}},
        {"type": "message-end", "delta": {"finish_reason": "COMPLETE", "error": "boom"}},
        {"type": "error", "message": "boom"},
    ],
)
def test_a_failure_is_noted(event: dict[str, Any]) -> None:
    """A reported failure is the SDK's exception, with what Cohere said."""
    fold, steps = folded(event)

    error: Any = ADAPTER.reported(fold.failure)
    assert "ApiError" == type(error).__name__
    assert fold.failure == error.body
    assert 1 == len(steps)


def test_events_become_the_sdks_objects() -> None:
    """Each becomes the SDK's class for it, and an unknown one an object with its fields."""
    _, steps = folded({"type": "debug", "prompt": "p"}, {"type": "brand-new", "x": {"y": 1}})

    known, unknown = (chunk.chunk for chunk, _ in steps)
    assert DebugV2ChatStreamResponse(prompt="p") == known
    assert isinstance(unknown, UncheckedBaseModel)
    assert {"type": "brand-new", "x": {"y": 1}} == plain(unknown)


def test_a_line_that_is_no_json_is_no_first_event() -> None:
    """What the SDK makes of it is not taken for an event."""
    bogus = UncheckedBaseModel.model_construct(event="", data="<html>", id="", retry=None)

    with pytest.raises(ValueError, match="<html>") as caught:
        ADAPTER.read(bogus)
    assert caught.type is not ValueError  # as an SDK's check of its arguments is


def test_usage_is_what_was_read_and_written() -> None:
    """The counts are whole numbers; what is missing is taken from what is charged."""
    usage = {
        "tokens": {"input_tokens": True, "output_tokens": 8.0},
        "billed_units": {"input_tokens": 28.0, "output_tokens": 5.0},
        "cached_tokens": 4.0,
    }

    found = common_usage(usage)

    assert found is not None
    assert (28, 8, 4, 36) == (
        found.input_tokens,
        found.output_tokens,
        found.cached_tokens,
        found.total_tokens,
    )
    assert isinstance(found.input_tokens, int)


def chunk(**fields: Any) -> dict[str, Any]:
    """A `tool-calls-chunk` of version 1."""
    return {"event_type": "tool-calls-chunk", **fields}


def test_version_1_without_an_end() -> None:
    """What arrived makes a response, also when the whole one never comes."""
    query = {"text": "emma", "generation_id": "g"}
    citation = {"start": 0, "end": 2, "text": "Hi", "document_ids": ["d"]}
    fold, steps = folded(
        {"event_type": "stream-start", "generation_id": "g-1"},
        {"event_type": "search-queries-generation", "search_queries": [query]},
        {"event_type": "search-results", "documents": [{"id": "d"}]},
        {"event_type": "text-generation", "text": "Hi"},
        {"event_type": "citation-generation", "citations": [citation]},
        chunk(tool_call_delta={"index": 0.0, "name": "Find"}),
        chunk(tool_call_delta={"index": 0.0, "parameters": '{"title": "Em'}),
        dialect="v1",
    )

    data = plain(fold.response())

    assert not fold.complete
    assert {
        "text": "Hi",
        "generation_id": "g-1",
        "search_queries": [query],
        "documents": [{"id": "d"}],
        "citations": [citation],
        "tool_calls": [{"name": "Find", "parameters": '{"title": "Em'}],
    } == data
    assert ["Find"] == [tool.error.name for _, tool in steps if tool is not None]


def test_version_1_sends_calls_twice() -> None:
    """A call comes once, with its pieces or with the whole; the plan is the text, once."""
    whole = [{"name": "Find", "parameters": {"title": t}} for t in ("Emma", "Dune")]
    end = {"text": "I will look.", "tool_calls": whole, "generation_id": "g-1"}
    fold, steps = folded(
        chunk(text="I will "),
        chunk(tool_call_delta={"index": 0, "name": "Find"}),
        chunk(tool_call_delta={"index": 0, "parameters": '{"title": "Emma"}'}),
        {"event_type": "tool-calls-generation", "text": "I will look.", "tool_calls": whole},
        {"event_type": "stream-end", "finish_reason": "COMPLETE", "response": end},
        dialect="v1",
    )
    answer = response(fold, "v1")

    assert ["I will ", "", "", "look.", ""] == [step.content for step, _ in steps]
    assert [None, None, "Emma", "Dune", None] == [tool and tool.call() for _, tool in steps]
    assert ["tool_calls"] == answer.common_finish_reasons == steps[-1][0].common_finish_reasons
    assert {
        "role": "CHATBOT",
        "message": "I will look.",
        "tool_calls": whole,
    } == answer.message_param
    assert [
        {
            "role": "TOOL",
            "tool_results": [
                {"call": call, "outputs": [{"output": call["parameters"]["title"]}]}
                for call in whole
            ],
        }
    ] == CohereCallResponse.tool_message_params([(tool, tool.call()) for tool in fold.tools])


def test_tools_know_their_version() -> None:
    """The SDK's object for a call is that of the client's version."""
    one, _ = folded(
        {"event_type": "tool-calls-generation", "tool_calls": [{"name": "Find"}]}, dialect="v1"
    )
    two, _ = folded(start(0), piece(0, "{}"))

    assert [ToolCall, ToolCallV2] == [type(f.tools[0].tool_call) for f in (one, two)]


@pytest.mark.parametrize("size", [1, 2, 7, 100])
def test_lines_are_cut_at_line_feeds_alone(size: int) -> None:
    """Other line ends of Unicode are part of the text, and blank lines are none."""
    body = '{"a":"\u2028\u0085\x0b"}\n\n{"b":1}\r\n{"c":2}'.encode()
    lines = _Lines()

    found = [line for at in range(0, len(body), size) for line in lines.feed(body[at : at + size])]

    expected = ['{"a":"\u2028\u0085\x0b"}'.encode(), b'{"b":1}\r', b'{"c":2}']
    assert expected == [*found, *lines.end()]
