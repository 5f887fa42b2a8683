"""Gemini as the engine knows it: the types, the pure parts, and the lines of I/O.

The SDK's stream object looks one chunk ahead and joins everything anew on each chunk, so only its
first chunk and its inner iterator are used. Both are private names of an SDK that changes no more.
"""

from __future__ import annotations

import contextlib
import copy
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from operator import itemgetter
from typing import Any

import requests
from google.api_core.exceptions import ServiceUnavailable
from google.generativeai import GenerativeModel, protos
from google.generativeai import client as _clients
from google.generativeai.types import GenerateContentResponse

from ..base._adapter import Adapter
from ..base._connection import cut
from ..base._deadline import GivenUp
from ..errors import ProviderStreamError
from ._encode import encode
from ._protos import plain_message
from .call_response import GeminiCallResponse
from .stream import AsyncGeminiStream, GeminiFold, GeminiStream
from .tool import GeminiTool

__all__ = ["ADAPTER"]

# The caller keeps the deadline; the SDK's limit only ends what was given up.
_SLACK_SECONDS = 0.25
_END = object()


class _DefaultModel(GenerativeModel):
    """The model object of calls that are given none: their `model` says which it is."""


class _Recorder:
    """The SDK's service client, which remembers the call of a stream: only that can be cancelled."""

    def __init__(self, client: Any) -> None:
        self.call: Any = None
        self._client = client

    def stream_generate_content(self, request: Any, **options: Any) -> Any:
        self.call = self._client.stream_generate_content(request, **options)
        return self.call


class _AsyncRecorder:
    """The asynchronous twin of `_Recorder`."""

    def __init__(self, client: Any) -> None:
        self.call: Any = None
        self._client = client

    async def stream_generate_content(self, request: Any, **options: Any) -> Any:
        self.call = await self._client.stream_generate_content(request, **options)
        return self.call
