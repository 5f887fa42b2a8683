"""What a client sees of every fault, over plain HTTP."""

from __future__ import annotations

import http.client
import time
from typing import Any

import pytest

from mirascope.core.testing import Answer, Cut, ErrorEvent, Failure, Hangup, Pause, Raw, WireServer
from tests.unit.testing.plain_http import ask, connect, connect_socket, raw_request, said, send


def test_an_error_event_ends_a_recording(server: WireServer, client: http.client.HTTPConnection):
    """Faults happen to recordings too; an error event is in the shape of the endpoint."""
    server.play(Raw(body=b"data: a\n\ndata: b\n\n", faults=[ErrorEvent(after=1, body={"e": 1})]))
    assert ask(client)[1] == b'data: a\n\ndata: {"e":1}\n\ndata: [DONE]\n\n'


def test_cut_inside_an_event(server: WireServer, client: http.client.HTTPConnection):
    """A cut body is a broken one: what arrived, arrived, and the end is missing."""
    server.play(Answer(text="a", faults=[Cut(after=10, unit="bytes")]))
    send(client, stream=True)
    with client.getresponse() as response, pytest.raises(http.client.IncompleteRead) as caught:
        response.read()
    assert caught.value.partial == b'data: {"id'
    assert server.events_sent == 0
    assert server.wait_closed(2)


def test_clean_cut(server: WireServer, client: http.client.HTTPConnection):
    """A clean cut is a proper end, and the connection is kept."""
    server.play(Answer(text="a", faults=[Cut(after=1, how="clean")]), Answer(text="b"))
    assert ask(client, stream=True)[1].count(b"data: ") == 1
    assert said(client) == "b"
    assert server.connections == 1


def test_reset(server: WireServer, client: http.client.HTTPConnection):
    """A reset connection says so."""
    server.play(Answer(text="a", faults=[Cut(after=1, how="reset")]))
    send(client, stream=True)
    with client.getresponse() as response, pytest.raises(ConnectionResetError):
        response.read()


@pytest.mark.parametrize(
    ("how", "error"),
    [("close", http.client.RemoteDisconnected), ("reset", ConnectionResetError)],
)
def test_hangup(
    server: WireServer,
    client: http.client.HTTPConnection,
    how: Any,
    error: type[Exception],
):
    """A hangup answers nothing."""
    server.play(Hangup(how=how))
    with pytest.raises(error):
        ask(client)


def test_delays(server: WireServer, client: http.client.HTTPConnection):
    """Delays are before the head, between events and where a pause is."""
    faults = [Pause(seconds=0.1, after=1)]
    server.play(Answer(text="a", usage=None, delay=0.05, delay_headers=0.1, faults=faults))
    start = time.monotonic()
    send(client, stream=True)
    with client.getresponse() as response:
        headers = time.monotonic() - start
        response.read()
    total = time.monotonic() - start
    assert headers >= 0.1
    assert total >= 0.35  # 0.1 + 0.1 + 3 * 0.05


def test_a_client_that_leaves_in_a_pause(server: WireServer):
    """The server sees at once that a client left in mid-stream, and how far it had come."""
    server.play(Answer(text=["a", "b"], faults=[Pause(seconds=60, after=2)]))
    client = connect(server)
    send(client, stream=True)
    response = client.getresponse()
    response.readline()
    response.close()
    client.close()
    assert server.wait_closed(2)
    assert (server.abandoned, server.events_sent) == (1, 2)


def test_hold_open(server: WireServer):
    """A body that is held open ends when the client goes."""
    server.play(Answer(text="a", hold_open=True))
    client = connect(server)
    send(client, stream=True)
    response = client.getresponse()
    while response.readline() != b"data: [DONE]\n":
        pass
    assert not server.wait_closed(0.05)
    response.close()
    client.close()
    assert server.wait_closed(2)


def test_a_client_that_sends_ahead(server: WireServer):
    """A request that arrives during a pause is answered after it."""
    server.play(Answer(text="a", faults=[Pause(seconds=0.05, after=1)]), Answer(text="b"))
    with connect_socket(server) as sock:
        sock.sendall(raw_request(stream=True) * 2)
        received = b""
        while received.count(b"[DONE]") < 2:
            received += sock.recv(65536)
    assert server.connections == 1


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        ({"a": "é"}, "application/json", '{"a":"é"}'.encode()),
        ("plain", "text/plain; charset=utf-8", b"plain"),
        (b"\xff", "text/plain; charset=utf-8", b"\xff"),
    ],
)
def test_failure_with_a_body(
    server: WireServer,
    client: http.client.HTTPConnection,
    body: Any,
    content_type: str,
    expected: bytes,
):
    """A failure can have any body."""
    server.play(Failure(status=502, body=body, headers={"retry-after": "3"}))
    send(client)
    with client.getresponse() as response:
        assert (response.status, response.read()) == (502, expected)
        assert response.headers["content-type"] == content_type
        assert response.headers["retry-after"] == "3"
