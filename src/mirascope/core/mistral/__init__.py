"""Mistral: `mistral.call` decorates a prompt function, with the official SDK underneath."""

from ..base._lazy import missing_extra

try:
    from ._call import call
    from .call_params import MistralCallParams
    from .call_response import MistralCallResponse
    from .call_response_chunk import MistralCallResponseChunk
    from .dynamic_config import AsyncMistralDynamicConfig, MistralDynamicConfig, MistralMessageParam
    from .stream import AsyncMistralStream, MistralStream
    from .tool import MistralTool, MistralToolConfig
except ModuleNotFoundError as _error:
    raise missing_extra(_error, sdk="mistralai", extra="mistral") from _error

mistral_call = call

__all__ = [
    "AsyncMistralDynamicConfig",
    "AsyncMistralStream",
    "MistralCallParams",
    "MistralCallResponse",
    "MistralCallResponseChunk",
    "MistralDynamicConfig",
    "MistralMessageParam",
    "MistralStream",
    "MistralTool",
    "MistralToolConfig",
    "call",
    "mistral_call",
]
