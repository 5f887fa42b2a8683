"""What all providers share: prompts, messages, tools, streams and responses.

The module of most names loads when the name is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._lazy import late_names

# Called as their modules are, which would be found in their place.
from .merge_decorators import merge_decorators
from .metadata import metadata

if TYPE_CHECKING:
    from ._base_prompt import BasePrompt
    from ._response_schema import FromCallArgs, ResponseModelConfigDict
    from ._tool_schema import GenerateJsonSchemaNoTitles
    from .call_params import BaseCallParams, CommonCallParams
    from .call_response import BaseCallResponse
    from .call_response_chunk import BaseCallResponseChunk
    from .dynamic_config import BaseDynamicConfig, DynamicConfig
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
    from .metadata import Metadata
    from .prompt import prompt_template
    from .stream import BaseAsyncStream, BaseStream
    from .structured_stream import BaseAsyncStructuredStream, BaseStructuredStream
    from .tool import BaseTool, ToolConfig
    from .toolkit import BaseToolKit, toolkit_tool
    from .types import FinishReason, StreamConfig, StreamState, Timeout, Usage
else:
    __getattr__, __dir__ = late_names(
        __name__,
        _base_prompt=["BasePrompt"],
        _response_schema=["FromCallArgs", "ResponseModelConfigDict"],
        _tool_schema=["GenerateJsonSchemaNoTitles"],
        call_params=["BaseCallParams", "CommonCallParams"],
        call_response=["BaseCallResponse"],
        call_response_chunk=["BaseCallResponseChunk"],
        dynamic_config=["BaseDynamicConfig", "DynamicConfig"],
        message_param=[
            "AudioPart",
            "AudioURLPart",
            "BaseMessageParam",
            "CacheControlPart",
            "DocumentPart",
            "DocumentURLPart",
            "ImagePart",
            "ImageURLPart",
            "TextPart",
            "ToolCallPart",
            "ToolResultPart",
        ],
        messages=["Messages"],
        metadata=["Metadata"],
        prompt=["prompt_template"],
        stream=["BaseAsyncStream", "BaseStream"],
        structured_stream=["BaseAsyncStructuredStream", "BaseStructuredStream"],
        tool=["BaseTool", "ToolConfig"],
        toolkit=["BaseToolKit", "toolkit_tool"],
        types=["FinishReason", "StreamConfig", "StreamState", "Timeout", "Usage"],
    )

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
