"""The server asked over plain HTTP: what it plays, and what it notes."""

from __future__ import annotations

import http.client

import pytest

from mirascope.core.testing import Answer, Raw, Request, WireServer
from tests.unit.testing.plain_http import CHAT, ask, said, send


def test_played_in_order(server: WireServer, client: http.client.HTTPConnection):
    """Scripts are played one a request, the last of them again and again."""
    server.play(Answer(text="a"), Answer(text="b"))
    assert [said(client) for _ in range(3)] == ["a", "b", "b"]


def test_play_starts_over(server: WireServer, client: http.client.HTTPConnection):
    """What is played replaces what was left of what was played before."""
    server.play(Answer(text="a"), Answer(text="never"))
    said(client)
    server.play(Answer(text="b"))
    assert said(client) == "b"


def test_a_function_makes_the_script(server: WireServer, client: http.client.HTTPConnection):
    """A function gets the request, with its number, and returns the script."""

    def echo(request: Request) -> Answer:
        return Answer(text=f"{request.json['x']} {request.number} {request.connection}")

    server.play(echo)
    assert [said(client, x="a"), said(client, x="b")] == ["a 1 1", "b 2 1"]


def test_requests(server: WireServer, client: http.client.HTTPConnection):
    """A request is noted as it came."""
    server.play(Answer(text="a"))
    ask(client, messages=[])
    (request,) = server.requests
    assert (request.method, request.path) == ("POST", CHAT)
    assert request.json == {"model": "m", "messages": []}
    assert request.headers["authorization"] == "sk-1"
    assert "sk-1" not in repr(server.requests)


def test_one_connection_for_many_requests(server: WireServer, client: http.client.HTTPConnection):
    """A connection is kept, after streams too."""
    server.play(Answer(text=["a", "b"]))
    for stream in (True, False, True):
        ask(client, stream=stream)
    assert (server.connections, server.open_connections) == (1, 1)
    client.close()
    assert server.wait_closed(2)
    assert (server.connections, server.open_connections) == (1, 0)


def test_connection_close(server: WireServer, client: http.client.HTTPConnection):
    """A client that means to leave is let go."""
    server.play(Answer(text="a"))
    client.request("POST", CHAT, b"{}", {"Connection": "close"})
    client.getresponse().read()
    assert server.wait_closed(2)


def test_a_body_that_ends_with_the_connection(
    server: WireServer, client: http.client.HTTPConnection
):
    """A body without a length is read to the end of the connection."""
    server.play(Raw(body=b"data: a\n\n", framing="close"))
    assert ask(client) == (200, b"data: a\n\n")
    assert server.wait_closed(2)


@pytest.mark.parametrize("path", [CHAT, "/anything"])
def test_raw(server: WireServer, client: http.client.HTTPConnection, path: str):
    """A recording is played byte for byte, whatever is asked."""
    body = b"data: \xff\n\n: comment\n\n\x00"
    server.play(Raw(body=body, status=201, chunking="byte", headers={"x-request-id": "r"}))
    send(client, path)
    with client.getresponse() as response:
        assert (response.status, response.read()) == (201, body)
        assert response.headers["x-request-id"] == "r"
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"


def test_nothing_seen(server: WireServer):
    """Before the first request there is nothing to see."""
    assert (server.requests, server.events_sent, server.abandoned) == ([], 0, 0)
