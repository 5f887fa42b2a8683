"""Google: `google.call` decorates a prompt function, with `google-genai` underneath.

The same client speaks to the Gemini API and to Vertex AI.
"""

from ..base._lazy import missing_extra

try:
    from ._call import call
    from .call_params import GoogleCallParams
    from .call_response import GoogleCallResponse
    from .call_response_chunk import GoogleCallResponseChunk
    from .dynamic_config import AsyncGoogleDynamicConfig, GoogleDynamicConfig, GoogleMessageParam
    from .stream import AsyncGoogleStream, GoogleStream
    from .tool import GoogleTool
except ModuleNotFoundError as _error:
    raise missing_extra(_error, sdk="google.genai", extra="google") from _error

google_call = call

__all__ = [
    "AsyncGoogleDynamicConfig",
    "AsyncGoogleStream",
    "GoogleCallParams",
    "GoogleCallResponse",
    "GoogleCallResponseChunk",
    "GoogleDynamicConfig",
    "GoogleMessageParam",
    "GoogleStream",
    "GoogleTool",
    "call",
    "google_call",
]
