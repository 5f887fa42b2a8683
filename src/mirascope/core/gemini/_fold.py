"""How a stream of Gemini is folded.

The wire (https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent) is folded
by the shape in `_shapes/content_parts.py`: every event is a `GenerateContentResponse` with what is
new. Text is in `candidates[].content.parts[].text`, function calls come whole in
`parts[].functionCall`, `usageMetadata` is cumulative, `finishReason` comes with a candidate's last
event, and a blocked prompt says why in `promptFeedback.blockReason`. The SDK drops what is younger
than itself: thoughts arrive as text, and there is no id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from google.generativeai import protos
from google.generativeai.types import GenerateContentResponse

from .._shapes.content_parts import ContentFold
from ..base._fold import Step
from ..base.tool import BaseTool
from . import _protos
from ._protos import call_of, response_of, usage_of
from .call_response_chunk import GeminiCallResponseChunk
from .tool import GeminiTool

__all__ = ["GeminiFold"]


class GeminiFold(ContentFold):
    """Folds a streamed answer into a `GenerateContentResponse`."""

    view: type[Any] = GeminiCallResponseChunk
    tool: type[BaseTool] = GeminiTool
    event_of = staticmethod(_protos.plain_message)
    mere_text = staticmethod(_protos.mere_text)

    def finish(self) -> Sequence[Step]:
        """Give the call that is still open, and say of an answer that failed how it ended.

        The SDK's own reader drops what it does not know, and of a failure that is reported
        mid-stream over REST it leaves nothing: a message that says nothing at all.
        """
        steps = super().finish()
        if self._last is not None and self._last._event == {}:  # noqa: SLF001  # our own view
            self.failure = "a message without content, which is what the SDK leaves of an error"
        return steps

    def native_call(self, data: dict[str, Any]) -> protos.FunctionCall:
        """Build the SDK's function call object."""
        return call_of(data)

    def native_response(self, data: dict[str, Any]) -> GenerateContentResponse:
        """Build the SDK's full response."""
        return response_of(data)

    def native_usage(self, data: Mapping[str, Any]) -> protos.GenerateContentResponse.UsageMetadata:
        """Build the SDK's usage object."""
        return usage_of(data)
