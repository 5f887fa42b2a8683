"""OpenAI: `openai.call` decorates a prompt function, with the official SDK underneath.

Works with every server that speaks OpenAI's chat completions, through the client's `base_url`.
`openai.responses_call` asks the Responses API instead; its module, `openai.responses`, loads when
either is first named.
"""

from typing import TYPE_CHECKING

from ..base._lazy import late_names, missing_extra

try:
    from openai.types.chat import ChatCompletionMessageParam as OpenAIMessageParam

    from ._call import call
    from .call_response import OpenAICallResponse
    from .call_response_chunk import OpenAICallResponseChunk
    from .stream import AsyncOpenAIStream, OpenAIStream
except ModuleNotFoundError as _error:
    raise missing_extra(_error, sdk="openai", extra="openai") from _error


if TYPE_CHECKING:
    from . import responses
    from .call_params import OpenAICallParams
    from .dynamic_config import AsyncOpenAIDynamicConfig, OpenAIDynamicConfig
    from .responses import responses_call
    from .tool import OpenAITool, OpenAIToolConfig
else:
    __getattr__, __dir__ = late_names(
        __name__,
        call_params=["OpenAICallParams"],
        dynamic_config=["AsyncOpenAIDynamicConfig", "OpenAIDynamicConfig"],
        responses=["responses", "responses_call"],
        tool=["OpenAITool", "OpenAIToolConfig"],
    )

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
    "responses",
    "responses_call",
]
