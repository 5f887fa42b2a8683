"""Streams of Cohere; `_fold_v2.py` and `_fold_v1.py` say how their wire is read."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Generic

from cohere import ApiMeta, ChatCitation, Citation
from cohere import Usage as CohereUsage
from typing_extensions import TypeVar

from ..base._stream_properties import StreamProperties
from ..base.stream import BaseAsyncStream, BaseStream
from ..base.tool import BaseTool
from .call_response import CohereCallResponse
from .call_response_chunk import CohereCallResponseChunk, FinishReason

__all__ = ["AsyncCohereStream", "CohereStream"]

# Without an argument, `CohereStream` accepts every stream of `cohere.call`.
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class _CohereProperties(
    StreamProperties[CohereCallResponse[ToolT_co], CohereCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """What streams of Cohere have of their own."""

    __slots__ = ()

    @property
    def finish_reasons(self) -> list[FinishReason] | None:
        """Why the generation finished, as a list of one; `None` while it goes on."""
        return self._run.fold.finish_reasons

    @property
    def usage(self) -> CohereUsage | ApiMeta | None:
        """The token usage (in version 1 the `meta` of the response), or `None` while unknown."""
        usage: CohereUsage | ApiMeta | None = self._run.fold.usage
        return usage

    @property
    def tool_plan(self) -> str | None:
        """What the model wrote about the tools it calls; no part of `content`."""
        response: CohereCallResponse[Any] = self._run.rebuild()
        return response.tool_plan

    @property
    def citations(self) -> list[Citation | ChatCitation] | None:
        """The citations so far, or `None` if there are none."""
        response: CohereCallResponse[Any] = self._run.rebuild()
        return response.citations


class CohereStream(
    _CohereProperties[ToolT_co],
    BaseStream[CohereCallResponse[ToolT_co], CohereCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """A streamed answer of Cohere: `for chunk, tool in stream`."""

    __slots__ = ()


class AsyncCohereStream(
    _CohereProperties[ToolT_co],
    BaseAsyncStream[CohereCallResponse[ToolT_co], CohereCallResponseChunk, ToolT_co],
    Coroutine[Any, Any, "AsyncCohereStream[ToolT_co]"],
    Generic[ToolT_co],
):
    """A streamed answer of Cohere: `async for chunk, tool in stream`."""

    __slots__ = ()
