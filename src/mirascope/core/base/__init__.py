"""What all providers share: prompts, messages, tools, streams and responses."""

from __future__ import annotations

from ._response_schema import FromCallArgs, ResponseModelConfigDict
from ._tool_schema import GenerateJsonSchemaNoTitles
from .call_params import BaseCallParams, CommonCallParams
from .call_response import BaseCallResponse
from .call_response_chunk import BaseCallResponseChunk
from .dynamic_config import BaseDynamicConfig, DynamicConfig
from .merge_decorators import merge_decorators
from .message_param import (
    AudioPart,
    AudioURLPart,
    BaseMessageParam,
    CacheControlPart,
    DocumentPart,
    DocumentURLPart,
    ImagePart,
    ImageURLPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from .messages import Messages
from .metadata import Metadata, metadata
from .prompt import BasePrompt, prompt_template
from .stream import BaseAsyncStream, BaseStream, StreamConfig
from .structured_stream import BaseAsyncStructuredStream, BaseStructuredStream
from .tool import BaseTool, ToolConfig
from .toolkit import BaseToolKit, toolkit_tool
from .types import FinishReason, StreamState, Timeout, Usage

__all__ = [
    "AudioPart",
    "AudioURLPart",
    "BaseAsyncStream",
    "BaseAsyncStructuredStream",
    "BaseCallParams",
    "BaseCallResponse",
    "BaseCallResponseChunk",
    "BaseDynamicConfig",
    "BaseMessageParam",
    "BasePrompt",
    "BaseStream",
    "BaseStructuredStream",
    "BaseTool",
    "BaseToolKit",
    "CacheControlPart",
    "CommonCallParams",
    "DocumentPart",
    "DocumentURLPart",
    "DynamicConfig",
    "FinishReason",
    "FromCallArgs",
    "GenerateJsonSchemaNoTitles",
    "ImagePart",
    "ImageURLPart",
    "Messages",
    "Metadata",
    "ResponseModelConfigDict",
    "StreamConfig",
    "StreamState",
    "TextPart",
    "Timeout",
    "ToolCallPart",
    "ToolConfig",
    "ToolResultPart",
    "Usage",
    "merge_decorators",
    "metadata",
    "prompt_template",
    "toolkit_tool",
]
