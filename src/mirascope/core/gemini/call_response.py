"""A full answer of Gemini."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic

from google.generativeai import protos
from google.generativeai.types import GenerateContentResponse
from typing_extensions import TypeVar

from .._shapes._content_wire import parts_of
from .._shapes.content_turns import function_responses, says_something
from .._shapes.content_views import ContentCallResponse
from ..base.tool import BaseTool
from ._protos import call_of, plain_message
from .call_response_chunk import FinishReason

__all__ = ["GeminiCallResponse"]

ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class GeminiCallResponse(
    ContentCallResponse[GenerateContentResponse, FinishReason, ToolT_co], Generic[ToolT_co]
):
    """A full answer; `response` is a `GenerateContentResponse`."""

    __slots__ = ()

    provider = "gemini"

    @staticmethod
    def _tool_base() -> type[BaseTool]:
        from .tool import GeminiTool

        return GeminiTool

    def _wire(self) -> dict[str, Any]:
        response: Any = self.response
        # The message itself is behind no public name; the SDK is frozen.
        return plain_message(response._result)  # noqa: SLF001

    def _response_data(self) -> Any:
        return self._data

    def _native_call(self, data: dict[str, Any]) -> protos.FunctionCall:
        return call_of(data)

    @property
    def usage(self) -> protos.GenerateContentResponse.UsageMetadata | None:
        """The token usage, or `None` if the provider sent none."""
        usage: protos.GenerateContentResponse.UsageMetadata = self.response.usage_metadata
        return usage if "usageMetadata" in self._data else None

    @property
    def message_param(self) -> protos.Content:
        """The answer as a message, ready for the next prompt.

        Empty parts are left out, because the provider does not take them back; so is a message
        without parts, where it is part of a prompt.
        """
        response: Any = self.response
        # The same candidates, as the SDK's objects and as JSON.
        candidates = zip(response.candidates, self._data.get("candidates", ()), strict=True)
        found = next(((each, data) for each, data in candidates if not each.index), None)
        if found is None:
            return protos.Content(role="model", parts=[])
        parts = zip(found[0].content.parts, parts_of(found[1]), strict=True)
        return protos.Content(
            role="model", parts=[part for part, data in parts if says_something(data)]
        )

    @classmethod
    def tool_message_params(cls, tools_and_outputs: Sequence[tuple[BaseTool, Any]]) -> list[Any]:
        """Give tools' outputs as one message of function responses.

        Args:
            tools_and_outputs: Each tool the model called, with what it gave. Outputs that are
                not text are written as JSON.
        """
        parts = function_responses(tools_and_outputs)
        return [{"role": "user", "parts": parts}] if parts else []
