"""One chunk of an answer streamed by OpenAI."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from openai.types.chat import ChatCompletionChunk
from openai.types.completion_usage import CompletionUsage

from .._shapes.chat_views import ChatCallResponseChunk
from ..base._narrow import is_object
from ._typed import typed

__all__ = ["FinishReason", "OpenAICallResponseChunk"]

FinishReason: TypeAlias = Literal["stop", "length", "tool_calls", "content_filter", "function_call"]
"""Why a choice finished, in OpenAI's words."""


class OpenAICallResponseChunk(ChatCallResponseChunk[ChatCompletionChunk, FinishReason]):
    """A chunk of a streamed chat completion; `chunk` is a `ChatCompletionChunk`."""

    __slots__ = ()

    @property
    def usage(self) -> CompletionUsage | None:
        """The token usage, or `None` if this chunk has none."""
        usage = self._usage_data()
        return None if usage is None else typed(CompletionUsage, usage)

    @property
    def audio(self) -> bytes | None:
        """The audio in this chunk, or `None` if it has none."""
        data = self._audio().get("data")
        try:
            return base64.b64decode(data) if isinstance(data, str) else None
        except binascii.Error:
            return None

    @property
    def audio_transcript(self) -> str | None:
        """The transcript of the audio in this chunk, or `None` if it has none."""
        transcript = self._audio().get("transcript")
        return transcript if isinstance(transcript, str) else None

    def _audio(self) -> Mapping[str, Any]:
        audio = self._delta().get("audio")
        return audio if is_object(audio) else {}

    def _build(self) -> ChatCompletionChunk:
        return typed(ChatCompletionChunk, self._as_json)
