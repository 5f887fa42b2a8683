"""Stream from large language models: decorate a prompt, iterate the answer, on every provider.

Provider modules (`mirascope.core.openai`, …) load when they are first named, each with its own SDK
only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import base, costs, errors
from .base import (
    AudioPart,
    AudioURLPart,
    BaseAsyncStream,
    BaseAsyncStructuredStream,
    BaseCallResponse,
    BaseCallResponseChunk,
    BaseDynamicConfig,
    BaseMessageParam,
    BasePrompt,
    BaseStream,
    BaseStructuredStream,
    BaseTool,
    BaseToolKit,
    CacheControlPart,
    DocumentPart,
    DocumentURLPart,
    FromCallArgs,
    ImagePart,
    ImageURLPart,
    Messages,
    Metadata,
    ResponseModelConfigDict,
    TextPart,
    Timeout,
    ToolCallPart,
    ToolResultPart,
    merge_decorators,
    metadata,
    prompt_template,
    toolkit_tool,
)
from .base._lazy import load_provider
from .costs import CostMetadata, calculate_cost

if TYPE_CHECKING:
    from . import anthropic as anthropic
    from . import cohere as cohere
    from . import gemini as gemini
    from . import google as google
    from . import groq as groq
    from . import mistral as mistral
    from . import openai as openai

__all__ = [
    "AudioPart",
    "AudioURLPart",
    "BaseAsyncStream",
    "BaseAsyncStructuredStream",
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
    "CostMetadata",
    "DocumentPart",
    "DocumentURLPart",
    "FromCallArgs",
    "ImagePart",
    "ImageURLPart",
    "Messages",
    "Metadata",
    "ResponseModelConfigDict",
    "TextPart",
    "Timeout",
    "ToolCallPart",
    "ToolResultPart",
    "base",
    "calculate_cost",
    "costs",
    "errors",
    "merge_decorators",
    "metadata",
    "prompt_template",
    "toolkit_tool",
]

# Not in `__all__`: `import *` must not need every SDK.
_PROVIDERS = ("anthropic", "cohere", "gemini", "google", "groq", "mistral", "openai")


def __getattr__(name: str) -> Any:
    if name in _PROVIDERS:
        return load_provider(__name__, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_PROVIDERS})
