"""Gemini: `gemini.call` decorates a prompt function, with `google-generativeai` underneath.

That SDK is no longer maintained; `mirascope.core.google` speaks to the same models through its
successor.
"""

import importlib
import warnings
from typing import TYPE_CHECKING

from ..base._lazy import late_names, missing_extra

try:
    with warnings.catch_warnings():
        # The SDK says at import that it is retired; this provider's page says it too.
        warnings.simplefilter("ignore")
        importlib.import_module("google.generativeai")

    from ._call import call
    from .call_response import GeminiCallResponse
    from .call_response_chunk import GeminiCallResponseChunk
    from .stream import AsyncGeminiStream, GeminiStream
except ModuleNotFoundError as _error:
    raise missing_extra(_error, sdk="google.generativeai", extra="gemini") from _error

if TYPE_CHECKING:
    from .call_params import GeminiCallParams
    from .dynamic_config import AsyncGeminiDynamicConfig, GeminiDynamicConfig, GeminiMessageParam
    from .tool import GeminiTool
else:
    __getattr__, __dir__ = late_names(
        __name__,
        call_params=["GeminiCallParams"],
        dynamic_config=["AsyncGeminiDynamicConfig", "GeminiDynamicConfig", "GeminiMessageParam"],
        tool=["GeminiTool"],
    )

gemini_call = call

__all__ = [
    "AsyncGeminiDynamicConfig",
    "AsyncGeminiStream",
    "GeminiCallParams",
    "GeminiCallResponse",
    "GeminiCallResponseChunk",
    "GeminiDynamicConfig",
    "GeminiMessageParam",
    "GeminiStream",
    "GeminiTool",
    "call",
    "gemini_call",
]
