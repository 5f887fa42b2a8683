"""What is taken for the answer, streamed or not: commentary is none, and neither is a failure."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import openai as sdk
import pytest
from pydantic import BaseModel, ValidationError

from mirascope.core import openai
from mirascope.core.errors import ProviderStreamError
from mirascope.core.testing import Raw, WireServer

by_colour = pytest.mark.parametrize("colour", ["sync", "async"])

FINAL = '{"title": "Emma", "year": 1815}'
NOTES = [
    "I look it up.",
    'I will fill {"title": "..."}.',
    '{"title": "Draft", "year": 1}',
    'Plan:\n```json\n{"title": "x", "year": 0}\n```\n',
]


class Book(BaseModel):
    """A book."""

    title: str
    year: int = 0


@pytest.fixture
def server() -> Iterator[WireServer]:
    """A wire server of this test's own."""
    with WireServer() as server:
        yield server


def message(text: str, phase: str | None, name: str) -> dict[str, Any]:
    """A message of a phase; without one there is no word of it."""
    part = {"type": "output_text", "text": text, "annotations": [], "logprobs": []}
    item = {"id": name, "type": "message", "role": "assistant", "status": "completed"}
    return {**item, "content": [part], **({} if phase is None else {"phase": phase})}


def response(*output: dict[str, Any], status: str = "completed", **said: Any) -> dict[str, Any]:
    """A whole response."""
    top = {"id": "resp_1", "object": "response", "created_at": 1, "model": "gpt", "tools": []}
    more = {"parallel_tool_calls": True, "tool_choice": "auto", "status": status}
    return {**top, **more, "output": list(output), **said}


def stream_of(*output: dict[str, Any], pieces: int) -> Iterator[dict[str, Any]]:
    """The events of a response, the text of each message in pieces of a length."""
    yield {"type": "response.created", "response": response(status="in_progress")}
    for index, item in enumerate(output):
        place = {"output_index": index, "item_id": item["id"]}
        text = item["content"][0]["text"]
        opening = {**item, "content": [], "status": "in_progress"}
        yield {"type": "response.output_item.added", "output_index": index, "item": opening}
        for at in range(0, len(text), pieces):
            delta = {"content_index": 0, "delta": text[at : at + pieces], "logprobs": []}
            yield {"type": "response.output_text.delta", **place, **delta}
        yield {"type": "response.output_item.done", "output_index": index, "item": item}
    yield {"type": "response.completed", "response": response(*output)}


def play(server: WireServer, *output: dict[str, Any], pieces: int) -> None:
    """Have the server give an answer, once whole and then as a stream."""
    events = stream_of(*output, pieces=pieces)
    lines = "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events)
    whole = json.dumps(response(*output)).encode()
    server.play(Raw(body=whole, content_type="application/json"), Raw(body=lines.encode()))


def asked(server: WireServer, colour: str, **options: Any) -> Any:
    """What a call gives; of a structured stream its values."""
    kind = sdk.OpenAI if colour == "sync" else sdk.AsyncOpenAI
    client: Any = kind(api_key="test", base_url=server.url("openai"), max_retries=0)
    call = openai.responses_call("gpt", client=client, **options)

    async def prompt() -> str:
        return "Recommend a book"

    async def run() -> Any:
        async with client:
            if not options.get("stream"):
                return await call(prompt)()
            return [value async for value in call(prompt)()]

    if colour == "async":
        return asyncio.run(run())
    with client:
        given = call(lambda: "Recommend a book")()
        return [*given] if options.get("stream") else given


@pytest.mark.parametrize("pieces", [4, 99])
@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("note", NOTES)
@by_colour
def test_commentary_is_not_the_answer(
    note: str, pieces: int, *, fast: bool, colour: str, server: WireServer
) -> None:
    """JSON is read from the final answer, whatever the model says before and after it."""
    output = [
        message(note, "commentary", "m0"),
        message(FINAL, "final_answer", "m1"),
        message(note, "commentary", "m2"),
    ]
    play(server, *output, pieces=pieces)
    options = {"response_model": Book, "json_mode": True}

    plain = asked(server, colour, **options)
    *partials, last = asked(server, colour, stream={"fast_reader": fast}, **options)

    expected = Book(title="Emma", year=1815)
    assert expected == plain == last
    assert all("Emma".startswith(each.title or "") for each in partials)
    assert note + FINAL + note == plain._response.content == last._response.content


def test_a_message_without_a_phase_is_the_answer(server: WireServer) -> None:
    """Older models and other servers do not say."""
    play(server, message(FINAL, None, "m0"), pieces=4)
    options = {"response_model": Book, "json_mode": True}

    plain = asked(server, "sync", **options)

    assert plain == asked(server, "sync", stream=True, **options)[-1]


def test_commentary_alone_is_no_answer(server: WireServer) -> None:
    """The error shows what the model said."""
    play(server, message(NOTES[0], "commentary", "m0"), pieces=4)

    for stream in (False, True):
        with pytest.raises(ValidationError, match="look it up"):
            asked(server, "sync", response_model=Book, json_mode=True, stream=stream)


@pytest.mark.parametrize("error", [{"code": "server_error", "message": "boom"}, None])
@by_colour
def test_a_failed_response_raises(colour: str, error: Any, server: WireServer) -> None:
    """A failure with the status of a success is no answer; what there is of one is kept."""
    failed = response(message("Du", None, "m0"), status="failed", error=error)
    server.play(Raw(body=json.dumps(failed).encode(), content_type="application/json"))

    with pytest.raises(ProviderStreamError, match="boom" if error else "failed") as caught:
        asked(server, colour)

    assert (error or {"status": "failed"}) == caught.value.body
    assert "Du" == caught.value.response.content
