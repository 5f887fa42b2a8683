"""How an answer of a given form is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from mirascope.core import BaseTool
from mirascope.core._shapes.answer_format import (
    exact_schema,
    json_schema_format,
    response_format,
    tool_choice,
)
from mirascope.core.base._adapter import AnswerFormat, Request

OPEN = {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "string"}}}
FREE = {"type": "object", "properties": {"a": {"type": "object", "additionalProperties": True}}}
EXACT = {
    "type": "object",
    "properties": {
        "a": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "b": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    },
    "required": ["a", "b"],
    "additionalProperties": False,
}


def answer(schema: dict[str, Any], **options: Any) -> AnswerFormat:
    """The form of an answer."""
    return AnswerFormat(name="Book", description="", schema=schema, **options)


@pytest.mark.parametrize(
    ("schema", "strict", "unasked", "expected"),
    [
        (OPEN, None, True, (EXACT, True)),
        (OPEN, None, False, (OPEN, False)),
        (OPEN, True, False, (EXACT, True)),
        (OPEN, False, True, (OPEN, False)),
        (FREE, None, True, (FREE, False)),
        (FREE, False, True, (FREE, False)),
    ],
)
def test_exact_schemas(schema: Any, strict: bool | None, unasked: bool, expected: Any) -> None:
    """A schema is exact where that is wanted and can be."""
    assert expected == exact_schema(answer(schema, strict=strict), unasked=unasked)


def test_a_schema_that_has_to_be_exact_and_cannot() -> None:
    """It is the user's to decide what to do about it."""
    with pytest.raises(ValueError, match="free keys"):
        exact_schema(answer(FREE, strict=True))


def test_json_formats() -> None:
    """Without a response model any JSON will do; with one it has its schema and its texts."""
    described = AnswerFormat(name="Book", description="A book.", schema=OPEN, strict=False)

    assert {"type": "json_object"} == response_format(Request(model="m", messages=[]))
    assert {
        "type": "json_schema",
        "json_schema": {
            "name": "Book",
            "description": "A book.",
            "schema": OPEN,
            "strict": False,
        },
    } == response_format(Request(model="m", messages=[], answer=described))
    assert "description" not in json_schema_format(answer(OPEN))


def test_tool_choices() -> None:
    """The tool by its name, or one of several; none where JSON is the answer."""
    tools = {"Book": BaseTool}
    form = answer(OPEN, is_tool=True)
    one = Request(model="m", messages=[], tools=tools, answer=form)
    two = Request(model="m", messages=[], tools={**tools, "other": BaseTool}, answer=form)

    assert {"tool_choice": {"type": "function", "function": {"name": "Book"}}} == tool_choice(one)
    assert {"tool_choice": "required"} == tool_choice(two)
    assert {"tool_choice": "any"} == tool_choice(two, several="any")
    assert {} == tool_choice(Request(model="m", messages=[], tools=tools, answer=answer(OPEN)))
    assert {} == tool_choice(Request(model="m", messages=[], tools=tools))
