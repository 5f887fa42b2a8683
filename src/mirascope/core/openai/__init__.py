"""OpenAI: `openai.call` decorates a prompt function, with the official SDK underneath.

Works with every server that speaks OpenAI's chat completions, through the client's `base_url`.
"""

from ..base._lazy import missing_extra

try:
    from openai.types.chat import ChatCompletionMessageParam as OpenAIMessageParam

    from ._call import call
    from .call_params import OpenAICallParams
    from .call_response import OpenAICallResponse
    from .call_response_chunk import OpenAICallResponseChunk
    from .dynamic_config import AsyncOpenAIDynamicConfig, OpenAIDynamicConfig
    from .stream import AsyncOpenAIStream, OpenAIStream
    from .tool import OpenAITool, OpenAIToolConfig
except ModuleNotFoundError as _error:
    raise missing_extra(_error, sdk="openai", extra="openai") from _error

openai_call = call

__all__ = [
    "AsyncOpenAIDynamicConfig",
    "AsyncOpenAIStream",
    "OpenAICallParams",
    "OpenAICallResponse",
    "OpenAICallResponseChunk",
    "OpenAIDynamicConfig",
    "OpenAIMessageParam",
    "OpenAIStream",
    "OpenAITool",
    "OpenAIToolConfig",
    "call",
    "openai_call",
]
