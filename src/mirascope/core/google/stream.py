"""Streams of Google; `_fold.py` says how its wire is read."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Generic

from google.genai import types
from typing_extensions import TypeVar

from ..base._stream_properties import StreamProperties
from ..base.stream import BaseAsyncStream, BaseStream
from ..base.tool import BaseTool
from .call_response import GoogleCallResponse
from .call_response_chunk import FinishReason, GoogleCallResponseChunk

__all__ = ["AsyncGoogleStream", "GoogleStream"]

# Without an argument, `GoogleStream` accepts every stream of `google.call`.
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class _GoogleProperties(
    StreamProperties[GoogleCallResponse[ToolT_co], GoogleCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """What streams of Google have of their own."""

    __slots__ = ()

    @property
    def finish_reasons(self) -> list[FinishReason] | None:
        """Why each candidate finished, in their order; `None` while it goes on."""
        return self._run.fold.finish_reasons

    @property
    def usage(self) -> types.GenerateContentResponseUsageMetadata | None:
        """The token usage so far, or `None` while it is not known."""
        usage: types.GenerateContentResponseUsageMetadata | None = self._run.fold.usage
        return usage


class GoogleStream(
    _GoogleProperties[ToolT_co],
    BaseStream[GoogleCallResponse[ToolT_co], GoogleCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """A streamed answer of Google: `for chunk, tool in stream`."""

    __slots__ = ()


class AsyncGoogleStream(
    _GoogleProperties[ToolT_co],
    BaseAsyncStream[GoogleCallResponse[ToolT_co], GoogleCallResponseChunk, ToolT_co],
    Coroutine[Any, Any, "AsyncGoogleStream[ToolT_co]"],
    Generic[ToolT_co],
):
    """A streamed answer of Google: `async for chunk, tool in stream`."""

    __slots__ = ()
