"""Old defects of streams, one test each: what of an answer was lost, mixed up or miscounted."""

from __future__ import annotations

from typing import Any

import pytest

from mirascope.core import BaseTool, costs, errors
from mirascope.core.testing import Answer, ToolCall, Usage, WireServer
from tests.support.playing import Outcome, play
from tests.support.providers import Provider
from tests.support.wire import rendered
from tests.support.written import call_delta, chat, chat_event, choice, only, written

CHAT = only("openai", "groq", "mistral")


class Note(BaseTool):
    """Takes a note."""

    text: str

    def call(self) -> str:
        return self.text


def now() -> str:
    """Tell the time."""
    return "noon"


TWO_NOTES = [("Note", {"text": "one"}), ("Note", {"text": "two"})]
ONE, TWO = '{"text": "one"}', '{"text": "two"}'


def shown(tools: list[Any] | None) -> list[tuple[str, Any]]:
    """Name and arguments of tools."""
    return [(type(tool).__name__, tool.args) for tool in tools or []]


def play_chat(provider: Provider, server: WireServer, *events: dict[str, Any]) -> Outcome:
    """Stream a written chat completion to a call that offers the tools."""
    server.play(chat(*events))
    outcome = play(provider, "sync", server, tools=[Note, now])
    assert outcome.error is None
    return outcome


def play_calls(provider: Provider, server: WireServer, *deltas: list[Any]) -> list[Any]:
    """Stream written tool calls, one event each, and give what the steps and response have."""
    parts = [choice(tool_calls=delta) for delta in deltas]
    events = [chat_event(part) for part in (*parts, choice("tool_calls", content=""))]
    outcome = play_chat(provider, server, *events)
    assert shown(outcome.tools) == shown(outcome.response.tools)
    return shown(outcome.tools)


@only("openai")
@pytest.mark.parametrize("finish", ["length", "tool_calls", "content_filter"])
def test_the_usage_chunk_does_not_erase_the_finish_reason(
    provider: Provider, finish: str, server: WireServer
) -> None:
    """The finish reason survives the usage that comes after it, and no chunk has an empty list."""
    server.play(Answer(text=["a"], finish=finish, usage=(10, 5)))

    outcome = play(provider, "sync", server)

    assert [finish] == outcome.stream.finish_reasons == outcome.response.finish_reasons
    on_chunks = [chunk.finish_reasons for chunk, _ in outcome.steps]
    assert [[finish]] == [reasons for reasons in on_chunks if reasons is not None]
    assert (10, 5) == (outcome.response.input_tokens, outcome.response.output_tokens)


@only("anthropic")
def test_the_stop_reason_of_the_message_delta_is_read(
    provider: Provider, server: WireServer
) -> None:
    """Anthropic tells late why it stopped, and the stream and the response have it."""
    server.play(Answer(text=["a"], finish="length"))

    outcome = play(provider, "sync", server)

    assert ["max_tokens"] == outcome.stream.finish_reasons == outcome.response.finish_reasons


@only("anthropic")
def test_output_tokens_of_the_message_start_are_not_added(
    provider: Provider, server: WireServer
) -> None:
    """Anthropic's last count stands; tokens read from and written to a cache are kept."""
    costs.register_price("anthropic", "cached-model", costs.Price(input=10, output=1, cached=1))
    events = rendered(provider, Answer(text=["a"], usage=Usage(input=12, output=42, cached=4)))
    events[0]["message"]["usage"]["cache_creation_input_tokens"] = 3
    events[0]["message"]["model"] = "cached-model"
    server.play(written(*events))

    outcome = play(provider, "sync", server)

    usage = outcome.response.usage
    assert (8, 42) == (usage.input_tokens, usage.output_tokens)
    assert (4, 3) == (usage.cache_read_input_tokens, usage.cache_creation_input_tokens)
    assert (42, 4) == (outcome.stream.output_tokens, outcome.stream.cached_tokens)
    assert pytest.approx((11 * 10 + 4 + 42) / 1e6) == outcome.response.cost == outcome.stream.cost


@only("google")
def test_cumulative_usage_is_not_summed(provider: Provider, server: WireServer) -> None:
    """Google repeats the counts in each event: three events of a 10/5 call say 10/5."""
    server.play(Answer(text=["a", "b", "c"], usage=(10, 5)))

    outcome = play(provider, "sync", server)

    assert (10, 5) == (outcome.stream.input_tokens, outcome.stream.output_tokens)
    assert (10, 5) == (outcome.response.input_tokens, outcome.response.output_tokens)


def google_event(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An event of Google's with one candidate, which is finished."""
    content = {"parts": list(parts), "role": "model"}
    return {"candidates": [{"content": content, "finishReason": "STOP", "index": 0}], **more}


@only("google")
def test_an_event_with_two_calls_counts_once(provider: Provider, server: WireServer) -> None:
    """Neither the tokens nor the text of an event are repeated for its second tool call."""
    calls = [{"functionCall": {"name": "Note", "args": {"text": word}}} for word in ("one", "two")]
    usage = {"promptTokenCount": 10, "candidatesTokenCount": 5, "totalTokenCount": 15}
    server.play(written(google_event({"text": "pre"}, *calls, usageMetadata=usage)))

    outcome = play(provider, "sync", server, tools=[Note])

    assert TWO_NOTES == shown(outcome.tools)
    assert "pre" == outcome.text == outcome.response.content
    assert (10, 5) == (outcome.response.input_tokens, outcome.response.output_tokens)


@only("groq")
def test_usage_that_only_x_groq_carries_is_read(provider: Provider, server: WireServer) -> None:
    """Groq's counts are known even where they are in its own field alone, and so is the cost."""
    costs.register_price("groq", "priced", costs.Price(input=1, output=1))
    counts = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    first = chat_event(choice(content="a"), model="priced")
    last = chat_event(choice("stop"), model="priced", x_groq={"id": "r1", "usage": counts})

    outcome = play_chat(provider, server, first, last)

    assert (10, 5) == (outcome.stream.input_tokens, outcome.stream.output_tokens)
    assert (10, 5) == (outcome.response.input_tokens, outcome.response.output_tokens)
    assert pytest.approx(15e-6) == outcome.response.cost


@CHAT
def test_every_tool_delta_of_an_event_is_read(provider: Provider, server: WireServer) -> None:
    """Two calls that begin in one event are both there."""
    both = [
        call_delta(0, ONE, name="Note", call_id="call_000A"),
        call_delta(1, TWO, name="Note", call_id="call_000B"),
    ]

    assert TWO_NOTES == play_calls(provider, server, both)


@CHAT
def test_a_whole_call_after_another_keeps_its_arguments(
    provider: Provider, server: WireServer
) -> None:
    """A call whose id and arguments come at once is complete, also as the second one."""
    first = call_delta(0, ONE, name="Note", call_id="call_000A")
    second = call_delta(1, TWO, name="Note", call_id="call_000B")

    assert TWO_NOTES == play_calls(provider, server, [first], [second])


@CHAT
def test_calls_with_interleaved_indexes_are_kept_apart(
    provider: Provider, server: WireServer
) -> None:
    """Pieces of two calls that take turns go each to its own call."""
    deltas = [
        call_delta(0, ONE[:5], name="Note", call_id="call_000A"),
        call_delta(1, TWO[:5], name="Note", call_id="call_000B"),
        call_delta(0, ONE[5:]),
        call_delta(1, TWO[5:]),
    ]

    assert TWO_NOTES == play_calls(provider, server, *([delta] for delta in deltas))


@CHAT
def test_an_id_on_each_delta_does_not_begin_a_new_call(
    provider: Provider, server: WireServer
) -> None:
    """A server that repeats the id of a call with each piece means one call."""
    pieces = (ONE[:5], ONE[5:9], ONE[9:])
    deltas = [[call_delta(0, piece, name="Note", call_id="call_000A")] for piece in pieces]

    assert TWO_NOTES[:1] == play_calls(provider, server, *deltas)


@CHAT
def test_a_finish_beside_the_last_tool_delta_loses_nothing(
    provider: Provider, server: WireServer
) -> None:
    """Tool, finish reason and chunk are there where one event brings them all."""
    begin = chat_event(choice(tool_calls=[call_delta(0, ONE[:5], name="Note", call_id="call_1")]))
    last = chat_event(choice("tool_calls", tool_calls=[call_delta(0, ONE[5:])]))

    outcome = play_chat(provider, server, begin, last)

    assert TWO_NOTES[:1] == shown(outcome.tools) == shown(outcome.response.tools)
    assert ["tool_calls"] == outcome.response.finish_reasons
    assert ["tool_calls"] == next(c.finish_reasons for c, _ in outcome.steps if c.finish_reasons)


def test_tools_without_arguments_are_not_lost(provider: Provider, server: WireServer) -> None:
    """A call of a tool that takes nothing is yielded, also where another call follows."""
    note = ToolCall(name="Note", arguments={"text": "one"})
    empty = ToolCall(name="now", arguments={} if "cut_arguments" in provider.lacks else "")
    server.play(Answer(tools=[ToolCall(name="now"), note, empty]))

    outcome = play(provider, "sync", server, tools=[Note, now])

    expected = [("now", {}), TWO_NOTES[0], ("now", {})]
    assert expected == shown(outcome.tools) == shown(outcome.response.tools)


@only("openai", "groq", "mistral", "google", "gemini", "gemini-grpc")
def test_the_texts_of_several_choices_are_not_mixed(provider: Provider, server: WireServer) -> None:
    """The content is the first choice's, and the response has them all."""
    server.play(Answer(text=["A", "0"], choices=[Answer(text=["B", "0"])], interleave=True))

    outcome = play(provider, "sync", server)

    assert "A0" == outcome.text == outcome.response.content
    assert ["A0", "B0"] == provider.choice_texts(outcome.response.response)


@only("openai", "openai.responses")
def test_refusals_are_visible(provider: Provider, server: WireServer) -> None:
    """A refusal is on the chunks, the stream and the response, and is no error."""
    server.play(Answer(refusal=["I can", "not."]))

    outcome = play(provider, "sync", server)

    assert "I cannot." == "".join(chunk.refusal or "" for chunk, _ in outcome.steps)
    assert "I cannot." == outcome.stream.refusal == outcome.response.refusal


@only("google")
def test_every_text_part_of_an_event_is_read(provider: Provider, server: WireServer) -> None:
    """The text of an event is that of all its parts."""
    server.play(written(google_event({"text": "one "}, {"text": "two"})))

    outcome = play(provider, "sync", server)

    assert "one two" == outcome.text == outcome.response.content


@only("google")
def test_a_blocked_prompt_does_not_look_like_an_empty_answer(
    provider: Provider, server: WireServer
) -> None:
    """The reason for which a prompt was blocked is the finish reason."""
    server.play(written({"promptFeedback": {"blockReason": "SAFETY"}}))

    outcome = play(provider, "sync", server)

    assert "" == outcome.text
    assert ["SAFETY"] == outcome.stream.finish_reasons == outcome.response.finish_reasons
    assert ["content_filter"] == outcome.response.common_finish_reasons


@only("google")
def test_an_unknown_function_does_not_swallow_its_chunk(
    provider: Provider, server: WireServer
) -> None:
    """The text beside a call of an unknown function is shown, and the call is an error's."""
    call = {"functionCall": {"name": "invented", "args": {"x": 1}}}
    server.play(written(google_event({"text": "Hm."}, call)))

    outcome = play(provider, "sync", server, tools=[Note])

    assert (None, "Hm.") == (outcome.error, outcome.text)
    assert isinstance(outcome.tools[0].error, errors.UnknownTool)


@CHAT
def test_reasoning_is_not_dropped(provider: Provider, server: WireServer) -> None:
    """Each server's way to send its reasoning ends in the one channel for it."""
    server.play(Answer(reasoning=["First, ", "think."], text=["Done."]))

    outcome = play(provider, "sync", server)

    assert "First, think." == "".join(chunk.reasoning or "" for chunk, _ in outcome.steps)
    assert "First, think." == outcome.stream.reasoning == outcome.response.reasoning
    assert "Done." == outcome.text == outcome.response.content


@only("mistral")
def test_content_that_is_a_list_has_text(provider: Provider, server: WireServer) -> None:
    """Mistral's content in parts is text where the parts are."""
    thinking = {"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}
    parts = [thinking, {"type": "text", "text": "Hello"}]

    outcome = play_chat(provider, server, chat_event(choice("stop", content=parts)))

    assert ("Hello", "Hm.") == (outcome.text, outcome.stream.reasoning)
    assert ("Hello", "Hm.") == (outcome.response.content, outcome.response.reasoning)


def block_events(index: int, block: dict[str, Any], *deltas: dict[str, Any]) -> list[Any]:
    """The events of one content block of Anthropic's."""
    place = {"index": index}
    return [
        {"type": "content_block_start", **place, "content_block": block},
        *({"type": "content_block_delta", **place, "delta": delta} for delta in deltas),
        {"type": "content_block_stop", **place},
    ]


def thinking_events(index: int, thought: str, signature: str) -> list[Any]:
    """The events of a thought and its signature."""
    return block_events(
        index,
        {"type": "thinking", "thinking": "", "signature": ""},
        {"type": "thinking_delta", "thinking": thought},
        {"type": "signature_delta", "signature": signature},
    )


def text_events(index: int, text: str) -> list[Any]:
    """The events of a text."""
    return block_events(index, {"type": "text", "text": ""}, {"type": "text_delta", "text": text})


@only("anthropic")
def test_blocks_keep_their_order_and_signatures(provider: Provider, server: WireServer) -> None:
    """Thoughts, texts and tools go back to Anthropic as they came, each with its signature."""
    start, *_, delta, stop = rendered(provider, Answer(text=["x"]))
    use = {"type": "tool_use", "id": "toolu_1", "name": "Note", "input": {}}
    blocks = [
        *thinking_events(0, "One.", "sig-1"),
        *text_events(1, "First."),
        *block_events(2, use, {"type": "input_json_delta", "partial_json": ONE}),
        *thinking_events(3, "Two.", "sig-2"),
        *text_events(4, "Second."),
    ]
    server.play(written(start, *blocks, delta, stop))

    outcome = play(provider, "sync", server, tools=[Note])

    expected = [
        {"type": "thinking", "thinking": "One.", "signature": "sig-1"},
        {"type": "text", "text": "First."},
        {**use, "input": {"text": "one"}},
        {"type": "thinking", "thinking": "Two.", "signature": "sig-2"},
        {"type": "text", "text": "Second."},
    ]
    assert expected == outcome.stream.message_param["content"]
    assert expected == outcome.response.message_param["content"]


@CHAT
def test_a_usage_chunk_without_choices_is_legal_with_tools(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """An event that has no choices, only usage, is no index error."""
    counts = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    server.play(chat(chat_event(choice("stop", content="a")), chat_event(usage=counts)))

    outcome = play(provider, colour, server, tools=[Note])

    assert (None, "a") == (outcome.error, outcome.text)
    assert (10, 5) == (outcome.response.input_tokens, outcome.response.output_tokens)


@only("cohere-v1", "cohere-v2")
def test_cohere_speaks_both_versions_and_streams_tool_calls(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """Clients of both versions stream text and tools, and the rebuilt response has them."""
    server.play(Answer(plan=["Noting."], tools=[ToolCall(name="Note", arguments={"text": "one"})]))

    outcome = play(provider, colour, server, tools=[Note])

    assert outcome.error is None
    assert TWO_NOTES[:1] == shown(outcome.tools) == shown(outcome.response.tools)
