"""Anthropic: `anthropic.call` decorates a prompt function, with the official SDK underneath.

Works with Claude at Anthropic, Amazon Bedrock and Google's Vertex AI, through the SDK's clients.
"""

from ..base._lazy import missing_extra

try:
    from anthropic.types import MessageParam as AnthropicMessageParam

    from ._call import call
    from .call_params import AnthropicCallParams
    from .call_response import AnthropicCallResponse
    from .call_response_chunk import AnthropicCallResponseChunk
    from .dynamic_config import AnthropicDynamicConfig, AsyncAnthropicDynamicConfig
    from .stream import AnthropicStream, AsyncAnthropicStream
    from .tool import AnthropicTool, AnthropicToolConfig
except ModuleNotFoundError as _error:
    raise missing_extra(_error, sdk="anthropic", extra="anthropic") from _error

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
