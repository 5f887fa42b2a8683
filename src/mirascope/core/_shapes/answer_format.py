"""How an answer of a given form is asked for: a tool that has to be called, or JSON of a schema."""

from __future__ import annotations

from typing import Any

from ..base._adapter import AnswerFormat, Request
from ..base._tool_schema import strict_schema

__all__ = ["exact_schema", "json_schema_format", "response_format", "tool_choice"]


def exact_schema(answer: AnswerFormat, *, unasked: bool = True) -> tuple[dict[str, Any], bool]:
    """Give an answer's schema, and whether it is one that the model can be held to exactly.

    Args:
        answer: The answer's form.
        unasked: Whether it shall be such a schema, where it can, if nobody says.

    Raises:
        ValueError: The response model asks for it, and its schema cannot be.
    """
    wanted = unasked if answer.strict is None else answer.strict
    if not wanted:
        return dict(answer.schema), False
    try:
        return strict_schema(answer.schema), True
    except ValueError:
        if answer.strict:
            raise
        return dict(answer.schema), False


def json_schema_format(answer: AnswerFormat, *, unasked: bool = True) -> dict[str, Any]:
    """Give an answer's form as OpenAI and others take it.

    Raises:
        ValueError: As for `exact_schema`.
    """
    schema, strict = exact_schema(answer, unasked=unasked)
    described = {"description": answer.description} if answer.description else {}
    return {"name": answer.name, **described, "schema": schema, "strict": strict}


def response_format(request: Request, *, unasked: bool = True) -> dict[str, Any]:
    """Give the `response_format` of a request for JSON.

    Raises:
        ValueError: As for `exact_schema`.
    """
    if request.answer is None:
        return {"type": "json_object"}
    form = json_schema_format(request.answer, unasked=unasked)
    return {"type": "json_schema", "json_schema": form}


def tool_choice(request: Request, *, several: str = "required") -> dict[str, Any]:
    """Give the `tool_choice` parameter of a request that has to be answered by a tool, if it has.

    Args:
        request: What is asked.
        several: The word for "one of the tools", where there are others.
    """
    name = request.answer_tool
    if name is None:
        return {}
    if len(request.tools) > 1:
        return {"tool_choice": several}
    return {"tool_choice": {"type": "function", "function": {"name": name}}}
