"""Stream from large language models: decorate a prompt, iterate the answer, on every provider.

A name's module loads when the name is first used: a provider's (`mirascope.core.openai`, …) with
its own SDK only.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import anthropic as anthropic
    from . import base, costs, errors
    from . import cohere as cohere
    from . import gemini as gemini
    from . import google as google
    from . import groq as groq
    from . import mistral as mistral
    from . import openai as openai
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
        StreamConfig,
        TextPart,
        Timeout,
        ToolCallPart,
        ToolResultPart,
        Usage,
        merge_decorators,
        metadata,
        prompt_template,
        toolkit_tool,
    )
    from .costs import CostMetadata, calculate_cost

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
    "StreamConfig",
    "TextPart",
    "Timeout",
    "ToolCallPart",
    "ToolResultPart",
    "Usage",
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
_PARTS = ("base", "costs", "errors")
_OF_COSTS = ("CostMetadata", "calculate_cost")


if not TYPE_CHECKING:  # type checkers would take any name to be there, misspelt ones too

    def __getattr__(name: str) -> Any:
        if name in _PROVIDERS:
            from .base._lazy import load_provider

            return load_provider(__name__, name)
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if name in _PARTS:
            return import_module(f"{__name__}.{name}")
        part = import_module(f"{__name__}.{'costs' if name in _OF_COSTS else 'base'}")
        value = globals()[name] = getattr(part, name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__, *_PROVIDERS})
