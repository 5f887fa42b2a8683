"""What servers that speak the wire of the Responses API send beside what OpenAI sends."""

from __future__ import annotations

from typing import Any

from mirascope.core import BaseTool
from mirascope.core.base._fold import FoldContext
from mirascope.core.base._tool_types import tool_types
from mirascope.core.openai.responses._adapter import ADAPTER


class Weather(BaseTool):
    """Tells the weather."""

    city: str


def folded(*events: dict[str, Any]) -> tuple[Any, str]:
    """A fold that was fed with the events, and the text of its steps."""
    fold = ADAPTER.fold(FoldContext(model="m", tools=tool_types([Weather], ADAPTER.tool)))
    steps = [step for event in events for step in fold.feed(event)]
    return fold, "".join(view.content for view, _ in [*steps, *fold.finish()])


def item(stage: str, data: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An item at one of its stages."""
    return {"type": f"response.output_item.{stage}", "item": data, **more}


def completed(*output: dict[str, Any]) -> dict[str, Any]:
    """The end of an answer, with its whole output."""
    response = {"id": "r", "model": "m", "status": "completed", "output": list(output)}
    return {"type": "response.completed", "response": response}


def call(arguments: str, **more: Any) -> dict[str, Any]:
    """A function call."""
    known = {"type": "function_call", "call_id": "c", "name": "Weather"}
    return {**known, "arguments": arguments, **more}


def piece(text: str, **more: Any) -> dict[str, Any]:
    """A piece of a call's arguments."""
    return {"type": "response.function_call_arguments.delta", "delta": text, **more}


def message(text: str | None, **more: Any) -> dict[str, Any]:
    """A message."""
    content = [] if text is None else [{"type": "output_text", "text": text, "annotations": []}]
    return {"type": "message", "role": "assistant", "content": content, **more}


def delta(text: str, **more: Any) -> dict[str, Any]:
    """A piece of a message's text."""
    return {"type": "response.output_text.delta", "delta": text, "content_index": 0, **more}


WHOLE = '{"city": "Paris"}'


def test_a_call_known_by_its_call_id_alone() -> None:
    """An item without an id and without a number is known by the id of its call."""
    fold, _ = folded(
        item("added", call("")),
        piece('{"city": ', item_id="c"),
        piece('"Paris"}', item_id="c"),
        item("done", call(WHOLE)),
        completed(call(WHOLE)),
    )

    assert [{"city": "Paris"}] == [tool.args for tool in fold.tools]
    assert 1 == len(fold.response().output)


def test_arguments_that_are_sent_twice() -> None:
    """An item that is opened with all of its arguments, which come in pieces again."""
    fold, _ = folded(
        item("added", call(WHOLE, id="a"), output_index=0),
        piece(WHOLE, item_id="a", output_index=0),
        item("done", call(WHOLE, id="a"), output_index=0),
        completed(call(WHOLE, id="a")),
    )

    assert [{"city": "Paris"}] == [tool.args for tool in fold.tools]


def test_a_final_output_with_other_ids_and_numbers() -> None:
    """What nothing names is the first item of its kind that is left."""
    fold, text = folded(
        item("added", {"type": "reasoning", "id": "r", "summary": []}, output_index=0),
        item("added", message(None, id="a"), output_index=1),
        delta("Hel", item_id="a", output_index=1),
        delta("lo", item_id="a", output_index=1),
        item("added", call("", id="f"), output_index=2),
        piece(WHOLE, item_id="f", output_index=2),
        completed(message("Hello", id="b"), call(WHOLE, id="g")),
    )

    assert "Hello" == text == fold.content
    assert 1 == len(fold.tools)
    assert ["reasoning", "message", "function_call"] == [
        each.type for each in fold.response().output
    ]


def test_a_second_response_is_not_taken_for_the_first() -> None:
    """Items of an earlier response on the same stream are not looked at."""
    fold, text = folded(
        {"type": "response.created", "response": {"id": "r1", "status": "in_progress"}},
        item("added", message(None, id="a"), output_index=0),
        delta("one", item_id="a", output_index=0),
        {"type": "response.created", "response": {"id": "r2", "status": "in_progress"}},
        completed(message("two", id="b")),
    )

    assert "onetwo" == text == fold.content


def test_annotations_are_not_taken_back() -> None:
    """A part that is closed without them keeps those that came by themselves."""
    note = {"type": "url_citation", "url": "u", "title": "t", "start_index": 0, "end_index": 1}
    place = {"item_id": "a", "output_index": 0, "content_index": 0}
    fold, _ = folded(
        item("added", message(None, id="a"), output_index=0),
        delta("Hi", item_id="a", output_index=0),
        {"type": "response.output_text.annotation.added", "annotation": note, **place},
        {
            "type": "response.content_part.done",
            "part": {"type": "output_text", "text": "Hi", "annotations": []},
            **place,
        },
        completed(),
    )

    (found,) = fold.response().output[0].content[0].annotations
    assert "u" == found.url
