"""Gemini: `gemini.call` decorates a prompt function, with `google-generativeai` underneath.

That SDK is no longer maintained; `mirascope.core.google` speaks to the same models through its
successor.
"""

import importlib
import warnings

from ..base._lazy import missing_extra

try:
    with warnings.catch_warnings():
        # The SDK says at import that it is retired; this provider's page says it too.
        warnings.simplefilter("ignore")
        importlib.import_module("google.generativeai")

    from ._call import call
    from .call_params import GeminiCallParams
    from .call_response import GeminiCallResponse
    from .call_response_chunk import GeminiCallResponseChunk
    from .dynamic_config import AsyncGeminiDynamicConfig, GeminiDynamicConfig, GeminiMessageParam
    from .stream import AsyncGeminiStream, GeminiStream
    from .tool import GeminiTool
except ModuleNotFoundError as _error:
    raise missing_extra(_error, sdk="google.generativeai", extra="gemini") from _error

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
