"""Streams of Mistral; `_fold.py` says how its wire is read."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Generic

from mistralai.client.models import UsageInfo
from typing_extensions import TypeVar

from ..base._stream_properties import StreamProperties
from ..base.stream import BaseAsyncStream, BaseStream
from ..base.tool import BaseTool
from .call_response import MistralCallResponse
from .call_response_chunk import FinishReason, MistralCallResponseChunk

__all__ = ["AsyncMistralStream", "MistralStream"]

# Without an argument, `MistralStream` accepts every stream of `mistral.call`.
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class _MistralProperties(
    StreamProperties[MistralCallResponse[ToolT_co], MistralCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """What streams of Mistral have of their own."""

    __slots__ = ()

    @property
    def finish_reasons(self) -> list[FinishReason] | None:
        """Why each choice finished, in their order; `None` while it goes on."""
        return self._run.fold.finish_reasons

    @property
    def usage(self) -> UsageInfo | None:
        """The token usage, or `None` while it is not known."""
        usage: UsageInfo | None = self._run.fold.usage
        return usage


class MistralStream(
    _MistralProperties[ToolT_co],
    BaseStream[MistralCallResponse[ToolT_co], MistralCallResponseChunk, ToolT_co],
    Generic[ToolT_co],
):
    """A streamed answer of Mistral: `for chunk, tool in stream`."""

    __slots__ = ()


class AsyncMistralStream(
    _MistralProperties[ToolT_co],
    BaseAsyncStream[MistralCallResponse[ToolT_co], MistralCallResponseChunk, ToolT_co],
    Coroutine[Any, Any, "AsyncMistralStream[ToolT_co]"],
    Generic[ToolT_co],
):
    """A streamed answer of Mistral: `async for chunk, tool in stream`."""

    __slots__ = ()
