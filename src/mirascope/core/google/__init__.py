"""Google: `google.call` decorates a prompt function, with `google-genai` underneath.

The same client speaks to the Gemini API and to Vertex AI.
"""

from typing import TYPE_CHECKING

from ..base._lazy import late_names, missing_extra

try:
    from ._call import call
    from .call_response import GoogleCallResponse
    from .call_response_chunk import GoogleCallResponseChunk
    from .stream import AsyncGoogleStream, GoogleStream
except ModuleNotFoundError as _error:
    raise missing_extra(_error, sdk="google.genai", extra="google") from _error

if TYPE_CHECKING:
    from .call_params import GoogleCallParams
    from .dynamic_config import AsyncGoogleDynamicConfig, GoogleDynamicConfig, GoogleMessageParam
    from .tool import GoogleTool
else:
    __getattr__, __dir__ = late_names(
        __name__,
        call_params=["GoogleCallParams"],
        dynamic_config=["AsyncGoogleDynamicConfig", "GoogleDynamicConfig", "GoogleMessageParam"],
        tool=["GoogleTool"],
    )

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
