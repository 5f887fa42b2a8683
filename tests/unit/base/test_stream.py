"""Streams that were not read: what can be said of them, and where they may not go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from mirascope.core import Messages, openai, prompt_template
from mirascope.core.errors import PromptError, StreamClosed, StreamError, StreamNotFinished


@openai.call("a-model", stream=True)
@prompt_template("Hello")
def plain() -> None: ...


@openai.call("a-model", stream=True)
async def awaited() -> str:
    await asyncio.sleep(0)
    return "Hello"


@openai.call("a-model", stream=True, response_model=list[str])
async def structured() -> str:
    return "Hello"


@prompt_template("Summarize: {text}")
def summarize(text: Any) -> None: ...


@prompt_template("Summarize:\n{texts:list}")
def summarize_all(texts: Any) -> None: ...


@prompt_template("MESSAGES: {history}")
def go_on(history: Any) -> None: ...


def test_what_is_shown_of_a_stream_that_nothing_is_known_of() -> None:
    """Logging a stream never raises."""
    stream = awaited()
    assert "<AsyncOpenAIStream: pending, 0 events>" == repr(stream)
    assert "" == str(stream)
    assert "pending" in repr(structured())
    stream.close()
    assert "<AsyncOpenAIStream: closed, 0 events>" == repr(stream)


def test_a_stream_that_was_closed_before_its_prompt_ran() -> None:
    """There is nothing to await it for."""
    stream = awaited()
    with pytest.raises(StreamNotFinished, match="aclose"):
        stream.construct_call_response()
    stream.close()
    with pytest.raises(StreamClosed, match="before its prompt function ran"):
        stream.construct_call_response()


def test_a_prompt_function_runs_once() -> None:
    """Two tasks that await one stream do not both run what is in the function."""
    runs = []

    @openai.call("a-model", stream=True)
    async def counted() -> str:
        runs.append(1)
        await asyncio.sleep(0)
        return "Hello"

    async def both() -> list[Any]:
        stream = counted()
        return await asyncio.gather(stream, stream._ready(), return_exceptions=True)

    first, second = asyncio.run(both())
    assert [1] == runs
    assert 1 == sum(isinstance(each, StreamError) for each in (first, second))


def test_closing_leaves_a_task_of_the_stream_to_itself() -> None:
    """A task that runs the prompt function comes to its end; then there is nothing to read."""

    async def run() -> tuple[Any, list[Any]]:
        stream = awaited()
        task = asyncio.create_task(stream)
        await asyncio.sleep(0)
        stream.close()
        same = await asyncio.wait_for(task, 5)
        with pytest.raises(StreamClosed):
            aiter(same)
        return same, []

    stream, _ = asyncio.run(run())
    assert "closed" == stream.state


def test_a_prompt_function_that_raised_can_run_again() -> None:
    """What was wrong may be gone the next time."""
    errors = [OSError("no file")]

    @openai.call("a-model", stream=True)
    async def failing() -> str:
        if errors:
            raise errors.pop()
        return "Hello"

    async def twice() -> str:
        stream = failing()
        with pytest.raises(OSError, match="no file"):
            await stream
        return (await stream).state

    assert "pending" == asyncio.run(twice())


@pytest.mark.parametrize("render", [summarize, lambda each: summarize_all(["a", each])])
def test_values_without_a_text_yet(render: Callable[[Any], Any]) -> None:
    """A stream that was not read, and what was not awaited, would be rendered as their names."""
    coroutine = asyncio.sleep(0)
    with pytest.raises(PromptError, match="OpenAIStream was not read to its end"):
        render(plain())
    with pytest.raises(PromptError, match="coroutine has to be awaited first"):
        render(coroutine)
    coroutine.close()


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("text", r"is no message, but str: put it into one"),
        (None, "is no message, but None"),
        (plain(), "is no message, but OpenAIStream: give its `message_param`"),
    ],
)
def test_what_is_no_message_in_a_history(item: Any, message: str) -> None:
    """A history is checked where it is put in, item by item."""
    with pytest.raises(PromptError, match=rf"item 2 of {{history}} {message}"):
        go_on([Messages.User("Hello"), item])
