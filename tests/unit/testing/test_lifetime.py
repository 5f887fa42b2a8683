"""What a server does with mistakes and with time, and what it leaves behind."""

from __future__ import annotations

import gc
import http.client
import threading
import time

import pytest

from mirascope.core.testing import Answer, Pause, Request, WireServer
from tests.unit.testing.plain_http import (
    CHAT,
    ask,
    ask_once,
    connect,
    connect_socket,
    raw_request,
    said,
    send,
)


def test_close_ends_what_is_running():
    """Closing does not wait for pauses, and leaves no thread and no socket behind."""
    before = threading.active_count()
    with WireServer() as server:
        server.play(Answer(text="a", faults=[Pause(seconds=60, after=1)]))
        client = connect(server)
        send(client, stream=True)
        response = client.getresponse()
        response.readline()
        start = time.monotonic()
    assert time.monotonic() - start < 10
    assert threading.active_count() == before
    assert server.abandoned == 0
    response.close()
    client.close()
    server.close()
    gc.collect()  # a socket left open would warn here, and a warning is an error


def test_nothing_to_play():
    """A request before anything is played is a mistake, told to the client and to the test."""
    replies: list[tuple[int, bytes]] = []

    def run() -> None:
        with WireServer() as server:
            replies.append(ask_once(server))

    with pytest.raises(LookupError, match="nothing to play"):
        run()
    assert replies[0][0] == 400
    assert b"server.play" in replies[0][1]


def test_a_script_that_raises():
    """An exception in a script's function is told to the client, and raised at the end."""
    replies: list[tuple[int, bytes]] = []

    def broken(request: Request) -> Answer:
        raise KeyError(request.path)

    def run() -> None:
        with WireServer() as server:
            server.play(broken)
            replies.append(ask_once(server))

    with pytest.raises(KeyError, match=CHAT):
        run()
    assert replies[0][0] == 400


def test_an_error_of_ones_own_comes_first():
    """A script's error does not hide the test's own."""

    def run() -> None:
        with WireServer() as server:
            ask_once(server)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run()


def test_no_http_client(server: WireServer):
    """Whoever does not speak HTTP is let go, and the server lives on."""
    with connect_socket(server) as sock:
        sock.sendall(b"\x16\x03\x01\r\n\r\n")
        assert sock.recv(1) == b""
    server.play(Answer(text="a"))
    assert ask_once(server)[0] == 200


def test_parallel_clients(server: WireServer):
    """Clients are served at the same time, each on its own connection."""
    server.play(lambda request: Answer(text=request.json["x"], delay_headers=0.25))
    seen: dict[str, str] = {}

    def one(name: str) -> None:
        client = connect(server)
        seen[name] = said(client, x=name)
        client.close()

    threads = [threading.Thread(target=one, args=(str(number),)) for number in range(8)]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - start < 1.5  # one after the other: 2.0
    assert seen == {str(number): str(number) for number in range(8)}
    assert server.connections == 8


def test_wait_requests(server: WireServer, client: http.client.HTTPConnection):
    """A test can wait for requests that another thread makes."""
    server.play(Answer(text="a"))
    assert not server.wait_requests(1, timeout=0.01)
    thread = threading.Thread(target=ask, args=(client,))
    thread.start()
    assert server.wait_requests(1, timeout=2)
    thread.join()


def test_fast_enough(server: WireServer):
    """A streamed request costs the server well under a millisecond, so replays are cheap."""
    server.play(Answer(text=["a", "b", "c"]))
    request = raw_request(stream=True)
    with connect_socket(server) as sock:
        start = time.process_time()
        for _ in range(200):
            sock.sendall(request)
            received = b""
            while not received.endswith(b"0\r\n\r\n"):
                received += sock.recv(65536)
        spent = time.process_time() - start
    assert spent / 200 < 0.002  # client and server together; measured 0.0003
