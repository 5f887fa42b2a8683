"""Gemini as the engine knows it: the types, the pure parts, and the lines of I/O.

The SDK's stream object looks one chunk ahead and joins everything anew on each chunk, so only its
first chunk and its inner iterator are used. Both are private names of an SDK that changes no more.
"""

from __future__ import annotations

import contextlib
import copy
import importlib
import math
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from operator import itemgetter
from typing import Any

import requests
from google.api_core.exceptions import ServiceUnavailable
from google.generativeai.generative_models import GenerativeModel
from google.generativeai.types import GenerateContentResponse, content_types

from ..base._adapter import Adapter, Request
from ..base._deadline import SLACK_SECONDS, GivenUp, without_limit
from ..base._fold import Fold, FoldContext
from ..errors import ProviderStreamError, SyncAsyncMismatch
from ._protos import ParseError
from .call_response import GeminiCallResponse
from .stream import AsyncGeminiStream, GeminiStream

__all__ = ["ADAPTER"]

# Parts of the SDK that its own types hide or do not know.
_clients: Any = importlib.import_module("google.generativeai.client")
_unavailable: Any = ServiceUnavailable
_content: Any = content_types
_UNFINISHED = "Unfinished stream"
_NO_ARRAY = "Can only parse array of JSON objects"
_OF_THE_MODEL = ("model", "system_instruction")


class _DefaultModel(GenerativeModel):
    """The model object of calls that are given none: their `model` says which it is."""


class _Recorder:
    """The SDK's service client, which remembers the call of a stream: it can be cancelled."""

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


class _Source(Iterator[Any]):
    """The messages of a stream, without the SDK's own look at the one that follows."""

    def __init__(self, call: Any, response: Any, *, is_limited: bool) -> None:
        self._call = call
        self._first: list[Any] = list(response._chunks)  # noqa: SLF001  # see the module
        self._rest = response._iterator  # noqa: SLF001
        if is_limited:
            _with_socket(call, lambda found: found.settimeout(None))

    def __next__(self) -> Any:
        if self._first:
            return self._first.pop()
        try:
            return next(self._rest)
        except ValueError as error:
            if _UNFINISHED not in str(error):
                raise
            # The fold knows better whether the answer was complete, and says what arrived.
            raise StopIteration from None

    def close(self) -> None:
        """End the stream and its connection."""
        self._call.cancel()

    def cut(self) -> None:
        """End the connection from another thread, which may be reading it."""
        if not _with_socket(self._call, lambda found: found.shutdown(socket.SHUT_RDWR)):
            self._call.cancel()


class _AsyncSource(AsyncIterator[Any]):
    """The asynchronous twin of `_Source`."""

    def __init__(self, call: Any, response: Any) -> None:
        self._call = call
        self._first: list[Any] = list(response._chunks)  # noqa: SLF001
        self._rest = response._iterator  # noqa: SLF001

    async def __anext__(self) -> Any:
        return self._first.pop() if self._first else await anext(self._rest)

    async def aclose(self) -> None:
        """End the stream; its call ends with it."""
        self._call.cancel()


def _with_socket(call: Any, use: Callable[[socket.socket], None]) -> bool:
    """Use the socket of a call over REST; false where there is none to be found."""
    raw = getattr(getattr(call, "_response", None), "raw", None)
    found = getattr(getattr(raw, "connection", None), "sock", None)
    if found is None:
        return False
    with contextlib.suppress(OSError):
        use(found)
    return True


def _derived(model: GenerativeModel, kwargs: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Give a copy of a model object for one call, and the arguments of its method."""
    others, _ = without_limit(kwargs)
    options = {key: value for key, value in others.items() if key not in _OF_THE_MODEL}
    derived: Any = copy.copy(model)
    if isinstance(model, _DefaultModel):
        name: str = kwargs["model"]
        derived._model_name = name if "/" in name else f"models/{name}"  # noqa: SLF001
    system = kwargs.get("system_instruction")
    if system:
        known = derived._system_instruction  # noqa: SLF001
        parts = [*(() if known is None else known.parts), *system]
        derived._system_instruction = _content.to_content({"parts": parts})  # noqa: SLF001
    return derived, options


def _limited(kwargs: dict[str, Any], options: dict[str, Any]) -> bool:
    """Put the seconds left until a deadline into the options, as the SDK's own limit."""
    seconds = without_limit(kwargs)[1]()
    if seconds <= 0:
        raise GivenUp
    given = options["request_options"]
    if seconds == math.inf or given.get("timeout") is not None:
        return False
    options["request_options"] = {**given, "timeout": seconds + SLACK_SECONDS}
    return True


def _open(model: GenerativeModel, kwargs: dict[str, Any]) -> Any:
    derived, options = _derived(model, kwargs)
    service = derived._client or _clients.get_default_generative_client()  # noqa: SLF001
    # A limit of gRPC holds for the whole stream, and would end one that keeps its limits.
    is_limited = service.transport.kind == "rest" and _limited(kwargs, options)
    recorder = derived._client = _Recorder(service)  # noqa: SLF001
    try:
        response = derived.generate_content(**options)
    except StopIteration:
        return iter(())
    except BaseException as error:
        if recorder.call is not None:
            recorder.call.cancel()
        if isinstance(error, ValueError) and _UNFINISHED in str(error):
            return iter(())
        raise
    return _Source(recorder.call, response, is_limited=is_limited)


def _async_service(derived: Any) -> Any:
    service = derived._async_client or _clients.get_default_generative_async_client()  # noqa: SLF001
    if service.transport.kind != "grpc_asyncio":
        raise SyncAsyncMismatch(
            f"google-generativeai cannot be awaited over {service.transport.kind!r}: leave "
            "`transport` out of `genai.configure`, use a `def`, or use `mirascope.core.google`."
        )
    return service


async def _nothing() -> AsyncIterator[Any]:
    for item in tuple[Any, ...]():
        yield item


async def _aopen(model: GenerativeModel, kwargs: dict[str, Any]) -> Any:
    derived, options = _derived(model, kwargs)
    recorder = derived._async_client = _AsyncRecorder(_async_service(derived))  # noqa: SLF001
    try:
        response = await derived.generate_content_async(**options)
    except StopAsyncIteration:
        return _nothing()
    except BaseException:
        if recorder.call is not None:
            # Whoever gave up waiting for the first message leaves no call behind.
            recorder.call.cancel()
        raise
    return _AsyncSource(recorder.call, response)


def _call(model: GenerativeModel, kwargs: dict[str, Any]) -> Any:
    derived, options = _derived(model, kwargs)
    _limited(kwargs, options)
    return derived.generate_content(**options)


async def _acall(model: GenerativeModel, kwargs: dict[str, Any]) -> Any:
    derived, options = _derived(model, kwargs)
    derived._async_client = _async_service(derived)  # noqa: SLF001
    response = await derived.generate_content_async(**options)
    # The class of streams has one more name for the same thing where it is asynchronous.
    return GenerateContentResponse.from_response(response._result)  # noqa: SLF001


def _read(item: Any) -> tuple[Any, Any]:
    """The fold reads the message, as far as it needs to."""
    return None, item


def _failure(error: BaseException, request: Any) -> BaseException:  # noqa: ARG001
    """Give what the SDK raises for a broken connection over gRPC; over REST it lets it through."""
    if isinstance(error, requests.RequestException):
        unavailable: ServiceUnavailable = _unavailable(str(error))
        return unavailable
    if isinstance(error, ParseError) or _NO_ARRAY in str(error):
        return ProviderStreamError(f"gemini sent something that is no stream of answers: {error}")
    return error


def _deadline(seconds_left: Callable[[], float]) -> dict[str, Any]:
    return {"seconds_left": seconds_left}


def _cut(source: Any) -> None:
    if isinstance(source, _Source):
        source.cut()


def _async_default() -> Any:
    """Make a model object with a channel of its own: a channel belongs to its event loop."""
    model: Any = _DefaultModel()
    made = _clients._client_manager.make_client("generative_async")  # noqa: SLF001
    model._async_client = made  # noqa: SLF001
    return model


async def _aclose(model: Any) -> None:
    closing = model._async_client.transport.close()  # noqa: SLF001
    if closing is not None:  # over REST it is closed already
        await closing


def _encode(request: Request) -> dict[str, Any]:
    from ._encode import encode

    return encode(request)


def _fold(context: FoldContext) -> Fold:
    from ._fold import GeminiFold

    return GeminiFold(context)


ADAPTER = Adapter(
    name="gemini",
    stream=GeminiStream,
    async_stream=AsyncGeminiStream,
    response=GeminiCallResponse,
    fold=_fold,
    encode=_encode,
    messages=itemgetter("contents"),
    read=_read,
    clients=(GenerativeModel,),
    async_clients=(GenerativeModel,),
    environment=("GEMINI_API_KEY", "GOOGLE_API_KEY"),
    client=_DefaultModel,
    async_client=_async_default,
    open=_open,
    aopen=_aopen,
    call=_call,
    acall=_acall,
    failure=_failure,
    deadline=_deadline,
    answers_as_json=frozenset({""}),
    cut=_cut,
    aclose=_aclose,
)
