"""Anthropic: `anthropic.call` decorates a prompt function, with the official SDK underneath.

Works with Claude at Anthropic, Amazon Bedrock and Google's Vertex AI, through the SDK's clients.
"""

from typing import TYPE_CHECKING

from ..base._lazy import late_names, missing_extra

try:
    from anthropic.types import MessageParam as AnthropicMessageParam

    from ._call import call
    from .call_response import AnthropicCallResponse
    from .call_response_chunk import AnthropicCallResponseChunk
    from .stream import AnthropicStream, AsyncAnthropicStream
except ModuleNotFoundError as _error:
    raise missing_extra(_error, sdk="anthropic", extra="anthropic") from _error

if TYPE_CHECKING:
    from .call_params import AnthropicCallParams
    from .dynamic_config import AnthropicDynamicConfig, AsyncAnthropicDynamicConfig
    from .tool import AnthropicTool, AnthropicToolConfig
else:
    __getattr__, __dir__ = late_names(
        __name__,
        call_params=["AnthropicCallParams"],
        dynamic_config=["AnthropicDynamicConfig", "AsyncAnthropicDynamicConfig"],
        tool=["AnthropicTool", "AnthropicToolConfig"],
    )

anthropic_call = call

__all__ = [
    "AnthropicCallParams",
    "AnthropicCallResponse",
    "AnthropicCallResponseChunk",
    "AnthropicDynamicConfig",
    "AnthropicMessageParam",
    "AnthropicStream",
    "AnthropicTool",
    "AnthropicToolConfig",
    "AsyncAnthropicDynamicConfig",
    "AsyncAnthropicStream",
    "anthropic_call",
    "call",
]
