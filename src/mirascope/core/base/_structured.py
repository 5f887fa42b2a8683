"""What a response model adds to a call: the request for an answer of its form, and its stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import PromptError
from ._adapter import Adapter, AnswerFormat, Request
from ._growth import Growth
from ._response_type import ResponseType
from ._run import StreamRun
from ._signature import FunctionSignature
from .structured_stream import BaseAsyncStructuredStream, BaseStructuredStream

__all__ = ["StructuredOutput"]


class StructuredOutput:
    """A response model, and how its values are given.

    Args:
        annotation: The response model.
        streams: Whether its values are streamed.
        live: Whether the partial value is one object that goes on growing.

    Raises:
        TypeError: The type has no JSON schema.
    """

    __slots__ = ("_live", "_type")

    def __init__(self, annotation: Any, *, streams: bool, live: bool) -> None:
        self._live = live
        self._type = ResponseType(annotation)
        if streams:
            # Read now, where it costs nobody a wait.
            _ = self._type.plan

    def check(self, signature: FunctionSignature) -> None:
        """Refuse a field that is to be filled from an argument the function does not have.

        Raises:
            PromptError: There is one.
        """
        missing = [name for name in self._type.from_call if name not in signature.names]
        if missing and not signature.takes_any_name:
            raise PromptError(
                f"The field {missing[0]!r} of the response model is filled from the call's "
                f"arguments, and {signature.name}() has none of that name."
            )

    def asked_in(self, request: Request, adapter: Adapter) -> Request:
        """Ask for an answer of the type: by a tool that is made for it, or as JSON.

        Both are the same with and without streaming.

        Args:
            request: What is asked without it.
            adapter: The provider.

        Raises:
            ValueError: A tool of the user's has the answer's name.
        """
        wanted = self._type
        prefers_json = request.dialect in adapter.answers_as_json and not request.tools
        is_tool = not request.json_mode and not prefers_json
        answer = AnswerFormat(
            name=wanted.name,
            description=wanted.description,
            schema=wanted.schema,
            strict=wanted.strict,
            is_tool=is_tool,
        )
        if not is_tool:
            return request.replaced(answer=answer, json_mode=True)
        if wanted.name in request.tools:
            raise ValueError(
                f"The response model and a tool are both called `{wanted.name}`: the model could "
                "not tell them apart. Rename one, or set `__custom_name__` on the tool's class."
            )
        tools = {**request.tools, wanted.name: wanted.tool(adapter.tool)}
        return request.replaced(answer=answer, tools=tools)

    def stream(self, stream: Any, run: StreamRun) -> Any:
        """Make a structured stream of a stream.

        Args:
            stream: The stream of the answer, of either colour.
            run: Its run.
        """
        growth = Growth(run, self._type, live=self._live)
        if isinstance(stream, Iterator):
            return BaseStructuredStream[Any, Any](stream, growth)
        return BaseAsyncStructuredStream[Any, Any](stream, growth)

    def value(self, response: Any) -> Any:
        """The value of a complete answer; `ABSENT` if the model called a tool of the user's.

        Raises:
            ValidationError: The answer does not fit the type; `_response` is the response.
        """
        return self._type.value(response)
