"""What servers that speak OpenAI's wire send beside what OpenAI sends."""

from __future__ import annotations

from typing import Any

import pytest

from mirascope.core.base._fold import FoldContext
from mirascope.core.base._tool_types import tool_types
from mirascope.core.errors import ToolArgumentsError
from mirascope.core.groq._adapter import ADAPTER as GROQ
from mirascope.core.mistral._adapter import ADAPTER as MISTRAL
from mirascope.core.openai._adapter import ADAPTER as OPENAI
from tests.support.wire import context
from tests.unit._shapes.test_chat_completions import A, B, call, called, calls, chunk, folded

ADAPTERS = {"groq": GROQ, "mistral": MISTRAL, "openai": OPENAI}


@pytest.fixture(params=ADAPTERS)
def adapter(request: pytest.FixtureRequest) -> Any:
    """Each provider of this shape."""
    return ADAPTERS[request.param]


def fed(adapter: Any, *events: Any) -> tuple[Any, str]:
    """A fold that was fed with the events, and the text of its steps."""
    fold = adapter.fold(FoldContext(model="m", tools=tool_types([A, B], adapter.tool)))
    steps = [step for event in events for step in fold.feed(event)]
    return fold, "".join(view.content for view, _ in [*steps, *fold.finish()])


THOUGHT = {"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}
LISTED = [
    chunk({"role": "assistant", "content": [THOUGHT]}),
    chunk({"content": [{"type": "text", "text": "A"}]}),
    chunk({"content": " man"}),
    chunk({}, "stop"),
]


def test_content_in_parts(adapter: Any) -> None:
    """Parts and texts may alternate: the text is the texts, thinking is reasoning."""
    fold, text = fed(adapter, *LISTED)

    assert "A man" == text == fold.content
    assert "hm" == fold.reasoning
    response = adapter.response(fold.response(), None)
    assert ("A man", "hm") == (response.content, response.reasoning)


def test_reasoning_is_shown_where_it_arrives(adapter: Any) -> None:
    """The chunk that brings thinking says so."""
    fold = adapter.fold(FoldContext(model="m"))

    assert ["hm", None] == [fold.feed(event)[0][0].reasoning for event in LISTED[:2]]


def test_blank_fields_take_nothing_back(adapter: Any) -> None:
    """A report of a content filter repeats the answer's fields with nothing in them."""
    report = {"index": 0, "finish_reason": None, "content_filter_results": {"hate": {}}}
    blank = {"id": "", "object": "", "created": 0, "model": "", "choices": [report]}

    fold, _ = fed(adapter, chunk({"content": "a"}), chunk({}, "stop"), blank)

    response = fold.response()
    assert ("m", "c-1") == (fold.model, fold.id)
    assert ("m", 1) == (response.model, response.created)


def test_a_channel_is_named_on_each_delta(adapter: Any) -> None:
    """A name that is repeated is no piece of a text."""
    deltas = [{"channel": "final", "content": "a"}, {"channel": "final", "content": "b"}]

    fold, text = fed(adapter, *map(chunk, deltas), chunk({}, "stop"))

    assert "ab" == text
    message = fold._choices[0].message_data()
    assert "final" == message["channel"]


def test_a_whole_message_at_the_end_says_nothing_new(adapter: Any) -> None:
    """Some servers end a stream with the answer as a call without streaming would have it."""
    whole = {"index": 0, "finish_reason": "stop", "message": {"content": "ab"}}

    fold, text = fed(
        adapter,
        chunk({"content": "a"}),
        chunk({"content": "b"}, "stop"),
        {"id": "c-1", "model": "m", "object": "chat.completion", "choices": [whole]},
    )

    assert "ab" == text == fold.content


def test_a_whole_message_alone_is_the_answer(adapter: Any) -> None:
    """A server that cannot stream sends it as the only event."""
    whole = {"index": 0, "finish_reason": "stop", "message": {"content": "ab"}}

    fold, text = fed(adapter, {"id": "c-1", "model": "m", "choices": [whole]})

    assert "ab" == text == fold.content
    assert fold.complete


def test_counts_may_be_floats(adapter: Any) -> None:
    """A whole number is a count however it is written; `true` is none."""
    usage = {"prompt_tokens": 5.0, "completion_tokens": True, "total_tokens": 7.5}

    fold, _ = fed(adapter, chunk({"content": "a"}, "stop", usage=usage))

    found = fold.common_usage
    assert (5, None, None) == (found.input_tokens, found.output_tokens, found.total_tokens)


def test_usage_beside_null_choices_goes_to_the_finish() -> None:
    """Null is no list of choices either."""
    usage = {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7}
    last = {"id": "c-1", "model": "m", "choices": None, "usage": usage}

    _, steps = folded(chunk({"content": "a"}), chunk({}, "stop"), last)

    assert 2 == len(steps)
    view = steps[-1][0]
    assert (["stop"], 5) == (view.finish_reasons, view.input_tokens)


def test_what_is_left_without_choices_has_an_empty_one() -> None:
    """`chunk.chunk.choices[0]` works on the last step, too."""
    extra = {"id": "c-1", "model": "m", "choices": [], "hook_results": {"a": 1}}

    _, steps = folded(chunk({"content": "a"}, "stop"), extra)

    assert [0] == [choice.index for choice in steps[-1][0].chunk.choices]


def test_an_error_object_is_a_failure(adapter: Any) -> None:
    """A server reports a failure as an event of its own kind; the finish before it is shown."""
    error = {"object": "error", "message": "out of memory", "code": 500}
    fold = adapter.fold(FoldContext(model="m"))

    steps = [*fold.feed(chunk({}, "stop")), *fold.feed(error)]

    assert error == fold.failure
    assert ["stop"] == steps[0][0].finish_reasons


def test_what_is_held_can_be_released(adapter: Any) -> None:
    """The finish waits for the usage; when the input fails it is shown all the same."""
    fold = adapter.fold(FoldContext(model="m"))
    assert [] == [*fold.feed(chunk({}, "stop"))]

    (view, tool), *others = fold.release()

    assert (["stop"], None, []) == (view.finish_reasons, tool, others)
    assert [] == [*fold.release()]


@pytest.mark.parametrize(
    ("finish", "is_cut"), [(None, True), ("length", True), ("tool_calls", False), ("stop", False)]
)
def test_a_call_without_arguments(adapter: Any, finish: str | None, *, is_cut: bool) -> None:
    """Only an answer that ended by itself has called a tool with nothing."""
    events = [calls(call(0, "", id="a", name="A"))]
    if finish is not None:
        events.append(chunk({}, finish))

    fold, _ = fed(adapter, *events)

    (tool,) = fold.tools
    if is_cut:
        with pytest.raises(ToolArgumentsError, match="cut off before they began"):
            tool.call()
    else:
        assert 0 == tool.call()


def test_a_call_that_another_followed_was_over(adapter: Any) -> None:
    """What was cut off is the last call alone; a plain answer says the same."""
    events = [
        calls(call(0, "", id="a", name="A")),
        calls(call(1, "", id="b", name="B")),
        chunk({}, "length"),
    ]

    fold, _ = fed(adapter, *events)

    assert [True, False] == [tool.error is None for tool in fold.tools]
    offered = list(tool_types([A, B], adapter.tool).values())
    response = adapter.response(fold.response(), context(tool_types=offered))
    assert [True, False] == [tool.error is None for tool in response.tools]


def test_tools_are_those_of_the_first_choice() -> None:
    """As the text is, and as a plain call has it; the others are in the response."""
    other = call(0, "{}", id="b", name="B")
    event = {
        **chunk({}),
        "choices": [
            {"index": 1, "delta": {"tool_calls": [other]}, "finish_reason": "tool_calls"},
            {"index": 0, "delta": {"content": "no tool"}, "finish_reason": "stop"},
        ],
    }

    fold, steps = folded(event)

    assert [None] == [tool for _, tool in steps]
    assert [] == fold.tools
    assert "B" == fold.response().choices[1].message.tool_calls[0].function.name


CALLS: dict[str, tuple[list[dict[str, Any]], list[tuple[str, Any]]]] = {
    "one object in place of a list": (
        [chunk({"tool_calls": call(0, '{"x": 1}', id="a", name="A")}), chunk({}, "tool_calls")],
        [("A", {"x": 1})],
    ),
    "without numbers, told apart by their ids": (
        [
            calls(call(None, '{"x": ', id="a", name="A")),
            calls(call(None, '{"x": ', id="b", name="B")),
            calls(call(None, "1}", id="a")),
            calls(call(None, "2}", id="b")),
            chunk({}, "tool_calls"),
        ],
        [("A", {"x": 1}), ("B", {"x": 2})],
    ),
    "without numbers, under one id": (
        [
            calls(call(None, '{"x": 1}', id="a", name="A")),
            calls(call(None, '{"x": 2}', id="a", name="B")),
            chunk({}, "tool_calls"),
        ],
        [("A", {"x": 1}), ("B", {"x": 2})],
    ),
    "the name said again after the arguments": (
        [
            calls(call(0, '{"x": 1}', id="a", name="A")),
            calls(call(0, "", name="A")),
            chunk({}, "tool_calls"),
        ],
        [("A", {"x": 1})],
    ),
}


@pytest.mark.parametrize(("events", "expected"), CALLS.values(), ids=CALLS)
def test_calls(events: list[dict[str, Any]], expected: list[tuple[str, Any]]) -> None:
    """Forms of tool calls that differ from OpenAI's."""
    fold, _ = folded(*events)

    assert expected == called(fold)


def test_a_name_that_grows() -> None:
    """Some servers send all of a name each time, as far as it has come."""
    fold, _ = folded(
        calls(call(0, id="a", name="get_")),
        calls(call(0, "{}", name="get_weather")),
        chunk({}, "tool_calls"),
    )

    assert "get_weather" == fold.response().choices[0].message.tool_calls[0].function.name


def test_token_ids_are_joined() -> None:
    """A list of a choice that comes in pieces."""
    first, second = chunk({"content": "a"}), chunk({"content": "b"}, "stop")
    first["choices"][0]["token_ids"], second["choices"][0]["token_ids"] = [5], [6, 7]

    fold, _ = folded(first, second)

    assert [5, 6, 7] == fold.response().choices[0].token_ids


def test_reasoning_goes_back_beside_calls_alone() -> None:
    """Servers with reasoning want it back within a turn with tools, and refuse it elsewhere."""
    thought = chunk({"reasoning_content": "hm"})
    with_call, _ = folded(thought, calls(call(0, "{}", id="a", name="A")), chunk({}, "tool_calls"))
    without, _ = folded(thought, chunk({"content": "a"}, "stop"))

    params = [OPENAI.response(fold.response(), None).message_param for fold in (with_call, without)]

    assert ["hm", None] == [param.get("reasoning_content") for param in params]
