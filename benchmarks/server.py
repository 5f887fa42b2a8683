"""The server: plays the providers on loopback, in a process of its own, from encoded bytes.

A path begins with `/MODE/N/WIRE`; what an SDK adds after that is not looked at. The modes:

    blast    one HTTP chunk for each event, all of the body written at once
    fat      HTTP chunks of 16 KiB, all written at once: events span their borders
    pacedU   one write for each event, U microseconds apart: each is a network read of its own
    late     the body at once, its closing chunk a millisecond later
    tickM    for many streams at once: one write for each event, M milliseconds apart
    whole    the answer to a call without streaming
    count    how many connections there have been, as JSON

It prints one line of JSON with its ports: `port` serves each connection in a thread, `many` all in
one event loop (and knows `tick` alone), `grpc` is Gemini's, or `null` without its packages.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import resource
import socket
import threading
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

from . import wires

__all__: list[str] = []

_PATH = re.compile(rb"^[A-Z]+ /+([a-z]+)(\d*)/(\d+)/([a-z_]+)")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n"
    b"transfer-encoding: chunked\r\n\r\n"
)
_SERVICE = "google.ai.generativelanguage.v1beta.GenerativeService"
_connections = {"http": 0}
_peers = set[str]()


def _request(data: bytes) -> tuple[str, int, int, str, bytes] | None:
    """Take a request out of what arrived: mode, its number, n, wire, the rest; `None` for more."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = data[: end + 2]
    if _CHUNKED.search(head):
        stop = data.find(b"\r\n0\r\n\r\n", end)
        if stop < 0:
            return None
        used = stop + 7
    else:
        length = _LENGTH.search(head)
        used = end + 4 + (int(length[1]) if length else 0)
    if len(data) < used:
        return None
    found = _PATH.match(data)
    if found is None:
        raise ValueError(f"not a path of this server: {data[:60]!r}")
    mode, number, n, wire = found.groups()
    return mode.decode(), int(number or 0), int(n), wire.decode(), data[used:]


@cache
def _body(mode: str, n: int, wire: str) -> bytes:
    return wires.fat(wire, n) if mode == "fat" else b"".join(wires.chunked(wire, n))


def _json(body: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
    return head % len(body) + body


def _writes(mode: str, number: int, n: int, wire: str) -> Iterator[bytes]:
    """Give what to write, one after the other."""
    if mode == "count":
        yield _json(json.dumps({**_connections, "grpc": len(_peers)}).encode())
    elif mode == "whole":
        yield _json(wires.whole(n))
    elif mode == "late":
        yield _HEAD + _body(mode, n, wire)[:-5]
        time.sleep(0.001)
        yield b"0\r\n\r\n"
    elif mode == "paced":
        yield _HEAD
        for frame in wires.chunked(wire, n):
            yield frame
            time.sleep(number / 1e6)
    else:
        yield _HEAD + _body(mode, n, wire)


def _serve(connection: socket.socket) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    rest = b""
    try:
        while True:
            while (asked := _request(rest)) is None:
                data = connection.recv(65536)
                if not data:
                    return
                rest += data
            *wanted, rest = asked
            for piece in _writes(*wanted):
                connection.sendall(piece)
    except OSError:
        return
    finally:
        connection.close()


def _accept(listening: socket.socket) -> None:
    while True:
        connection, _ = listening.accept()
        _connections["http"] += 1
        threading.Thread(target=_serve, args=(connection,), daemon=True).start()


class _Many(asyncio.Protocol):
    """One connection of the event loop's port."""

    def __init__(self) -> None:
        self._transport: Any = None
        self._rest = b""
        self._ticking: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # its signature
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._rest += data
        if (asked := _request(self._rest)) is not None:
            _, number, n, wire, self._rest = asked
            self._ticking = asyncio.create_task(self._tick(wires.chunked(wire, n), number / 1e3))

    async def _tick(self, frames: tuple[bytes, ...], gap: float) -> None:
        frames = (_HEAD, *frames)
        for frame in frames:
            if self._transport is None:
                return
            self._transport.write(frame)
            if frame is not _HEAD:
                await asyncio.sleep(gap)


def _grpc() -> int | None:
    """Start Gemini's server, which reads `n` from the end of the model's name."""
    try:
        import grpc
        from google.ai.generativelanguage import GenerateContentRequest, GenerateContentResponse
        from google.protobuf import json_format
    except ImportError:
        return None
    from concurrent.futures import ThreadPoolExecutor

    @cache
    def encoded(n: int) -> list[bytes]:
        made: list[bytes] = []
        for message in wires.gemini_messages(n):
            answer = GenerateContentResponse.pb(GenerateContentResponse())
            json_format.ParseDict(message, answer, ignore_unknown_fields=True)
            made.append(answer.SerializeToString())
        return made

    def stream(request: bytes, context: Any) -> Iterator[bytes]:
        _peers.add(context.peer())
        model = GenerateContentRequest.pb(GenerateContentRequest.deserialize(request)).model
        yield from encoded(int(model.rpartition("-")[2]))

    server = grpc.server(ThreadPoolExecutor(2))
    methods = {"StreamGenerateContent": grpc.unary_stream_rpc_method_handler(stream)}
    handler = grpc.method_handlers_generic_handler(_SERVICE, methods)
    server.add_generic_rpc_handlers((handler,))
    port: int = server.add_insecure_port("127.0.0.1:0")
    server.start()
    _kept.append(server)
    return port


_kept: list[Any] = []


def _die_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


async def _main() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    threading.Thread(target=_accept, args=(listening,), daemon=True).start()
    threading.Thread(target=_die_with, args=(os.getppid(),), daemon=True).start()
    loop = asyncio.get_running_loop()
    many = await loop.create_server(_Many, "127.0.0.1", 0, backlog=4096)
    ports = {
        "port": listening.getsockname()[1],
        "many": many.sockets[0].getsockname()[1],
        "grpc": _grpc(),
    }
    print(json.dumps(ports), flush=True)
    await many.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main())
