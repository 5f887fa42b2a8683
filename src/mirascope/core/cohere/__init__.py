"""Cohere: `cohere.call` decorates a prompt function, with the official SDK underneath.

Clients of version 2 of Cohere's chat (`ClientV2`, the default) and of version 1 (`Client`) fit.
"""

from ..base._lazy import missing_extra

try:
    from ._call import call
    from .call_params import CohereCallParams
    from .call_response import CohereCallResponse
    from .call_response_chunk import CohereCallResponseChunk
    from .dynamic_config import AsyncCohereDynamicConfig, CohereDynamicConfig, CohereMessageParam
    from .stream import AsyncCohereStream, CohereStream
    from .tool import CohereTool
except ModuleNotFoundError as _error:
    raise missing_extra(_error, sdk="cohere", extra="cohere") from _error

cohere_call = call

__all__ = [
    "AsyncCohereDynamicConfig",
    "AsyncCohereStream",
    "CohereCallParams",
    "CohereCallResponse",
    "CohereCallResponseChunk",
    "CohereDynamicConfig",
    "CohereMessageParam",
    "CohereStream",
    "CohereTool",
    "call",
    "cohere_call",
]
