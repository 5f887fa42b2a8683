"""What a generateContent answer says beyond plain text, fed to Google's fold by hand."""

from __future__ import annotations

from typing import Any

import pytest

from mirascope.core._shapes._content_wire import common_usage
from mirascope.core.base._tool_types import tool_types
from mirascope.core.errors import ToolArgumentsError, UnknownTool
from mirascope.core.google.tool import GoogleTool
from tests.support.providers import PROVIDERS
from tests.support.wire import fold, run

GOOGLE = next(provider for provider in PROVIDERS if provider.name == "google")


def weather(location: str, days: int = 1) -> str:
    """Tell the weather."""
    return f"{location} {days}"


def event(*parts: Any, **candidate: Any) -> dict[str, Any]:
    """An event of one candidate."""
    return {"candidates": [{"content": {"role": "model", "parts": list(parts)}, **candidate}]}


def call(**said: Any) -> dict[str, Any]:
    """A part that is a function call."""
    return {"functionCall": said}


def parts(folding: Any) -> list[dict[str, Any]]:
    """The parts of the first candidate of the fold's response."""
    data: list[dict[str, Any]] = GOOGLE.plain(folding.response())["candidates"][0]["content"][
        "parts"
    ]
    return data


def test_several_texts_and_thoughts_of_one_event_are_kept_apart() -> None:
    """Each event's text is all its text parts, and its reasoning all its thoughts."""
    folding = fold(GOOGLE)

    (step, _), *_ = run(
        folding,
        [event({"text": "Hm", "thought": True}, {"text": "a"}, {"text": "b"}, finishReason="STOP")],
    )

    assert ("ab", "Hm") == (step.content, step.reasoning)
    assert [{"text": "Hm", "thought": True}, {"text": "ab"}] == parts(folding)


def test_a_signed_part_stands_for_itself() -> None:
    """A part with a thought signature is not merged with one that has none."""
    folding = fold(GOOGLE)

    run(
        folding,
        [
            event({"text": "a"}),
            event({"text": "", "thoughtSignature": "c2ln"}),
            event({"text": "b"}),
        ],
    )

    expected = [{"text": "a"}, {"text": "", "thoughtSignature": "c2ln"}, {"text": "b"}]
    assert expected == parts(folding)
    assert "ab" == folding.content


def test_calls_of_one_event_have_a_step_each() -> None:
    """The first step carries the event's content; the others are echoes without any."""
    folding = fold(GOOGLE, [weather])
    two = [call(name="weather", args={"location": place}) for place in ("Paris", "Rome")]

    steps = run(folding, [event({"text": "Hm "}, *two, finishReason="STOP")])

    assert ["Hm ", ""] == [chunk.content for chunk, _ in steps]
    assert ["Paris 1", "Rome 1"] == [tool.call() for _, tool in steps]
    assert [["tool_calls"], None] == [chunk.common_finish_reasons for chunk, _ in steps]


def test_arguments_in_pieces_are_put_together_by_their_paths() -> None:
    """Strings go on where they say so; a call ends where it does not say that it will continue."""
    folding = fold(GOOGLE, [weather])
    pieces = [
        {"jsonPath": "$.location", "stringValue": "Bos", "willContinue": True},
        {"jsonPath": "$.location", "stringValue": "ton"},
        {"jsonPath": "$.days", "numberValue": 3},
    ]

    steps = run(
        folding,
        [
            event({**call(name="weather", willContinue=True), "thoughtSignature": "c2ln"}),
            *[event(call(partialArgs=[piece], willContinue=True)) for piece in pieces],
            event(call()),
            event(call(name="weather", args={"location": "Rome"}), finishReason="STOP"),
        ],
    )

    tools = [(place, tool.call()) for place, (_, tool) in enumerate(steps) if tool is not None]
    assert [(4, "Boston 3"), (5, "Rome 1")] == tools
    first, second = parts(folding)
    assert {"name": "weather", "args": {"location": "Boston", "days": 3}} == first["functionCall"]
    assert "c2ln" == first["thoughtSignature"]
    assert {"name": "weather", "args": {"location": "Rome"}} == second["functionCall"]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([("$.a.b[0].c", "x"), ("$.a.b[1]", "y")], {"a": {"b": [{"c": "x"}, "y"]}}),
        ([("$['a b']", "x"), ('$["c.d"]', "y")], {"a b": "x", "c.d": "y"}),
        ([("$.a[5]", "x")], {"a": [], "$.a[5]": "x"}),
        ([("$.a", "x"), ("$.a.b", "y")], {"a": "x", "$.a.b": "y"}),
        ([("nonsense", "x"), ("$", "y")], {"nonsense": "x", "$": "y"}),
    ],
)
def test_paths(pieces: list[tuple[str, str]], expected: dict[str, Any]) -> None:
    """A path that cannot be followed becomes a key of its own: nothing is lost."""
    folding = fold(GOOGLE)
    said = [{"jsonPath": path, "stringValue": value} for path, value in pieces]

    run(folding, [event(call(name="f", partialArgs=said))])

    assert expected == parts(folding)[0]["functionCall"]["args"]


def test_a_call_that_is_cut_off_says_so() -> None:
    """Arguments that were still to continue at the end are an error on the tool, never a tool."""
    folding = fold(GOOGLE, [weather])
    piece = {"jsonPath": "$.location", "stringValue": "Bos", "willContinue": True}

    steps = run(
        folding,
        [
            event(call(name="weather", willContinue=True)),
            event(call(partialArgs=[piece], willContinue=True), finishReason="MAX_TOKENS"),
        ],
    )

    (tool,) = [tool for _, tool in steps if tool is not None]
    assert isinstance(tool.error, ToolArgumentsError)
    assert "cut off" in str(tool.error)
    assert {"location": "Bos"} == parts(folding)[0]["functionCall"]["args"]


def test_an_unknown_function_costs_no_text() -> None:
    """The text beside a call of a function that was not offered is shown."""
    folding = fold(GOOGLE, [weather])

    steps = run(folding, [event({"text": "Hm"}, call(name="invented"), finishReason="STOP")])

    ((chunk, tool),) = steps
    assert "Hm" == chunk.content
    assert tool is not None
    assert isinstance(tool.error, UnknownTool)


def test_a_blocked_prompt_is_visible() -> None:
    """Why a prompt was blocked is its finish reason; what is said about it, its refusal."""
    folding = fold(GOOGLE)
    feedback = {"blockReason": "SAFETY", "blockReasonMessage": "No."}

    ((chunk, _),) = run(folding, [{"promptFeedback": feedback}])

    assert folding.complete
    assert ["SAFETY"] == folding.finish_reasons == chunk.finish_reasons
    assert ["content_filter"] == chunk.common_finish_reasons
    assert "No." == folding.refusal == chunk.refusal


@pytest.mark.parametrize(
    ("reason", "common"),
    [
        ("STOP", "stop"),
        ("MAX_TOKENS", "length"),
        ("SAFETY", "content_filter"),
        ("PROHIBITED_CONTENT", "content_filter"),
        ("BLOCKLIST", "content_filter"),
        ("SPII", "content_filter"),
        ("RECITATION", "content_filter"),
        ("IMAGE_SAFETY", "content_filter"),
        ("MALFORMED_FUNCTION_CALL", "stop"),
        ("UNEXPECTED_TOOL_CALL", "stop"),
        ("A_NEW_ONE", "stop"),
    ],
)
def test_finish_reasons(reason: str, common: str) -> None:
    """Filters are told from stops and limits; the provider's own word is kept."""
    folding = fold(GOOGLE)

    ((chunk, _),) = run(folding, [event({"text": "a"}, finishReason=reason)])

    assert ([reason], [common]) == (chunk.finish_reasons, chunk.common_finish_reasons)


def test_a_stop_in_an_event_after_the_calls_is_a_stop_for_them() -> None:
    """The chunk that ends an answer knows of the calls in earlier chunks."""
    folding = fold(GOOGLE, [weather])

    steps = run(
        folding,
        [event(call(name="weather", args={"location": "Rome"})), event(finishReason="STOP")],
    )

    assert ["tool_calls"] == steps[-1][0].common_finish_reasons


def test_reports_of_what_is_new_are_added_up_and_others_replaced() -> None:
    """Citations are told piece by piece; the count of tokens is a running total."""
    folding = fold(GOOGLE)
    one, two = ({"citationSources": [{"uri": f"https://{name}"}]} for name in "ab")

    run(
        folding,
        [
            {
                **event({"text": "a"}, citationMetadata=one),
                "usageMetadata": {"promptTokenCount": 5},
            },
            {
                **event({"text": "b"}, citationMetadata=two, finishReason="STOP"),
                "usageMetadata": {
                    "promptTokenCount": 5,
                    "candidatesTokenCount": 2,
                    "thoughtsTokenCount": 3,
                    "toolUsePromptTokenCount": 7,
                    "totalTokenCount": 17,
                },
            },
        ],
    )

    cited = folding.response().candidates[0].citation_metadata.citations
    assert ["https://a", "https://b"] == [citation.uri for citation in cited]
    usage = folding.common_usage
    assert usage is not None
    assert (12, 5, 17) == (usage.input_tokens, usage.output_tokens, usage.total_tokens)


def test_token_counts_are_whole_numbers() -> None:
    """A count that is written as a float is one, and what is no number is none."""
    usage = {"promptTokenCount": 5.0, "toolUsePromptTokenCount": True, "totalTokenCount": "7"}

    found = common_usage(usage)

    assert found is not None
    assert (5, None, None) == (found.input_tokens, found.output_tokens, found.total_tokens)


def test_fields_the_sdk_does_not_know_are_kept() -> None:
    """An unknown field and an unknown value are on the SDK's own response all the same."""
    folding = fold(GOOGLE)

    run(folding, [{**event({"text": "a", "glow": 1}, finishReason="BRAND_NEW"), "novel": {"x": 2}}])

    response = folding.response()
    assert {"x": 2} == response.model_extra["novel"]
    assert {"glow": 1} == response.candidates[0].content.parts[0].model_extra
    assert "BRAND_NEW" == response.candidates[0].finish_reason


def test_offered_tools_are_google_tools() -> None:
    """A plain function is offered as a tool of this provider."""
    (tool,) = tool_types([weather], GoogleTool).values()

    assert issubclass(tool, GoogleTool)
    assert "parameters_json_schema" in tool.tool_schema()
