"""What a response model adds to a call: the request for an answer of its form, and its stream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..errors import PromptError
from ._adapter import Adapter, AnswerFormat, Request
from ._growth import Growth
from ._response_type import ResponseType
from ._run import StreamRun
from ._signature import FunctionSignature
from .structured_stream import BaseAsyncStructuredStream, BaseStructuredStream

__all__ = ["asking_for", "check_arguments", "structured"]


def asking_for(response: ResponseType, request: Request, adapter: Adapter) -> Request:
    """Ask for an answer of a type: by a tool that is made for it, or as JSON.

    Both are the same with and without streaming.

    Args:
        response: The response model.
        request: What is asked without it.
        adapter: The provider.

    Raises:
        ValueError: A tool of the user's has the answer's name.
    """
    prefers_json = request.dialect in adapter.answers_as_json and not request.tools
    is_tool = not request.json_mode and not prefers_json
    answer = AnswerFormat(
        name=response.name,
        description=response.description,
        schema=response.schema,
        strict=response.strict,
        is_tool=is_tool,
    )
    if not is_tool:
        return replace(request, answer=answer, json_mode=True)
    if response.name in request.tools:
        raise ValueError(
            f"The response model and a tool are both called `{response.name}`: the model could "
            "not tell them apart. Rename one, or set `__custom_name__` on the tool's class."
        )
    tools = {**request.tools, response.name: response.tool(adapter.tool)}
    return replace(request, answer=answer, tools=tools)


def structured(stream: Any, run: StreamRun, response: ResponseType, *, live: bool) -> Any:
    """Make a structured stream of a stream.

    Args:
        stream: The stream of the answer, of either colour.
        run: Its run.
        response: The response model.
        live: Whether the partial value is one object that goes on growing.
    """
    growth = Growth(run, response, live=live)
    if isinstance(stream, Iterator):
        return BaseStructuredStream[Any, Any](stream, growth)
    return BaseAsyncStructuredStream[Any, Any](stream, growth)


def check_arguments(response: ResponseType, signature: FunctionSignature) -> None:
    """Refuse a field that is to be filled from an argument the function does not have.

    Raises:
        PromptError: There is one.
    """
    missing = [name for name in response.from_call if name not in signature.names]
    if missing and not signature.takes_any_name:
        raise PromptError(
            f"The field {missing[0]!r} of the response model is filled from the call's arguments, "
            f"and {signature.name}() has none of that name."
        )
