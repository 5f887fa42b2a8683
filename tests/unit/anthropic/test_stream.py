"""What Anthropic's streams have of their own: blocks, signatures, cumulative usage, odd events."""

from __future__ import annotations

from typing import Any

import pytest
from anthropic.types import Message, RawMessageStartEvent

from mirascope.core import BaseTool
from mirascope.core.anthropic import AnthropicCallResponse, AnthropicTool
from mirascope.core.anthropic._adapter import ADAPTER
from mirascope.core.base._events import plain
from mirascope.core.base._fold import FoldContext
from mirascope.core.base._tool_types import tool_types
from mirascope.core.errors import ToolArgumentsError
from tests.support.wire import context

CONTEXT = context()
START: dict[str, Any] = {
    "type": "message_start",
    "message": {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {
            "input_tokens": 10,
            "cache_creation_input_tokens": 3,
            "cache_read_input_tokens": 4,
            "output_tokens": 1,
        },
    },
}
STOP = {"type": "message_stop"}


class Note(BaseTool):
    """Takes a note."""

    text: str = ""


def block(index: int, start: dict[str, Any], *deltas: dict[str, Any]) -> list[dict[str, Any]]:
    """The events of one content block."""
    return [
        {"type": "content_block_start", "index": index, "content_block": start},
        *({"type": "content_block_delta", "index": index, "delta": delta} for delta in deltas),
        {"type": "content_block_stop", "index": index},
    ]


def end(reason: str = "end_turn", output: int = 9, **delta: Any) -> dict[str, Any]:
    """The event that says why the message ended."""
    said = {"stop_reason": reason, "stop_sequence": None, **delta}
    return {"type": "message_delta", "delta": said, "usage": {"output_tokens": output}}


def text(piece: str) -> dict[str, Any]:
    """A piece of text."""
    return {"type": "text_delta", "text": piece}


def json_piece(piece: str) -> dict[str, Any]:
    """A piece of a tool's arguments."""
    return {"type": "input_json_delta", "partial_json": piece}


def folded(*events: Any, tools: bool = False) -> tuple[Any, list[Any]]:
    """A fold that was fed with the events, and its steps."""
    offered = tool_types([Note], AnthropicTool) if tools else None
    fold = ADAPTER.fold(FoldContext(model="m", tools=offered))
    steps = [step for event in events for step in fold.feed(event)]
    return fold, [*steps, *fold.finish()]


def view(fold: Any) -> AnthropicCallResponse[Any]:
    """The response of what a fold has."""
    return AnthropicCallResponse(fold.response(), CONTEXT)


TOOL = {"type": "tool_use", "id": "toolu_1", "name": "Note", "input": {}}
THINKING = {"type": "thinking", "thinking": "", "signature": ""}
CITATION = {"type": "char_location", "cited_text": "b", "document_index": 0}
BLOCKS = [
    block(0, THINKING, {"type": "thinking_delta", "thinking": "Hm, "})[:-1],
    [
        {
            "type": "content_block_delta",
            "index": 0,
            "delta": {"type": "thinking_delta", "thinking": "one."},
        },
        {
            "type": "content_block_delta",
            "index": 0,
            "delta": {"type": "signature_delta", "signature": "sig-1"},
        },
        {"type": "content_block_stop", "index": 0},
    ],
    block(1, {"type": "redacted_thinking", "data": "secret"}),
    block(2, {"type": "text", "text": ""}, text("a"), text("b")),
    block(
        3,
        {"type": "server_tool_use", "id": "srv_1", "name": "web_search", "input": {}},
        json_piece('{"query"'),
        json_piece(': "x"}'),
    ),
    block(4, {"type": "web_search_tool_result", "tool_use_id": "srv_1", "content": [{"url": "u"}]}),
    block(
        5,
        THINKING,
        {"type": "thinking_delta", "thinking": " Two."},
        {"type": "signature_delta", "signature": "sig-2"},
    ),
    block(
        6,
        {"type": "text", "text": "", "citations": []},
        {"type": "citations_delta", "citation": CITATION},
        text("c"),
        {"type": "citations_delta", "citation": {**CITATION, "cited_text": "c"}},
    ),
    block(7, TOOL, json_piece(""), json_piece('{"te'), json_piece('xt": "hey"}')),
    block(8, {"type": "from_the_future", "note": ""}, {"type": "note_delta", "note": "n"}),
]
CONTENT = [
    {"type": "thinking", "thinking": "Hm, one.", "signature": "sig-1"},
    {"type": "redacted_thinking", "data": "secret"},
    {"type": "text", "text": "ab"},
    {"type": "server_tool_use", "id": "srv_1", "name": "web_search", "input": {"query": "x"}},
    {"type": "web_search_tool_result", "tool_use_id": "srv_1", "content": [{"url": "u"}]},
    {"type": "thinking", "thinking": " Two.", "signature": "sig-2"},
    {"type": "text", "text": "c", "citations": [CITATION, {**CITATION, "cited_text": "c"}]},
    {**TOOL, "input": {"text": "hey"}},
    {"type": "from_the_future", "note": "n"},
]


def test_every_block_is_kept_in_its_place() -> None:
    """Thinking with each signature, redactions, server tools, citations, blocks not known here."""
    events = [event for group in BLOCKS for event in group]

    fold, steps = folded(START, *events, end("tool_use"), STOP, tools=True)

    assert len(events) + 3 == len(steps)
    assert CONTENT == plain(fold.response().content)
    assert "abc" == "".join(chunk.content for chunk, _ in steps) == fold.content
    assert "Hm, one. Two." == fold.reasoning == view(fold).thinking
    assert ["sig-1", "sig-2"] == [c.signature for c, _ in steps if c.signature]
    assert "sig-2" == view(fold).signature
    (tool,) = fold.tools
    assert {"text": "hey"} == tool.args


def test_the_answer_goes_back_as_it_came() -> None:
    """The message of the next turn has every block, thinking with its signature."""
    events = [event for group in BLOCKS for event in group]
    fold, _ = folded(START, *events, end("tool_use"))

    assert {"role": "assistant", "content": CONTENT} == view(fold).message_param


def test_what_anthropic_does_not_take_back_is_left_out() -> None:
    """Empty text and unsigned thinking stay in the response, but do not go back."""
    unsigned = block(0, THINKING, {"type": "thinking_delta", "thinking": "Hm"})
    empty = block(1, {"type": "text", "text": ""})
    said = block(2, {"type": "text", "text": ""}, text("a"))

    fold, _ = folded(START, *unsigned, *empty, *said, end())

    assert 3 == len(fold.response().content)
    assert [{"type": "text", "text": "a"}] == view(fold).message_param["content"]


def test_a_tool_comes_when_its_block_stops() -> None:
    """Each tool is with the event that completed it."""
    one = block(0, TOOL, json_piece('{"text": "x"}'))
    two = block(1, {**TOOL, "id": "toolu_2"}, json_piece("{}"))

    _, steps = folded(START, *one, *two, end("tool_use"), tools=True)

    found = [(chunk._event, tool.id, tool.text) for chunk, tool in steps if tool is not None]
    assert [(one[-1], "toolu_1", "x"), (two[-1], "toolu_2", "")] == found


@pytest.mark.parametrize(
    "then", [block(1, {"type": "text", "text": ""})[0], end("tool_use"), end("end_turn"), STOP]
)
def test_no_arguments_are_an_empty_object(then: dict[str, Any]) -> None:
    """The event after the block tells that they were not cut off before they began."""
    _, steps = folded(START, *block(0, TOOL, json_piece("")), then, tools=True)

    found = [(chunk._event, tool.error) for chunk, tool in steps if tool is not None]
    assert [(then, None)] == found


@pytest.mark.parametrize("reason", ["max_tokens", "model_context_window_exceeded", "refusal"])
def test_arguments_that_were_cut_off_before_they_began(reason: str) -> None:
    """The last call of an answer that was cut is an error, streamed or not."""
    calls = [*block(0, TOOL), *block(1, {**TOOL, "id": "toolu_2"})]

    fold, _ = folded(START, *calls, end(reason), STOP, tools=True)

    context = CONTEXT.replaced(tool_types=list(tool_types([Note], AnthropicTool).values()))
    plain_tools = AnthropicCallResponse(fold.response(), context).tools or []
    for first, second in (fold.tools, plain_tools):
        assert None is first.error
        assert "before they began" in str(second.error)


def test_text_after_a_call_says_that_it_was_whole() -> None:
    """What was cut off is the text."""
    said = block(1, {"type": "text", "text": ""}, text("a"))

    fold, _ = folded(START, *block(0, TOOL), *said, end("max_tokens"), tools=True)

    context = CONTEXT.replaced(tool_types=list(tool_types([Note], AnthropicTool).values()))
    (plain_tool,) = AnthropicCallResponse(fold.response(), context).tools or []
    assert [None, None] == [fold.tools[0].error, plain_tool.error]


def test_another_model_goes_on() -> None:
    """The model that answers is the last one that a block names."""
    names = [("claude", "claude-2"), ("claude-2", "claude-3")]
    blocks = [
        block(n, {"type": "fallback", "from": {"model": old}, "to": {"model": new}})
        for n, (old, new) in enumerate(names)
    ]

    fold, steps = folded(START, *blocks[0], *blocks[1], end())

    assert "claude-3" == fold.model == view(fold).model
    assert ["claude", "claude-2", "claude-3"] == [c.model for c, _ in steps if c.model]


def test_a_stop_closes_several_tools_at_once() -> None:
    """An event that completes several tools is shown once, and then as echoes."""
    opened = [block(n, {**TOOL, "id": f"toolu_{n}"})[0] for n in range(3)]

    _, steps = folded(START, *opened, end("tool_use"), STOP, tools=True)

    with_tools = [(chunk.finish_reasons, tool.id) for chunk, tool in steps if tool is not None]
    assert [(["tool_use"], "toolu_0"), (None, "toolu_1"), (None, "toolu_2")] == with_tools


def test_arguments_that_were_cut_off_are_kept_as_text() -> None:
    """The response has the text that arrived; what goes back is as much as is an object."""
    cut = block(0, TOOL, json_piece('{"text": "he'))[:-1]

    fold, steps = folded(START, *cut, end("max_tokens"), tools=True)

    (tool,) = (tool for _, tool in steps if tool is not None)
    assert isinstance(tool.error, ToolArgumentsError)
    assert '{"text": "he' == tool.error.arguments
    assert '{"text": "he' == fold.response().content[0].input
    assert {"text": "he"} == view(fold).message_param["content"][0]["input"]


def test_counts_are_cumulative() -> None:
    """The last count of output stands; the prompt's tokens include the cache's."""
    delta = block(0, {"type": "text", "text": ""}, text("a"))

    fold, steps = folded(START, *delta, end("end_turn", 40), end("end_turn", 42), STOP)

    usage = fold.common_usage
    assert (17, 4, 42, 59) == (
        usage.input_tokens,
        usage.cached_tokens,
        usage.output_tokens,
        usage.total_tokens,
    )
    assert {**START["message"]["usage"], "output_tokens": 42} == plain(fold.response().usage)
    assert [1, 40, 42] == [c.output_tokens for c, _ in steps if c.usage is not None]
    assert [17, None, None] == [c.input_tokens for c, _ in steps if c.usage is not None]


def test_the_end_says_why() -> None:
    """Stop reason, stop sequence, an explanation and fields not known here are in the response."""
    details = {"type": "refusal", "category": "cyber", "explanation": "Not this."}
    last = {**end("refusal", stop_sequence="END", stop_details=details), "extra": {"x": 1}}

    fold, steps = folded(START, last, {**STOP, "metrics": 2})

    response: Any = fold.response()
    assert ("refusal", "END") == (response.stop_reason, response.stop_sequence)
    assert ({"x": 1}, 2) == (response.extra, response.metrics)
    assert "Not this." == fold.refusal == steps[1][0].refusal == view(fold).refusal
    assert ["content_filter"] == steps[1][0].common_finish_reasons


@pytest.mark.parametrize(
    ("events", "complete"),
    [([START], False), ([START, end()], True), ([START, STOP], True), ([], False)],
)
def test_only_an_end_is_an_end(*, events: list[Any], complete: bool) -> None:
    """A stream is complete with a stop reason or the last event, and not before."""
    fold, _ = folded(*events)

    assert complete is fold.complete


@pytest.mark.parametrize(
    "event",
    [
        {"type": "ping"},
        {"type": "brand_new", "value": 1},
        {"type": "content_block_stop", "index": 7},
        {"type": "content_block_delta", "index": 7, "delta": {"type": "new_delta", "x": 1}},
    ],
)
def test_events_that_say_nothing_known_are_shown(event: dict[str, Any]) -> None:
    """An event of an unknown type is a step; its object has the fields it came with."""
    _, steps = folded(START, event)

    (chunk, tool) = steps[1]
    assert ("", None, None) == (chunk.content, tool, chunk.finish_reasons)
    assert event == plain(chunk.chunk)


def test_an_unknown_event_is_what_the_sdk_makes_of_it() -> None:
    """The SDK gives an unknown event the first of its classes; `type` tells."""
    _, ((chunk, _),) = folded({"type": "brand_new"})

    assert isinstance(chunk.chunk, RawMessageStartEvent)
    assert "brand_new" == chunk.chunk.type


def test_deltas_without_a_start_are_kept() -> None:
    """Text whose block's start was lost is in the chunks and in the response."""
    lost = block(0, {}, text("a"), text("b"))[1:]

    fold, steps = folded(START, *lost, end())

    assert "ab" == "".join(chunk.content for chunk, _ in steps) == view(fold).content


def test_an_error_event_is_a_failure() -> None:
    """An error that the SDK did not raise is noted for the stream to raise."""
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}

    fold, _ = folded(START, error)

    assert error == fold.failure


def test_results_of_tools_are_one_message() -> None:
    """Outputs go back in one message of the user's; what failed is marked."""
    one = block(0, TOOL, json_piece('{"text": "x"}'))
    two = block(1, {**TOOL, "id": "toolu_2", "name": "unknown"})
    fold, _ = folded(START, *one, *two, end("tool_use"), tools=True)

    (message,) = AnthropicCallResponse.tool_message_params(
        list(zip(fold.tools, [{"y": 1}, "no such tool"], strict=True))
    )

    assert {
        "role": "user",
        "content": [
            {"type": "tool_result", "tool_use_id": "toolu_1", "content": '{"y":1}'},
            {
                "type": "tool_result",
                "tool_use_id": "toolu_2",
                "content": "no such tool",
                "is_error": True,
            },
        ],
    } == message
    assert [] == AnthropicCallResponse.tool_message_params([])


def test_the_neutral_message_keeps_text_and_calls_in_order() -> None:
    """Text blocks that follow each other are one text; a call between them divides."""
    texts = [block(n, {"type": "text", "text": ""}, text(piece)) for n, piece in enumerate("ab")]
    tail = block(3, {"type": "text", "text": ""}, text("c"))
    fold, _ = folded(START, *texts[0], *texts[1], *block(2, TOOL), *tail, end())

    parts: Any = view(fold).common_message_param.content

    assert ["ab", "Note", "c"] == [getattr(p, "text", None) or p.name for p in parts]
    assert isinstance(fold.response(), Message)
