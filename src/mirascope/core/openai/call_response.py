"""A full answer of OpenAI."""

from __future__ import annotations

import base64
from typing import Any, Generic, cast

from openai.types.chat import ChatCompletion, ChatCompletionAssistantMessageParam
from openai.types.completion_usage import CompletionUsage
from typing_extensions import TypeVar

from .._shapes.chat_views import ChatCallResponse
from ..base._events import plain
from ..base._narrow import is_object
from ..base.tool import BaseTool
from .call_response_chunk import FinishReason

__all__ = ["OpenAICallResponse"]

ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)

_BESIDE_CALLS = ("reasoning_content", "thinking_blocks")
_OF_MESSAGE = ("content", "refusal", "tool_calls", "function_call", "reasoning_details")


class OpenAICallResponse(
    ChatCallResponse[ChatCompletion, FinishReason, ToolT_co], Generic[ToolT_co]
):
    """A full chat completion; `response` is a `ChatCompletion`."""

    __slots__ = ()

    provider = "openai"

    @staticmethod
    def _tool_base() -> type[BaseTool]:
        from .tool import OpenAITool

        return OpenAITool

    @property
    def usage(self) -> CompletionUsage | None:
        """The token usage, or `None` if the provider sent none."""
        return self.response.usage

    @property
    def message_param(self) -> ChatCompletionAssistantMessageParam:
        """The answer as an assistant's message, ready to go into the next prompt.

        Reasoning that a compatible server sent as `reasoning_content` or as `thinking_blocks` goes
        back beside tool calls: there such servers ask for it, and elsewhere they refuse it.
        """
        message: Any = plain(self._message) if self._message is not None else {}
        param: dict[str, Any] = {"role": "assistant"}
        param |= {key: message[key] for key in _OF_MESSAGE if message.get(key) is not None}
        if message.get("tool_calls"):
            param["tool_calls"] = self._call_params()
            # Some servers give one call in both forms.
            param.pop("function_call", None)
            param |= {key: message[key] for key in _BESIDE_CALLS if message.get(key)}
        audio = message.get("audio")
        if is_object(audio) and audio.get("id"):
            param["audio"] = {"id": audio["id"]}
        if not param.keys() & {"content", "tool_calls", "function_call", "refusal", "audio"}:
            param["content"] = ""
        return cast("ChatCompletionAssistantMessageParam", param)

    @property
    def audio(self) -> bytes | None:
        """The audio of the answer, or `None` if it has none."""
        audio = getattr(self._message, "audio", None)
        return None if audio is None or not audio.data else base64.b64decode(audio.data)

    @property
    def audio_transcript(self) -> str | None:
        """The transcript of the audio, or `None` if there is none."""
        audio = getattr(self._message, "audio", None)
        return None if audio is None else audio.transcript
