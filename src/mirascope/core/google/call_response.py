"""A full answer of Google."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic

from google.genai import types
from typing_extensions import TypeVar

from .._shapes.content_turns import function_responses, says_something
from .._shapes.content_views import ContentCallResponse
from ..base._events import plain
from ..base.tool import BaseTool
from ._typed import typed
from .call_response_chunk import FinishReason

__all__ = ["GoogleCallResponse"]

ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class GoogleCallResponse(
    ContentCallResponse[types.GenerateContentResponse, FinishReason, ToolT_co], Generic[ToolT_co]
):
    """A full answer; `response` is a `GenerateContentResponse`."""

    __slots__ = ()

    provider = "google"

    @staticmethod
    def _tool_base() -> type[BaseTool]:
        from .tool import GoogleTool

        return GoogleTool

    def _wire(self) -> dict[str, Any]:
        data: dict[str, Any] = plain(self.response)
        return data

    def _native_call(self, data: dict[str, Any]) -> types.FunctionCall:
        return typed(types.FunctionCall, data)

    @property
    def usage(self) -> types.GenerateContentResponseUsageMetadata | None:
        """The token usage, or `None` if the provider sent none."""
        return self.response.usage_metadata

    @property
    def message_param(self) -> types.Content:
        """The answer as a message, thought signatures included, ready for the next prompt.

        Empty parts are left out, because the provider does not take them back; so is a message
        without parts, where it is part of a prompt.
        """
        candidates = self.response.candidates or ()
        first = next((each for each in candidates if not each.index), None)
        content = None if first is None else first.content
        parts = content.parts if content is not None and content.parts else ()
        said = [part for part in parts if says_something(plain(part))]
        if content is not None and content.role and len(said) == len(parts):
            return content
        return types.Content(role="model", parts=said)

    @classmethod
    def tool_message_params(cls, tools_and_outputs: Sequence[tuple[BaseTool, Any]]) -> list[Any]:
        """Give tools' outputs as one message of function responses.

        Args:
            tools_and_outputs: Each tool the model called, with what it gave. Outputs that are
                not text are written as JSON.
        """
        parts = function_responses(tools_and_outputs)
        return [types.Content.model_validate({"role": "user", "parts": parts})] if parts else []
