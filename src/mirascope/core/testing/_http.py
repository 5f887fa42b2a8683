"""The little of HTTP/1.1 that provider SDKs use, over a plain socket.

Requests may carry a Content-Length or a chunked body; several may follow each other on one
connection. `Expect` is ignored, as is whatever a request says about coding of the reply.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from http import HTTPStatus

from ._request import Headers, Request, split_target

__all__ = ["ConnectionReader", "HTTPSyntaxError", "chunk", "last_chunk", "response_head"]

_READ = 65536
_HEAD_LIMIT = 1 << 20

last_chunk = b"0\r\n\r\n"
"""What ends a chunked body."""


class HTTPSyntaxError(ValueError):
    """What arrived is not a request this server can read."""


class ConnectionReader:
    """Reads one request after the other from a connection.

    Args:
        sock: The connection; it is read, never written or closed.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._buffer = bytearray()

    def read_request(self, *, connection: int) -> Request | None:
        """The next request, or `None` when the client closed the connection between requests.

        Raises:
            HTTPSyntaxError: What arrived is not HTTP, or ends inside a request.
            OSError: The connection failed.
        """
        head = self._until(b"\r\n\r\n", at_end=True)
        if head is None:
            return None
        line, *rest = head.decode("latin-1").split("\r\n")
        words = line.split(" ")
        if len(words) != 3:  # noqa: PLR2004 - method, target, version
            raise HTTPSyntaxError(f"A request line has three words; this one is {line!r}.")
        method, target, version = words
        headers = Headers([_header(text) for text in rest])
        path, query = split_target(target)
        return Request(
            connection=connection,
            method=method,
            path=path,
            query=query,
            headers=headers,
            body=self._body(headers),
            version=version,
        )

    def _body(self, headers: Headers) -> bytes:
        if "chunked" in headers.get("transfer-encoding", "").lower():
            return self._chunked()
        return self._exactly(_number(headers.get("content-length", "0"), base=10))

    def _chunked(self) -> bytes:
        body = bytearray()
        while size := _number(self._line().partition(";")[0], base=16):
            body += self._exactly(size)
            self._line()
        while self._line():
            pass  # trailers
        return bytes(body)

    def _line(self) -> str:
        line = self._until(b"\r\n")
        return "" if line is None else line.decode("latin-1")

    def _until(self, mark: bytes, *, at_end: bool = False) -> bytes | None:
        searched = 0
        while (found := self._buffer.find(mark, searched)) < 0:
            if len(self._buffer) > _HEAD_LIMIT:
                raise HTTPSyntaxError(f"A request's head is longer than {_HEAD_LIMIT} bytes.")
            searched = max(0, len(self._buffer) - len(mark) + 1)
            if not self._more(at_end=at_end and not self._buffer):
                return None
        return self._take(found, skip=len(mark))

    def _exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._more()
        return self._take(size)

    def _more(self, *, at_end: bool = False) -> bool:
        data = self._sock.recv(_READ)
        if not data and not at_end:
            raise HTTPSyntaxError("The connection ended inside a request.")
        self._buffer += data
        return bool(data)

    def _take(self, size: int, *, skip: int = 0) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[: size + skip]
        return taken


def response_head(status: int, headers: Mapping[str, str]) -> bytes:
    """The status line and the headers, up to and with the empty line."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{k}: {v}" for k, v in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def chunk(data: bytes) -> bytes:
    """One chunk of a chunked body; the data may not be empty, for that would end the body."""
    return b"%x\r\n%b\r\n" % (len(data), data)


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon:
        raise HTTPSyntaxError(f"A header has a colon; this one is {line!r}.")
    return name.strip(), value.strip()


def _number(text: str, *, base: int) -> int:
    try:
        number = int(text.strip(), base)
    except ValueError:
        number = -1
    if number < 0:
        raise HTTPSyntaxError(f"A size has to be a number; this one is {text!r}.")
    return number
