"""Groq: `groq.call` decorates a prompt function, with the official SDK underneath."""

from typing import TYPE_CHECKING

from ..base._lazy import late_names, missing_extra

try:
    from groq.types.chat import ChatCompletionMessageParam as GroqMessageParam

    from ._call import call
    from .call_response import GroqCallResponse
    from .call_response_chunk import GroqCallResponseChunk
    from .stream import AsyncGroqStream, GroqStream
except ModuleNotFoundError as _error:
    raise missing_extra(_error, sdk="groq", extra="groq") from _error

if TYPE_CHECKING:
    from .call_params import GroqCallParams
    from .dynamic_config import AsyncGroqDynamicConfig, GroqDynamicConfig
    from .tool import GroqTool, GroqToolConfig
else:
    __getattr__, __dir__ = late_names(
        __name__,
        call_params=["GroqCallParams"],
        dynamic_config=["AsyncGroqDynamicConfig", "GroqDynamicConfig"],
        tool=["GroqTool", "GroqToolConfig"],
    )

groq_call = call

__all__ = [
    "AsyncGroqDynamicConfig",
    "AsyncGroqStream",
    "GroqCallParams",
    "GroqCallResponse",
    "GroqCallResponseChunk",
    "GroqDynamicConfig",
    "GroqMessageParam",
    "GroqStream",
    "GroqTool",
    "GroqToolConfig",
    "call",
    "groq_call",
]
