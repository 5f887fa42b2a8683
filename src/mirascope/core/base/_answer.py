"""Reads what a model gave as its answer, and keeps the response beside it."""

from __future__ import annotations

import contextlib
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError, to_json

from ._json import JsonLimit, JsonReader
from ._partial import PartialTree
from ._partial_plan import UNTYPED
from ._thinking import AnswerReader
from .tool import BaseTool, tool_arguments, tool_error

__all__ = ["answer_text", "arguments_text", "carry", "json_in", "missing_answer"]

_REFUSED: Final = "The model refused: {said}"
_PROSE: Final = "The model gave no JSON, but: {said}"


def arguments_text(tool: BaseTool) -> str | bytes:
    """The arguments of a call as JSON text; of a malformed one the text that came."""
    error = tool_error(tool)
    if error is None:
        return to_json(tool_arguments(tool))
    raw: Any = error.arguments
    if not isinstance(raw, str):
        # An object without fields stands for arguments that never came.
        return to_json(raw) if raw else ""
    return json_in(raw) or raw


def answer_text(view: Any) -> str:
    """The text of a response or of a chunk that an answer in JSON is read from."""
    text: str = view._answer_text  # noqa: SLF001  # a view of this package
    return text


def json_in(text: str) -> str | None:
    """The JSON object in a text, as far as it goes; `None` if there is none."""
    reader = JsonReader(PartialTree(UNTYPED))
    with contextlib.suppress(JsonLimit):  # pydantic says what is too much
        AnswerReader(reader).feed(text)
    if reader.start is not None:
        return text[reader.start : reader.end]
    # What was meant for an object is for pydantic to complain about.
    stripped = text.strip()
    return stripped if stripped.startswith("{") else None


def missing_answer(name: str, response: Any) -> ValidationError:
    """Make the error for a response that has no answer at all.

    Args:
        name: What the answer is called.
        response: The call response.
    """
    said = response.refusal or response.content
    text = _REFUSED if response.refusal else _PROSE
    details = InitErrorDetails(
        type=PydanticCustomError("no_answer", text, {"said": said}), input=said
    )
    return ValidationError.from_exception_data(name, [details], input_type="json")


def carry(value: Any, response: Any) -> None:
    """Put the response on a value; on a frozen one too."""
    if isinstance(value, BaseModel):
        setattr(value, "_response", response)  # noqa: B010  # private, and theirs
    else:
        object.__setattr__(value, "_response", response)
