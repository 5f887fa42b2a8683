"""Plain HTTP to a wire server, without any SDK."""

from __future__ import annotations

import http.client
import json
import socket
from typing import Any
from urllib.parse import urlsplit

from mirascope.core.testing import WireServer

CHAT = "/openai/v1/chat/completions"


def connect(server: WireServer) -> http.client.HTTPConnection:
    """An HTTP client for the server."""
    return http.client.HTTPConnection(urlsplit(server.url("openai")).netloc, timeout=5)


def connect_socket(server: WireServer) -> socket.socket:
    """A bare connection to the server."""
    address = urlsplit(server.url("openai"))
    return socket.create_connection((address.hostname or "", address.port or 0), timeout=5)


def raw_request(**body: Any) -> bytes:
    """A request as bytes."""
    content = json.dumps({"model": "m", **body}).encode()
    return b"POST %b HTTP/1.1\r\nContent-Length: %d\r\n\r\n%b" % (
        CHAT.encode(),
        len(content),
        content,
    )


def send(client: http.client.HTTPConnection, path: str = CHAT, **body: Any) -> None:
    """Sends a request."""
    client.request("POST", path, json.dumps({"model": "m", **body}), {"Authorization": "sk-1"})


def ask(client: http.client.HTTPConnection, path: str = CHAT, **body: Any) -> tuple[int, bytes]:
    """Sends a request; the status and the body of the response."""
    send(client, path, **body)
    with client.getresponse() as response:
        return response.status, response.read()


def ask_once(server: WireServer) -> tuple[int, bytes]:
    """As `ask`, on a connection of its own."""
    client = connect(server)
    try:
        return ask(client)
    finally:
        client.close()


def said(client: http.client.HTTPConnection, **body: Any) -> str:
    """Asks; the text of the answer."""
    return json.loads(ask(client, **body)[1])["choices"][0]["message"]["content"]
