"""The type of what `<provider>.call(...)` gives: a decorator that keeps a function a function."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Generic, Protocol, overload

from typing_extensions import ParamSpec, TypeVar

from .prompt import PromptReturn

__all__ = ["AsyncClient", "CallDecorator", "SyncClient"]

P = ParamSpec("P")
ClientT_co = TypeVar("ClientT_co", covariant=True)
SyncT_co = TypeVar("SyncT_co", covariant=True)
AsyncT_co = TypeVar("AsyncT_co", covariant=True)


class SyncClient(Protocol):
    """A client for synchronous calls: every SDK's is a context manager."""

    def __enter__(self) -> Any:
        """Enter the client's context."""
        ...


class AsyncClient(Protocol):
    """A client for asynchronous calls: every SDK's is an asynchronous context manager."""

    async def __aenter__(self) -> Any:
        """Enter the client's context."""
        ...


class CallDecorator(Generic[ClientT_co, SyncT_co, AsyncT_co]):
    """Turns a prompt function into a call of a model.

    The decorated function takes the same arguments. A `def` gives `SyncT_co` when it is called, an
    `async def` gives `AsyncT_co`; a client of the other kind is refused.
    """

    __slots__ = ("_decorate",)

    def __init__(self, decorate: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
        """Make a decorator of a function that does its work."""
        self._decorate = decorate

    # The synchronous overload comes first: the other way round, a lambda is read as async.
    @overload
    def __call__(
        self: CallDecorator[SyncClient | None, SyncT_co, AsyncT_co],
        fn: Callable[P, PromptReturn],
        /,
    ) -> Callable[P, SyncT_co]: ...
    @overload
    def __call__(
        self: CallDecorator[AsyncClient | None, SyncT_co, AsyncT_co],
        fn: Callable[P, Awaitable[Any]],
        /,
    ) -> Callable[P, AsyncT_co]: ...
    def __call__(self, fn: Callable[..., Any], /) -> Callable[..., Any]:
        """Decorate a prompt function."""
        return self._decorate(fn)
