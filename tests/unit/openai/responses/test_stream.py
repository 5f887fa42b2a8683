"""What the streams of OpenAI's Responses API have of their own: items, stages, cuts, failures."""

from __future__ import annotations

from typing import Any

import httpx
import openai
import pytest
from openai.types.responses import Response

from mirascope.core import BaseTool
from mirascope.core.base._events import plain
from mirascope.core.base._fold import FoldContext
from mirascope.core.base._tool_types import tool_types
from mirascope.core.errors import ProviderStreamError
from mirascope.core.openai.responses import OpenAIResponsesCallResponse, OpenAIResponsesTool
from mirascope.core.openai.responses._adapter import ADAPTER
from tests.support.wire import context

CONTEXT = context()


class Note(BaseTool):
    """Takes a note."""

    text: str = ""


def whole(kind: str, *output: dict[str, Any], **said: Any) -> dict[str, Any]:
    """An event with the whole response."""
    status = {"created": "in_progress"}.get(kind, kind)
    top = {"id": "resp_1", "object": "response", "model": "gpt", "status": status}
    return {"type": f"response.{kind}", "response": {**top, "output": list(output), **said}}


def added(index: int, item: dict[str, Any]) -> dict[str, Any]:
    """An item is opened."""
    return {"type": "response.output_item.added", "output_index": index, "item": item}


def done(index: int, item: dict[str, Any]) -> dict[str, Any]:
    """An item is done."""
    return {"type": "response.output_item.done", "output_index": index, "item": item}


def event(kind: str, index: int = 0, item_id: str = "i0", **said: Any) -> dict[str, Any]:
    """An event about an item."""
    return {"type": f"response.{kind}", "item_id": item_id, "output_index": index, **said}


def delta(piece: str, index: int = 0, item_id: str = "i0") -> dict[str, Any]:
    """A piece of text."""
    return event("output_text.delta", index, item_id, content_index=0, delta=piece, logprobs=[])


def message(text: str = "", item_id: str = "i0") -> dict[str, Any]:
    """A message, as far as it has come."""
    part = {"type": "output_text", "text": text, "annotations": []}
    content = [part] if text else []
    return {"id": item_id, "type": "message", "role": "assistant", "content": content}


def call(arguments: str = "", item_id: str = "i0", **said: Any) -> dict[str, Any]:
    """A call of the tool, as far as it has come."""
    item = {"id": item_id, "type": "function_call", "call_id": f"call_{item_id}", "name": "Note"}
    return {**item, "arguments": arguments, **said}


def folded(*events: Any, tools: bool = False) -> tuple[Any, list[Any]]:
    """A fold that was fed with the events, and its steps."""
    offered = tool_types([Note], OpenAIResponsesTool) if tools else None
    fold = ADAPTER.fold(FoldContext(model="m", tools=offered))
    steps = [step for event in events for step in fold.feed(event)]
    return fold, [*steps, *fold.finish()]


def view(fold: Any) -> OpenAIResponsesCallResponse[Any]:
    """The response of what a fold has."""
    return OpenAIResponsesCallResponse(fold.response(), CONTEXT)


def shown(steps: list[Any]) -> str:
    """The text of the steps."""
    return "".join(chunk.content for chunk, _ in steps)


def test_a_stream_that_was_cut_has_all_that_arrived() -> None:
    """Without its end, the response is made of the openings and the pieces."""
    search = {"id": "i1", "type": "web_search_call", "status": "in_progress"}
    citation = {"type": "url_citation", "url": "u", "title": "t", "start_index": 0, "end_index": 1}
    fold, steps = folded(
        whole("created", reasoning={"effort": "low"}),
        added(0, {"id": "i0", "type": "reasoning", "summary": [], "encrypted_content": "e"}),
        event("reasoning_summary_text.delta", summary_index=0, delta="Hm, "),
        event("reasoning_summary_text.delta", summary_index=0, delta="so."),
        added(1, search),
        event("web_search_call.searching", 1, "i1"),
        added(2, message(item_id="i2")),
        delta("a", 2, "i2"),
        event(
            "output_text.annotation.added", 2, "i2", content_index=0, annotation=citation
        ),
        delta("b", 2, "i2"),
        added(3, call(item_id="i3")),
        event("function_call_arguments.delta", 3, "i3", delta='{"te'),
    )  # fmt: skip
    response = fold.response()

    assert isinstance(response, Response)
    assert not fold.complete
    assert ("ab", "Hm, so.", None) == (fold.content, fold.reasoning, fold.finish_reasons)
    assert "ab" == shown(steps) == response.output_text
    assert [
        {
            "id": "i0",
            "type": "reasoning",
            "summary": [{"type": "summary_text", "text": "Hm, so."}],
            "encrypted_content": "e",
        },
        {**search, "status": "searching"},
        {
            **message(item_id="i2"),
            "content": [{"type": "output_text", "text": "ab", "annotations": [citation]}],
        },
        call('{"te', "i3"),
    ] == plain(response.output)
    assert ("resp_1", "in_progress", "low") == (
        response.id,
        response.status,
        response.reasoning.effort if response.reasoning else None,
    )


@pytest.mark.parametrize(
    "events",
    [
        [delta("ab"), event("output_text.done", content_index=0, text="abc")],
        [event("output_text.done", content_index=0, text="abc", logprobs=[])],
        [event("content_part.done", content_index=0, part=message("abc")["content"][0])],
        [delta("a"), done(0, message("abc"))],
        [done(0, message("abc"))],
        [whole("completed", message("abc"))],
        [delta("a"), delta("b"), delta("c"), whole("completed", message("abc"))],
        [delta("abc"), event("output_text.done", content_index=0), done(0, message())],
        [delta("abc"), whole("completed")],
        [delta("abc"), done(0, message("abc", "another")), whole("completed", message("abc", "3"))],
    ],
)
def test_text_is_shown_once_at_whatever_stage_it_comes(events: list[Any]) -> None:
    """A server may leave stages out, leave texts out of them, or change its ids."""
    fold, steps = folded(whole("created"), added(0, message()), *events, whole("completed"))

    assert "abc" == shown(steps) == fold.content == view(fold).content
    assert 1 == len(fold.response().output)


def test_an_item_whose_opening_was_not_seen_is_made() -> None:
    """What arrives is kept, and what comes later about it finds it."""
    fold, steps = folded(
        delta("a", 3, "x"),
        event("refusal.delta", 4, "y", content_index=0, delta="No."),
        event("reasoning_text.delta", 5, "z", content_index=0, delta="Hm."),
        done(3, message("ab", "x")),
    )

    assert "ab" == shown(steps) == fold.content
    assert ("No.", "Hm.") == (fold.refusal, fold.reasoning)
    assert ["message", "message", "reasoning"] == [item.type for item in fold.response().output]


def test_items_are_told_apart_by_their_ids() -> None:
    """A server that gives every item one number does not mix them up."""
    fold, _ = folded(
        added(0, call(item_id="a")),
        added(0, call(item_id="b")),
        event("function_call_arguments.delta", 0, "a", delta='{"text": "1"}'),
        event("function_call_arguments.delta", 0, "b", delta='{"text": "2"}'),
        whole("completed"),
        tools=True,
    )

    assert [{"text": "1"}, {"text": "2"}] == [tool.args for tool in fold.tools]


def test_several_responses_in_one_stream_are_one_answer() -> None:
    """The numbers begin again, and the last response says how it ended."""
    fold, steps = folded(
        whole("created"),
        added(0, call(item_id="a")),
        done(0, call("{}", "a")),
        whole("completed", call("{}", "a")),
        whole("created", id="resp_2"),
        added(0, message(item_id="b")),
        delta("ab", 0, "b"),
        whole("completed", message("ab", "b"), id="resp_2"),
        tools=True,
    )

    assert "ab" == shown(steps) == fold.content
    assert ("resp_2", 1, 2) == (fold.id, len(fold.tools), len(fold.response().output))


@pytest.mark.parametrize(
    "end",
    [
        [event("function_call_arguments.done", arguments='{"text": "x"}')],
        [done(0, call('{"text": "x"}'))],
        [done(0, call(""))],
        [whole("completed", call('{"text": "x"}'))],
        [],
    ],
)
def test_a_tool_comes_with_the_first_event_that_ends_it(end: list[Any]) -> None:
    """At the latest with the end of the input; its call is the SDK's object."""
    start = [added(0, call()), event("function_call_arguments.delta", delta='{"text": "x"}')]
    fold, steps = folded(*start, *end, whole("completed"), tools=True)

    expected = [None, None, "Note"] + [None] * len(end)
    assert expected[: len(steps)] == [tool and tool._name() for _, tool in steps]
    (tool,) = fold.tools
    assert ({"text": "x"}, "call_i0", "function_call") == (tool.args, tool.id, tool.tool_call.type)


@pytest.mark.parametrize(
    ("arguments", "said"), [("", "before they began"), ('{"text": "x', "cut off after")]
)
def test_a_call_that_was_cut_off(arguments: str, said: str) -> None:
    """An item that is done says itself that it is not whole; the response may say no more."""
    cut = call(arguments, "b", status="incomplete")
    end = whole("incomplete", call("", "a", status="completed"), cut)
    begun = [added(0, call(item_id="a")), added(1, call(item_id="b"))]
    written = event("function_call_arguments.done", 1, "b", arguments=arguments)
    fold, _ = folded(*begun, written, done(1, cut), end, tools=True)

    context = CONTEXT.replaced(tool_types=list(tool_types([Note], OpenAIResponsesTool).values()))
    plain_tools = OpenAIResponsesCallResponse(fold.response(), context).tools or []
    for first, second in (fold.tools, plain_tools):
        assert None is first.error
        assert said in str(second.error)


def test_an_event_that_completes_several_tools_is_shown_once() -> None:
    """The further tools come with echoes, which have nothing else to say."""
    end = whole("completed", usage={"input_tokens": 1, "output_tokens": 2, "total_tokens": 3})
    calls = [added(0, call("{}", "a")), added(1, call("{}", "b"))]

    fold, steps = folded(*calls, end, tools=True)

    assert [0, 0, 1, 1] == [tool is not None for _, tool in steps]
    assert [None, None, ["completed"], None] == [chunk.finish_reasons for chunk, _ in steps]
    assert [None, None, 2, None] == [chunk.output_tokens for chunk, _ in steps]
    assert 2 == len(fold.tools)


def test_a_custom_tool_is_answered_in_kind() -> None:
    """Its input is any text; its output goes back under its own type."""
    item = {"id": "i0", "type": "custom_tool_call", "call_id": "c1", "name": "sql", "input": ""}
    fold, _ = folded(
        added(0, item),
        event("custom_tool_call_input.delta", delta="SELECT "),
        event("custom_tool_call_input.done", input="SELECT 1"),
        whole("completed"),
        tools=True,
    )
    (tool,) = fold.tools

    assert ("SELECT 1", "c1") == (tool.error.arguments, tool.id)
    assert [{"type": "custom_tool_call_output", "call_id": "c1", "output": "1"}] == (
        OpenAIResponsesCallResponse.tool_message_params([(tool, 1)])
    )
    assert ["tool_calls"] == view(fold).common_finish_reasons


def test_what_ran_at_the_provider_is_kept_while_it_runs() -> None:
    """Code grows, an image in the making is an image, and neither is a tool of the caller's."""
    code = {"id": "i0", "type": "code_interpreter_call", "code": "", "status": "in_progress"}
    image = {"id": "i1", "type": "image_generation_call", "result": None, "status": "generating"}
    fold, _ = folded(
        added(0, code),
        event("code_interpreter_call_code.delta", delta="1 +"),
        event("code_interpreter_call_code.done", code="1 + 1"),
        event("code_interpreter_call.interpreting"),
        added(1, image),
        event("image_generation_call.partial_image", 1, "i1", partial_image_b64="AAAA"),
        tools=True,
    )

    assert [] == fold.tools
    assert [
        {**code, "code": "1 + 1", "status": "interpreting"},
        {**image, "result": "AAAA"},
    ] == plain(fold.response().output)


@pytest.mark.parametrize(
    ("end", "reason", "common"),
    [
        (whole("completed"), "completed", "stop"),
        (whole("completed", call("{}")), "completed", "tool_calls"),
        (
            whole("incomplete", incomplete_details={"reason": "max_output_tokens"}),
            "max_output_tokens",
            "length",
        ),
        (
            whole("incomplete", call("{"), incomplete_details={"reason": "content_filter"}),
            "content_filter",
            "content_filter",
        ),
        (whole("incomplete", incomplete_details=None), "incomplete", "length"),
        (whole("completed", status=None), "completed", "stop"),
    ],
)
def test_finish_reasons(end: dict[str, Any], reason: str, common: str) -> None:
    """What made an answer incomplete counts, else its status; calls of tools are a reason too."""
    fold, _ = folded(whole("created"), end)

    assert fold.complete
    assert [reason] == fold.finish_reasons == view(fold).finish_reasons
    assert [common] == view(fold).common_finish_reasons


@pytest.mark.parametrize(
    ("failed", "message"),
    [
        ({"type": "error", "code": "server_error", "message": "boom", "param": None}, "boom"),
        ({"type": "error", "error": {"code": "server_error", "message": "boom"}}, "boom"),
        (whole("failed", error={"code": "server_error", "message": "boom"}), "boom"),
        (whole("failed", error=None), "reported"),
    ],
)
def test_a_failure_is_the_sdks_error(failed: dict[str, Any], message: str) -> None:
    """The SDK shows a failure like any event; the stream raises what the SDK raises elsewhere."""
    fold, steps = folded(whole("created"), failed)
    request = httpx.Request("POST", "http://localhost")

    error = ADAPTER.failure(ProviderStreamError("reported", body=fold.failure), request)

    assert failed == steps[-1][0]._event
    assert isinstance(error, openai.APIError)
    assert message == error.message
    assert fold.failure == error.body


REASONING = {"id": "rs_1", "type": "reasoning", "summary": [], "encrypted_content": None}
ENCRYPTED = {**REASONING, "encrypted_content": "e"}
SENT = {key: value for key, value in REASONING.items() if value is not None}


@pytest.mark.parametrize(
    ("output", "stored", "expected"),
    [
        ([REASONING, message("a")], True, [SENT, message("a")]),
        ([REASONING, message("a")], False, [message("a")]),
        ([ENCRYPTED, call("{}")], False, [ENCRYPTED, call("{}")]),
        ([message("a"), ENCRYPTED], True, [message("a")]),
        ([ENCRYPTED], True, []),
        ([], True, []),
    ],
)
def test_the_message_for_the_next_turn(
    output: list[Any], stored: bool, expected: list[Any]
) -> None:
    """Items go back as they came, but for reasoning that OpenAI would refuse."""
    fold, _ = folded(whole("completed", *output, store=stored))

    assert expected == view(fold).message_param


def test_items_go_back_with_the_nulls_they_need() -> None:
    """What may be left out if it is null is; who created an item is nothing OpenAI takes back."""
    code = {"id": "i0", "type": "code_interpreter_call", "code": None, "outputs": None}
    image = {"id": "i1", "type": "image_generation_call", "result": None}
    shell = {"id": "i2", "type": "shell_call_output", "call_id": "c"}
    printed = {"stdout": "a", "stderr": ""}
    made = {"created_by": "someone"}
    output = [
        {**code, "more": None},
        {**image, "revised_prompt": None},
        {**shell, **made, "max_output_length": None, "output": [{**printed, **made}]},
    ]

    fold, _ = folded(whole("completed", *output))

    assert [code, image, {**shell, "output": [printed]}] == view(fold).message_param


def test_the_neutral_message_keeps_the_order() -> None:
    """Text and calls in turn; arguments that are no object are left out."""
    output = [message("a", "1"), call('{"x": 1}', "2"), message("b", "3"), call("[", "4")]
    fold, _ = folded(whole("completed", *output))

    parts = view(fold).common_message_param.content

    assert [
        {"type": "text", "text": "a"},
        {"type": "tool_call", "name": "Note", "args": {"x": 1}, "id": "call_2"},
        {"type": "text", "text": "b"},
        {"type": "tool_call", "name": "Note", "args": None, "id": "call_4"},
    ] == [part if isinstance(part, str) else part.model_dump() for part in parts]


def test_an_answer_in_the_background_has_no_end_yet() -> None:
    """A response that is queued is no failure, and has not finished."""
    fold, _ = folded(whole("queued"))
    response = view(fold)

    assert (None, None, "") == (
        response.finish_reasons,
        response.common_finish_reasons,
        response.content,
    )
