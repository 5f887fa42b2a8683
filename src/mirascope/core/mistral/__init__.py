"""Mistral: `mistral.call` decorates a prompt function, with the official SDK underneath."""

from typing import TYPE_CHECKING

from ..base._lazy import late_names, missing_extra

try:
    from ._call import call
    from .call_response import MistralCallResponse
    from .call_response_chunk import MistralCallResponseChunk
    from .stream import AsyncMistralStream, MistralStream
except ModuleNotFoundError as _error:
    raise missing_extra(_error, sdk="mistralai", extra="mistral") from _error

if TYPE_CHECKING:
    from .call_params import MistralCallParams
    from .dynamic_config import AsyncMistralDynamicConfig, MistralDynamicConfig, MistralMessageParam
    from .tool import MistralTool, MistralToolConfig
else:
    __getattr__, __dir__ = late_names(
        __name__,
        call_params=["MistralCallParams"],
        dynamic_config=["AsyncMistralDynamicConfig", "MistralDynamicConfig", "MistralMessageParam"],
        tool=["MistralTool", "MistralToolConfig"],
    )

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
