"""Google as the engine knows it: the types, the pure parts, and the lines of I/O."""

from __future__ import annotations

import contextlib
import inspect
import math
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from operator import itemgetter
from typing import Any

from google.genai import Client

from ..base._adapter import Adapter, Request
from ..base._deadline import SLACK_SECONDS, GivenUp, without_limit
from ..base._fold import Fold, FoldContext
from ..base._http_response import find_response
from ._http import close_response, lift_read_limit
from ._typed import fields_of
from .call_response import GoogleCallResponse
from .stream import AsyncGoogleStream, GoogleStream

__all__ = ["ADAPTER"]


class _Source(Iterable[Any]):
    """The SDK's generator, or what a tool put in its place, with the HTTP response that it reads.

    The response is looked for while the generator waits: of one that runs, in another thread,
    nothing can be seen.

    Attributes:
        response: The HTTP response, from the first chunk on.
    """

    __slots__ = ("_is_limited", "_items", "_restore", "response")

    def __init__(self, items: Any, *, is_limited: bool) -> None:
        self.response: Any = None
        self._items = items
        self._is_limited = is_limited
        self._restore: Callable[[], None] | None = None

    def __iter__(self) -> Iterator[Any]:
        items = self._items = iter(self._items)
        for item in items:
            self.response = find_response(items)
            if self._is_limited:
                self._restore = lift_read_limit(self.response)
            yield item
            break
        yield from items

    def close(self) -> None:
        """End the stream and its connection."""
        if hasattr(self._items, "close"):
            self._items.close()
        if self._restore is not None:
            self._restore()


class _AsyncSource(AsyncIterator[Any]):
    """The SDK's asynchronous generator, closed together with the HTTP response that it reads."""

    __slots__ = ("_items",)

    def __init__(self, items: Any) -> None:
        # What a tool put in the generator's place need not be its own iterator.
        self._items: Any = aiter(items)

    async def __anext__(self) -> Any:
        return await anext(self._items)

    async def aclose(self) -> None:
        """End the stream and its connection."""
        response = find_response(self._items)
        with contextlib.suppress(Exception):
            await self._items.aclose()
        closing = close_response(response)
        if inspect.isawaitable(closing):
            await closing


def _limited(kwargs: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """Put the seconds left until a deadline into the configuration, as the SDK's own limit."""
    kwargs, seconds_left = without_limit(kwargs)
    seconds = seconds_left()
    if seconds <= 0:
        raise GivenUp
    options = fields_of(kwargs["config"].get("http_options"))
    if seconds == math.inf or options.get("timeout") is not None:
        return kwargs, False
    options["timeout"] = math.ceil((seconds + SLACK_SECONDS) * 1000)
    return {**kwargs, "config": {**kwargs["config"], "http_options": options}}, True


def _open(client: Client, kwargs: dict[str, Any]) -> Any:
    kwargs, is_limited = _limited(kwargs)
    method: Callable[..., Any] = client.models.generate_content_stream
    return _Source(method(**kwargs), is_limited=is_limited)


async def _aopen(client: Client, kwargs: dict[str, Any]) -> Any:
    # No limit for the SDK: a task that is cancelled closes its connection.
    method: Callable[..., Any] = client.aio.models.generate_content_stream
    return _AsyncSource(await method(**without_limit(kwargs)[0]))


def _call(client: Client, kwargs: dict[str, Any]) -> Any:
    method: Callable[..., Any] = client.models.generate_content
    return method(**_limited(kwargs)[0])


async def _acall(client: Client, kwargs: dict[str, Any]) -> Any:
    method: Callable[..., Any] = client.aio.models.generate_content
    return await method(**without_limit(kwargs)[0])


def _read(item: Any) -> tuple[Any, Any]:
    """The fold reads the object, as far as it needs to."""
    return None, item


def _deadline(seconds_left: Callable[[], float]) -> dict[str, Any]:
    return {"seconds_left": seconds_left}


async def _aclose(client: Client) -> None:
    await client.aio.aclose()
    client.close()


def _encode(request: Request) -> dict[str, Any]:
    from ._encode import encode

    return encode(request)


def _fold(context: FoldContext) -> Fold:
    from ._fold import GoogleFold

    return GoogleFold(context)


ADAPTER = Adapter(
    name="google",
    stream=GoogleStream,
    async_stream=AsyncGoogleStream,
    response=GoogleCallResponse,
    fold=_fold,
    encode=_encode,
    messages=itemgetter("contents"),
    read=_read,
    clients=(Client,),
    async_clients=(Client,),
    environment=(
        "GOOGLE_API_KEY",
        "GEMINI_API_KEY",
        "GOOGLE_GEMINI_BASE_URL",
        "GOOGLE_VERTEX_BASE_URL",
        "GOOGLE_GENAI_USE_VERTEXAI",
        "GOOGLE_GENAI_USE_ENTERPRISE",
        "GOOGLE_GENAI_API_VERSION",
        "GOOGLE_CLOUD_PROJECT",
        "GOOGLE_CLOUD_LOCATION",
    ),
    client=Client,
    async_client=Client,
    open=_open,
    aopen=_aopen,
    call=_call,
    acall=_acall,
    deadline=_deadline,
    answers_as_json=frozenset({""}),
    aclose=_aclose,
)
