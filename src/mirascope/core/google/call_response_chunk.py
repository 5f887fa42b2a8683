"""One chunk of an answer streamed by Google."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from google.genai import types

from .._shapes.content_views import ContentCallResponseChunk
from ._objects import event_of
from ._typed import typed

__all__ = ["FinishReason", "GoogleCallResponseChunk"]

FinishReason: TypeAlias = Literal[
    "STOP",
    "MAX_TOKENS",
    "SAFETY",
    "RECITATION",
    "LANGUAGE",
    "OTHER",
    "BLOCKLIST",
    "PROHIBITED_CONTENT",
    "SPII",
    "MALFORMED_FUNCTION_CALL",
    "UNEXPECTED_TOOL_CALL",
    "IMAGE_SAFETY",
    "IMAGE_PROHIBITED_CONTENT",
    "IMAGE_RECITATION",
    "IMAGE_OTHER",
    "NO_IMAGE",
    "MODEL_ARMOR",
    "TOO_MANY_TOOL_CALLS",
    "MISSING_THOUGHT_SIGNATURE",
    "MALFORMED_RESPONSE",
    "ESCALATION",
    "PUP_LIMITED_DISABLED",
    "CONTINUATION",
    "JAILBREAK",
]
"""Why a candidate finished or a prompt was blocked, in Google's words."""


class GoogleCallResponseChunk(
    ContentCallResponseChunk[types.GenerateContentResponse, FinishReason]
):
    """A chunk of a streamed answer; `chunk` is a `GenerateContentResponse`."""

    __slots__ = ()

    @property
    def usage(self) -> types.GenerateContentResponseUsageMetadata | None:
        """The token usage up to this chunk, or `None` if it does not say."""
        usage = self._usage_data()
        return None if usage is None else typed(types.GenerateContentResponseUsageMetadata, usage)

    def _read(self, raw: Any) -> Any:
        return event_of(raw)

    def _build(self) -> types.GenerateContentResponse:
        return typed(types.GenerateContentResponse, self._event)
