"""One chunk of an answer streamed by Gemini."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from google.generativeai import protos
from google.generativeai.types import GenerateContentResponse

from .._shapes.content_views import ContentCallResponseChunk
from ..base._narrow import is_object
from ._protos import plain_message, response_of, usage_of

__all__ = ["FinishReason", "GeminiCallResponseChunk"]

_Message: Any = protos.GenerateContentResponse

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
    "IMAGE_SAFETY",
]
"""Why a candidate finished or a prompt was blocked, in Gemini's words."""


class GeminiCallResponseChunk(ContentCallResponseChunk[GenerateContentResponse, FinishReason]):
    """A chunk of a streamed answer; `chunk` is a `GenerateContentResponse`."""

    __slots__ = ()

    @property
    def usage(self) -> protos.GenerateContentResponse.UsageMetadata | None:
        """The token usage up to this chunk, or `None` if it does not say."""
        usage = self._usage_data()
        return None if usage is None else usage_of(usage)

    @property
    def chunk(self) -> GenerateContentResponse:
        """The SDK's own chunk."""
        if isinstance(self._raw, _Message):
            # The SDK's class around a message costs more than the message: it can wait.
            self._raw = GenerateContentResponse.from_response(self._raw)
        return super().chunk

    def _read(self, raw: Any) -> Any:
        return plain_message(raw if isinstance(raw, _Message) else raw._result)  # noqa: SLF001

    def _build(self) -> GenerateContentResponse:
        event: Any = self._event
        return response_of(event if is_object(event) else {})
