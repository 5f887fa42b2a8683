"""Groq: `groq.call` decorates a prompt function, with the official SDK underneath."""

from ..base._lazy import missing_extra

try:
    from groq.types.chat import ChatCompletionMessageParam as GroqMessageParam

    from ._call import call
    from .call_params import GroqCallParams
    from .call_response import GroqCallResponse
    from .call_response_chunk import GroqCallResponseChunk
    from .dynamic_config import AsyncGroqDynamicConfig, GroqDynamicConfig
    from .stream import AsyncGroqStream, GroqStream
    from .tool import GroqTool, GroqToolConfig
except ModuleNotFoundError as _error:
    raise missing_extra(_error, sdk="groq", extra="groq") from _error

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
