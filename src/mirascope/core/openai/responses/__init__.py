"""OpenAI's Responses API: `openai.responses.call`, which is also `openai.responses_call`.

Answers are made of items: messages, reasoning, calls, and what ran at OpenAI.
"""

from openai.types.responses import ResponseInputItemParam as OpenAIResponsesMessageParam

from ._call import call
from .call_params import OpenAIResponsesCallParams
from .call_response import OpenAIResponsesCallResponse
from .call_response_chunk import OpenAIResponsesCallResponseChunk
from .dynamic_config import AsyncOpenAIResponsesDynamicConfig, OpenAIResponsesDynamicConfig
from .stream import AsyncOpenAIResponsesStream, OpenAIResponsesStream
from .tool import OpenAIResponsesTool, OpenAIResponsesToolConfig

responses_call = call

__all__ = [
    "AsyncOpenAIResponsesDynamicConfig",
    "AsyncOpenAIResponsesStream",
    "OpenAIResponsesCallParams",
    "OpenAIResponsesCallResponse",
    "OpenAIResponsesCallResponseChunk",
    "OpenAIResponsesDynamicConfig",
    "OpenAIResponsesMessageParam",
    "OpenAIResponsesStream",
    "OpenAIResponsesTool",
    "OpenAIResponsesToolConfig",
    "call",
    "responses_call",
]
