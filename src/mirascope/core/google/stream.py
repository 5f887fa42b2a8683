"""Streams of Google.

The wire (https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent) is folded
by the shape in `_shapes/content_parts.py`: every event is a `GenerateContentResponse` with what is
new. Text is in `candidates[].content.parts[].text`; a part marked `thought` is reasoning, and its
`thoughtSignature` goes back with `message_param`. Function calls come whole in
`parts[].functionCall`, or in pieces (`partialArgs`, `willContinue`). `usageMetadata` is cumulative,
`finishReason` comes with a candidate's last event, and a blocked prompt says why in
`promptFeedback.blockReason`.
"""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any, Generic

from google.genai import types
from typing_extensions import TypeVar

from .._shapes.content_parts import ContentFold
from ..base._narrow import is_array, is_object
from ..base._stream_properties import StreamProperties
from ..base.stream import BaseAsyncStream, BaseStream
from ..base.tool import BaseTool
from . import _objects
from ._typed import typed
from .call_response import GoogleCallResponse
from .call_response_chunk import FinishReason, GoogleCallResponseChunk
from .tool import GoogleTool

__all__ = ["AsyncGoogleStream", "GoogleFold", "GoogleStream"]

# Without an argument, `GoogleStream` accepts every stream of `google.call`.
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class GoogleFold(ContentFold):
    """Folds a streamed answer into a `GenerateContentResponse`."""

    view: type[Any] = GoogleCallResponseChunk
    tool: type[BaseTool] = GoogleTool

    @staticmethod
    def event_of(raw: Any, /) -> Any:
        """Give the JSON that an object of the SDK stands for."""
        return _objects.event_of(raw)

    @staticmethod
    def mere_text(raw: Any, /) -> tuple[str, Any] | None:
        """Give the text of an object that brings one piece of text to its only candidate."""
        return _objects.mere_text(raw)

    def native_call(self, data: dict[str, Any]) -> types.FunctionCall:
        """Build the SDK's function call object."""
        return typed(types.FunctionCall, data)

    def native_response(self, data: dict[str, Any]) -> types.GenerateContentResponse:
        """Build the SDK's full response."""
        for candidate in data.get("candidates", ()):
            cited = candidate.get("citationMetadata")
            if is_object(cited) and is_array(cited.get("citationSources")):
                # The Gemini API's word for what Vertex AI and the SDK call `citations`.
                rest = {key: cited[key] for key in cited if key != "citationSources"}
                candidate["citationMetadata"] = {**rest, "citations": cited["citationSources"]}
        return typed(types.GenerateContentResponse, data)

    def native_usage(self, data: Mapping[str, Any]) -> types.GenerateContentResponseUsageMetadata:
        """Build the SDK's usage object."""
        return typed(types.GenerateContentResponseUsageMetadata, data)


class _GoogleProperties(
    StreamProperties[GoogleCallResponse[ToolT_co], GoogleCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """What streams of Google have of their own."""

    __slots__ = ()

    @property
    def finish_reasons(self) -> list[FinishReason] | None:
        """Why each candidate finished, in their order; `None` while it goes on."""
        return self._run.fold.finish_reasons

    @property
    def usage(self) -> types.GenerateContentResponseUsageMetadata | None:
        """The token usage so far, or `None` while it is not known."""
        usage: types.GenerateContentResponseUsageMetadata | None = self._run.fold.usage
        return usage


class GoogleStream(
    _GoogleProperties[ToolT_co],
    BaseStream[GoogleCallResponse[ToolT_co], GoogleCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """A streamed answer of Google: `for chunk, tool in stream`."""

    __slots__ = ()


class AsyncGoogleStream(
    _GoogleProperties[ToolT_co],
    BaseAsyncStream[GoogleCallResponse[ToolT_co], GoogleCallResponseChunk, ToolT_co],
    Coroutine[Any, Any, "AsyncGoogleStream[ToolT_co]"],
    Generic[ToolT_co],
):
    """A streamed answer of Google: `async for chunk, tool in stream`."""

    __slots__ = ()
