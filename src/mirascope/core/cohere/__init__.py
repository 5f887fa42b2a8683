"""Cohere: `cohere.call` decorates a prompt function, with the official SDK underneath.

Clients of version 2 of Cohere's chat (`ClientV2`, the default) and of version 1 (`Client`) fit.
"""

from typing import TYPE_CHECKING

from ..base._lazy import late_names, missing_extra

try:
    from ._call import call
    from .call_response import CohereCallResponse
    from .call_response_chunk import CohereCallResponseChunk
    from .stream import AsyncCohereStream, CohereStream
except ModuleNotFoundError as _error:
    raise missing_extra(_error, sdk="cohere", extra="cohere") from _error

if TYPE_CHECKING:
    from .call_params import CohereCallParams
    from .dynamic_config import AsyncCohereDynamicConfig, CohereDynamicConfig, CohereMessageParam
    from .tool import CohereTool
else:
    __getattr__, __dir__ = late_names(
        __name__,
        call_params=["CohereCallParams"],
        dynamic_config=["AsyncCohereDynamicConfig", "CohereDynamicConfig", "CohereMessageParam"],
        tool=["CohereTool"],
    )

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
