"""The server's own little HTTP, on a pair of sockets."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mirascope.core.testing._http import (
    ConnectionReader,
    HTTPSyntaxError,
    chunk,
    last_chunk,
    response_head,
)

Pair = tuple[socket.socket, ConnectionReader]


@pytest.fixture
def pair() -> Iterator[Pair]:
    client, server = socket.socketpair()
    with client, server:
        yield client, ConnectionReader(server)


def read_all(data: bytes, *, size: int = 1 << 20) -> list[tuple[str, str, bytes]]:
    """Every request in the data, sent in pieces of `size` bytes."""
    client, server = socket.socketpair()
    with client, server:
        for start in range(0, len(data), size):
            client.sendall(data[start : start + size])
        client.shutdown(socket.SHUT_WR)
        reader = ConnectionReader(server)
        requests = iter(lambda: reader.read_request(connection=1), None)
        return [(request.method, request.path, request.body) for request in requests]


def test_one_after_the_other():
    """Requests follow each other on a connection, with and without a body."""
    data = (
        b"POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
        b"GET /d HTTP/1.1\r\n\r\n"
        b"POST /e HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n"
        b"3;ext=1\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n"
    )
    expected = [("POST", "/a", b"abc"), ("GET", "/d", b""), ("POST", "/e", b"abc0123456789")]
    assert expected == read_all(data)
    assert expected == read_all(data, size=1)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=40), max_size=6), st.integers(1, 9))
def test_chunks_join_to_the_body(parts: list[bytes], size: int):
    """Any body in any chunks, arriving in any pieces, is read as it is."""
    head = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    data = head + b"".join(map(chunk, parts)) + last_chunk
    assert [("POST", "/", b"".join(parts))] == read_all(data, size=size)


def test_fields(pair: Pair):
    """Query, headers, version and connection are on the request."""
    client, reader = pair
    client.sendall(b"POST /p?k=v HTTP/1.0\r\nX-A:  b c \r\n\r\n")
    request = reader.read_request(connection=7)
    assert request is not None
    assert (
        dict(request.query),
        request.headers["x-a"],
        request.version,
        request.connection,
    ) == ({"k": "v"}, "b c", "HTTP/1.0", 7)


def test_end_between_requests(pair: Pair):
    """A connection that ends between requests has simply ended."""
    client, reader = pair
    client.close()
    assert reader.read_request(connection=1) is None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"GET /", "ended inside a request"),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc", "ended inside a request"),
        (b"\x16\x03\x01 \r\n\r\n", "three words"),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", "A header has a colon"),
        (b"POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n", "'many'"),
        (b"POST / HTTP/1.1\r\nContent-Length: -3\r\n\r\n", "'-3'"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "'xyz'"),
    ],
)
def test_what_is_no_request(data: bytes, message: str):
    """What cannot be read says why."""
    with pytest.raises(HTTPSyntaxError, match=message):
        read_all(data)


def test_endless_head():
    """A head that does not end is given up on."""
    with pytest.raises(HTTPSyntaxError, match="longer than"):
        ConnectionReader(Endless()).read_request(connection=1)  # type: ignore[arg-type]


class Endless:
    """A connection that never says an empty line."""

    def recv(self, size: int) -> bytes:
        return b"x" * size


def test_response_head():
    """Status line, headers, empty line; statuses without a name of their own too."""
    expected = b"HTTP/1.1 200 OK\r\ncontent-type: a\r\nx: y\r\n\r\n"
    assert expected == response_head(200, {"content-type": "a", "x": "y"})
    assert response_head(529, {}) == b"HTTP/1.1 529 Unknown\r\n\r\n"
