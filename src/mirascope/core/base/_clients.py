"""Clients: whether a given one fits; and default ones, kept so that their connections last.

A default client belongs to the environment variables it was made from (a changed key or address
makes a new client), to the process (sockets do not survive a fork), and, if it is asynchronous, to
the event loop its connections live in.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
import weakref
from collections.abc import AsyncGenerator
from typing import Any

from ..errors import SyncAsyncMismatch
from ._adapter import Adapter

__all__ = ["async_client", "check_client", "sync_client"]

_KEPT = 16
"""How many clients of one provider are kept, where the environment changes again and again."""

_lock = threading.Lock()
_sync: dict[tuple[Any, ...], Any] = {}
_Keeper = tuple[Any, AsyncGenerator[None]]
_async: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[tuple[Any, ...], _Keeper]]
_async = weakref.WeakKeyDictionary()


def _key(adapter: Adapter) -> tuple[Any, ...]:
    return (adapter.name, os.getpid(), *(os.environ.get(name) for name in adapter.environment))


def sync_client(adapter: Adapter) -> Any:
    """Give the provider's default client; made at first use, by the SDK's own rules."""
    key = _key(adapter)
    client = _sync.get(key)
    if client is None:
        with _lock:
            client = _sync.get(key)
            if client is None:
                client = adapter.client()
                known = [each for each in _sync if each[0] == adapter.name]
                if len(known) >= _KEPT:
                    # A stream that is still open holds its client itself.
                    del _sync[known[0]]
                _sync[key] = client
    return client


def async_client(adapter: Adapter) -> Any:
    """Give the provider's default asynchronous client of the running event loop.

    It is closed when the loop shuts its asynchronous generators down, as `asyncio.run` does.
    Outside an asyncio loop a new client is made for each call.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return adapter.async_client()
    with _lock:
        for dead in [each for each in _async if each.is_closed()]:
            del _async[dead]
        clients = _async.setdefault(loop, {})
    key = _key(adapter)
    if key not in clients:
        client = adapter.async_client()
        keeper = _until_loop_ends(adapter, client, loop)
        # The first step registers the generator with the running loop; it never suspends there.
        with contextlib.suppress(StopIteration):
            keeper.asend(None).send(None)
        clients[key] = (client, keeper)
    return clients[key][0]


async def _until_loop_ends(
    adapter: Adapter, client: Any, loop: asyncio.AbstractEventLoop
) -> AsyncGenerator[None]:
    """Close a client when its loop shuts down its generators, this one among them."""
    try:
        yield
    finally:
        with _lock:
            _async.pop(loop, None)
        await adapter.aclose(client)


def check_client(adapter: Adapter, client: Any, *, is_async: bool | None) -> None:
    """Refuse a client of another provider, or of the wrong kind, where it is given.

    Args:
        adapter: The provider.
        client: The client, or `None`.
        is_async: Whether it has to serve asynchronous calls; `None` if that is not known yet.

    Raises:
        TypeError: It is none of the provider's.
        SyncAsyncMismatch: It is of the wrong kind.
    """
    if client is None:
        return
    is_sync_client = isinstance(client, adapter.clients)
    is_async_client = isinstance(client, adapter.async_clients)
    if not is_sync_client and not is_async_client:
        names = dict.fromkeys(c.__name__ for c in (*adapter.clients, *adapter.async_clients))
        # Never the client's `repr`: it may hold a key.
        given = (
            f"the class {client.__name__}" if isinstance(client, type) else type(client).__name__
        )
        raise TypeError(
            f"client={given} is no client of {adapter.name}: give a {' or '.join(names)}"
            f"{' that was made' if isinstance(client, type) else ''}."
        )
    if is_async is None or (is_async_client if is_async else is_sync_client):
        return
    wanted = adapter.async_clients if is_async else adapter.clients
    raise SyncAsyncMismatch(
        f"client={type(client).__name__} does not fit "
        f"{'an `async def`' if is_async else 'a `def`'}: give a {wanted[0].__name__}."
    )
