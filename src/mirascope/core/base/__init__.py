"""What all providers share: prompts, messages, tools, streams and responses.

What a program that streams text does not need loads when it is first named.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
from .prompt import prompt_template
from .stream import BaseAsyncStream, BaseStream
from .tool import BaseTool, ToolConfig
from .types import FinishReason, StreamConfig, StreamState, Timeout, Usage

if TYPE_CHECKING:
    from ._base_prompt import BasePrompt
    from ._response_schema import FromCallArgs, ResponseModelConfigDict
    from ._tool_schema import GenerateJsonSchemaNoTitles
    from .structured_stream import BaseAsyncStructuredStream, BaseStructuredStream
    from .toolkit import BaseToolKit, toolkit_tool

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

_LATE = {
    "BaseAsyncStructuredStream": "structured_stream",
    "BasePrompt": "_base_prompt",
    "BaseStructuredStream": "structured_stream",
    "BaseToolKit": "toolkit",
    "FromCallArgs": "_response_schema",
    "GenerateJsonSchemaNoTitles": "_tool_schema",
    "ResponseModelConfigDict": "_response_schema",
    "toolkit_tool": "toolkit",
}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATE})
