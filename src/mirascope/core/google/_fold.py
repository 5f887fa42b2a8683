"""How a stream of Google is folded.

The wire (https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent) is folded
by the shape in `_shapes/content_parts.py`: every event is a `GenerateContentResponse` with what is
new. Text is in `candidates[].content.parts[].text`; a part marked `thought` is reasoning, and its
`thoughtSignature` goes back with `message_param`. Function calls come whole in
`parts[].functionCall`, or in pieces (`partialArgs`, `willContinue`). `usageMetadata` is cumulative,
`finishReason` comes with a candidate's last event, and a blocked prompt says why in
`promptFeedback.blockReason`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.genai import types

from .._shapes.content_parts import ContentFold
from ..base._narrow import is_array, is_object
from ..base.tool import BaseTool
from . import _objects
from ._typed import typed
from .call_response_chunk import GoogleCallResponseChunk
from .tool import GoogleTool

__all__ = ["GoogleFold"]


class GoogleFold(ContentFold):
    """Folds a streamed answer into a `GenerateContentResponse`."""

    view: type[Any] = GoogleCallResponseChunk
    tool: type[BaseTool] = GoogleTool
    event_of = staticmethod(_objects.event_of)
    mere_text = staticmethod(_objects.mere_text)

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
