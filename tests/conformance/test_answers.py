"""What a streamed answer says: text, tools, finish reasons, usage, reasoning, refusals, choices."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mirascope.core import BaseTool
from mirascope.core.errors import ToolArgumentsError, UnknownTool
from mirascope.core.testing import Answer, Raw, ToolCall, Usage, WireServer
from tests.support.playing import ask, play
from tests.support.providers import Provider


class FormatBook(BaseTool):
    """Formats a book.

    Args:
        title: Its title.
        author: Who wrote it.
    """

    title: str
    author: str

    def call(self) -> str:
        return f"{self.title} by {self.author}"


def now() -> str:
    """Tell the time."""
    return "noon"


BOOK = ToolCall(name="FormatBook", arguments={"title": "Emma", "author": "Austen"}, pieces=5)
OTHER = ToolCall(name="FormatBook", arguments={"title": "Dune", "author": "Herbert"}, pieces=3)
NOW = ToolCall(name="now", arguments={})


def shown(tools: list[Any]) -> list[tuple[str, Any]]:
    """Name and arguments of tools."""
    return [(type(tool).__name__, tool.args) for tool in tools]


@pytest.mark.parametrize("chunking", ["event", "byte", "whole", 7])
def test_text(provider: Provider, colour: str, chunking: Any, server: WireServer) -> None:
    """The chunks' contents are the text, however it is cut on the wire."""
    text = ["The ", "Näme", " of the 風", " 📖", "\u2028", ""]
    server.play(Answer(text=text, chunking=chunking))

    outcome = play(provider, colour, server)

    assert outcome.error is None
    assert "".join(text) == outcome.text == outcome.stream.content == outcome.response.content
    assert all(tool is None for _, tool in outcome.steps)


@pytest.mark.parametrize("finish", ["stop", "length", "content_filter"])
def test_finish_reason(provider: Provider, colour: str, finish: str, server: WireServer) -> None:
    """The finish reason is on the chunk that carries it, on the stream and on the response."""
    if finish in provider.lacks:
        pytest.skip(f"{provider.label} has no word for it")
    server.play(Answer(text=["a", "b"], finish=finish))

    outcome = play(provider, colour, server)

    on_chunks = [c.common_finish_reasons for c, _ in outcome.steps if c.finish_reasons is not None]
    assert [[finish]] == on_chunks
    assert [finish] == outcome.stream.common_finish_reasons
    assert [finish] == outcome.response.common_finish_reasons
    assert outcome.stream.finish_reasons == outcome.response.finish_reasons


def test_usage(provider: Provider, colour: str, server: WireServer) -> None:
    """Token counts are those the provider reports at the end, on a chunk, stream and response."""
    server.play(Answer(text=["a", "b"], usage=Usage(input=12, output=7, cached=4)))

    outcome = play(provider, colour, server)

    cached = None if "cached" in provider.lacks else 4
    last = [chunk for chunk, _ in outcome.steps if chunk.usage is not None][-1]
    assert 7 == last.output_tokens
    for said in (outcome.stream, outcome.response):
        assert (12, 7, cached) == (said.input_tokens, said.output_tokens, said.cached_tokens)
        assert 19 == said.common_usage.total_tokens
    assert type(outcome.response.usage) is type(outcome.stream.usage)


def test_the_docs_way_to_the_raw_chunk_works_on_every_chunk(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """No chunk is without what its provider's raw access in a loop needs, usage included."""
    server.play(Answer(text=["a", "b"], usage=(10, 5)))

    outcome = play(provider, colour, server)

    assert [provider.raw_text(chunk.chunk) for chunk, _ in outcome.steps] == [
        chunk.content for chunk, _ in outcome.steps
    ]


def test_identity(provider: Provider, colour: str, server: WireServer) -> None:
    """The model's name and the answer's id are the provider's."""
    server.play(Answer(text=["a"], model="the-model", id="answer-7"))

    outcome = play(provider, colour, server)

    if "model" not in provider.lacks:
        assert "the-model" == outcome.stream.model == outcome.response.model
    if "id" not in provider.lacks:
        assert "answer-7" == outcome.stream.id == outcome.response.id


@pytest.mark.parametrize("chunking", ["event", "byte", "whole"])
def test_tools(provider: Provider, colour: str, chunking: Any, server: WireServer) -> None:
    """Parallel tools come each once, complete, in order; text before them is kept."""
    server.play(Answer(text=["Let me see. "], tools=[BOOK, NOW, OTHER], chunking=chunking))

    outcome = play(provider, colour, server, tools=[FormatBook, now])

    expected = [
        ("FormatBook", {"title": "Emma", "author": "Austen"}),
        ("now", {}),
        ("FormatBook", {"title": "Dune", "author": "Herbert"}),
    ]
    assert expected == shown(outcome.tools)
    assert expected == shown(outcome.stream.tools)
    assert expected == shown(outcome.response.tools)
    assert ["Emma by Austen", "noon", "Dune by Herbert"] == [t.call() for t in outcome.tools]
    assert isinstance(outcome.tools[0], FormatBook)
    assert isinstance(outcome.tools[0], provider.cls("Tool"))
    assert "Let me see. " == outcome.text
    assert ["tool_calls"] == outcome.response.common_finish_reasons


def test_interleaved_tools(provider: Provider, colour: str, server: WireServer) -> None:
    """Tool calls whose pieces take turns on the wire are kept apart."""
    server.play(Answer(tools=[BOOK, OTHER], interleave=True))

    outcome = play(provider, colour, server, tools=[FormatBook])

    assert [BOOK.object, OTHER.object] == [tool.args for tool in outcome.tools]


def test_a_tool_that_was_not_offered(provider: Provider, colour: str, server: WireServer) -> None:
    """A tool the model invented does not end the stream; it carries the error and the raw call."""
    server.play(Answer(text=["Hm. "], tools=[ToolCall(name="invented", arguments={"x": 1}), NOW]))

    outcome = play(provider, colour, server, tools=[now])

    assert outcome.error is None
    invented, known = outcome.tools
    assert isinstance(invented.error, UnknownTool)
    assert {"x": 1} == invented.args
    assert "noon" == known.call()
    assert "Hm. " == outcome.text
    with pytest.raises(UnknownTool, match="invented"):
        invented.call()


def test_arguments_that_were_cut_off(provider: Provider, colour: str, server: WireServer) -> None:
    """Arguments cut by the token limit do not end the stream; the tool carries the error."""
    if "cut_arguments" in provider.lacks:
        pytest.skip(f"{provider.name} sends arguments whole, as an object")
    cut = ToolCall(name="FormatBook", pieces=['{"title": "Em', 'ma", "au'])
    server.play(Answer(text=["Hm. "], tools=[cut], finish="length"))

    outcome = play(provider, colour, server, tools=[FormatBook])

    assert outcome.error is None
    (tool,) = outcome.tools
    assert isinstance(tool.error, ToolArgumentsError)
    assert '{"title": "Emma", "au' == tool.error.arguments
    assert ["length"] == outcome.response.common_finish_reasons


def test_arguments_with_half_a_character(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """An escape that stands for no character is the tool's error, and no end of anything else."""
    if "cut_arguments" in provider.lacks:
        pytest.skip(f"{provider.name} sends arguments whole, as an object")
    if provider.name == "mistral":
        pytest.skip("the SDK refuses such an escape, and with it the answer")
    call = ToolCall(name="FormatBook", arguments={"title": "half", "author": ""}, id="call_1")
    body = provider.body(Answer(text=["Hm. "], tools=[call]))
    server.play(Raw(body=body.replace(b"half", rb"\ud83d")))

    outcome = play(provider, colour, server, tools=[FormatBook])

    assert outcome.error is None
    (tool,) = outcome.tools
    assert isinstance(tool.error, ToolArgumentsError)
    assert "\ud83d" in str(tool.error.arguments)
    assert ["FormatBook"] == [each.error.name for each in outcome.response.tools]
    assert r"\ud83d" in repr(outcome.response.response)
    assert outcome.response.message_param
    text, part = outcome.response.common_message_param.content
    assert ("Hm. ", "FormatBook", None) == (text.text, part.name, part.args)


def test_without_tools_the_tool_is_none(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A call that offers no tools yields none, but the response keeps the raw call."""
    server.play(Answer(tools=[BOOK]))

    outcome = play(provider, colour, server)

    assert [] == outcome.tools
    assert outcome.response.tools is None
    assert ["FormatBook"] == [part.name for part in outcome.response.common_message_param.content]


def test_reasoning(provider: Provider, colour: str, server: WireServer) -> None:
    """Reasoning is a channel of its own beside the text, in pieces and whole."""
    if "reasoning" in provider.lacks:
        pytest.skip(f"{provider.name} has no reasoning on its wire")
    server.play(Answer(reasoning=["First, ", "think."], text=["Done."]))

    outcome = play(provider, colour, server)

    assert "First, think." == "".join(chunk.reasoning or "" for chunk, _ in outcome.steps)
    assert "First, think." == outcome.stream.reasoning == outcome.response.reasoning
    assert "Done." == outcome.text


def test_refusal(provider: Provider, colour: str, server: WireServer) -> None:
    """A refusal is visible while it streams and on the response."""
    if "refusal" in provider.lacks:
        pytest.skip(f"{provider.name} has no refusal text on its wire")
    server.play(Answer(refusal=["I can't ", "do that."]))

    outcome = play(provider, colour, server)

    assert "I can't do that." == "".join(chunk.refusal or "" for chunk, _ in outcome.steps)
    assert "I can't do that." == outcome.stream.refusal == outcome.response.refusal


def test_several_choices(provider: Provider, colour: str, server: WireServer) -> None:
    """Text is the first choice's alone; the response has every choice."""
    if "choices" in provider.lacks:
        pytest.skip(f"{provider.name} answers with one choice")
    more = [Answer(text=["B0", "B1"], finish="length")]
    server.play(Answer(text=["A0", "A1"], choices=more, interleave=True))

    outcome = play(provider, colour, server)

    assert "A0A1" == outcome.text == outcome.response.content
    assert ["A0A1", "B0B1"] == provider.choice_texts(outcome.response.response)
    assert ["stop", "length"] == outcome.response.common_finish_reasons


def test_a_plain_call_says_the_same(provider: Provider, colour: str, server: WireServer) -> None:
    """The response rebuilt from a stream is the response of a plain call."""
    tools = [replace(BOOK, id="call_book"), replace(NOW, id="call_now")]
    script = Answer(text=["Let me ", "see. "], tools=tools, usage=(10, 5), id="answer-1")
    server.play(script)

    streamed = play(provider, colour, server, tools=[FormatBook, now]).response
    plain = ask(provider, colour, server, tools=[FormatBook, now])

    for name in ("content", "finish_reasons", "input_tokens", "output_tokens", "reasoning"):
        assert getattr(plain, name) == getattr(streamed, name)
    assert shown(plain.tools) == shown(streamed.tools)
    assert plain.common_message_param.content == streamed.common_message_param.content
    assert type(plain.response) is type(streamed.response)


def test_the_next_turn(provider: Provider, colour: str, server: WireServer) -> None:
    """The answer and the tools' outputs go back to the provider as it expects them."""
    server.play(Answer(text=["Let me see."], tools=[BOOK, NOW]), Answer(text=["Done."]))
    response = ask(provider, colour, server, tools=[FormatBook, now])
    outputs = [(tool, tool.call()) for tool in response.tools]
    history = [
        *response.messages,
        response.message_param,
        *response.tool_message_params(outputs),
    ]

    done = provider.continue_with(server, history, colour=colour)

    assert "Done." == done
    sent = repr(server.requests[-1].json)
    for expected in ("Let me see.", "Emma by Austen", "noon", "FormatBook"):
        assert expected in sent
