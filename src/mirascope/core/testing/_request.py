"""What a client asked: the request as the server received it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

__all__ = ["Headers", "Request"]

_SECRET = frozenset(
    {"api-key", "authorization", "cookie", "proxy-authorization", "x-api-key", "x-goog-api-key"}
)


class Headers(Mapping[str, str]):
    """Request headers: names in any case, credentials readable but never shown.

    Args:
        fields: Names and values as received; values of a repeated name are joined by a comma.
    """

    __slots__ = ("_fields",)

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self._fields: dict[str, str] = {}
        for name, value in fields:
            key = name.lower()
            self._fields[key] = f"{self._fields[key]}, {value}" if key in self._fields else value

    def __getitem__(self, name: str) -> str:
        return self._fields[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __repr__(self) -> str:
        shown = {k: "***" if k in _SECRET else v for k, v in self._fields.items()}
        return f"Headers({shown!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it arrived.

    Attributes:
        number: Its place in the order of arrival, from 1.
        connection: Which TCP connection brought it, from 1.
        method: The HTTP method.
        path: The path without the query.
        query: The query's fields. Not shown: some clients put their key there.
        headers: The headers.
        body: The body's bytes, undone from chunked coding.
        version: The protocol, as `HTTP/1.1`.
    """

    number: int = 1
    connection: int = 1
    method: str = "POST"
    path: str = "/"
    query: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    headers: Headers = field(default_factory=lambda: Headers([]))
    body: bytes = field(default=b"", repr=False)
    version: str = field(default="HTTP/1.1", repr=False)

    @property
    def json(self) -> Any:
        """The body read as JSON; `None` where there is no body.

        Raises:
            ValueError: The body is not JSON.
        """
        return json.loads(self.body) if self.body else None

    @property
    def keep_alive(self) -> bool:
        """Whether the client means to use the connection again."""
        wish = self.headers.get("connection", "").lower()
        return wish == "keep-alive" if self.version == "HTTP/1.0" else wish != "close"


def split_target(target: str) -> tuple[str, dict[str, str]]:
    """A request target's path and the fields of its query."""
    path, _, query = target.partition("?")
    return path, dict(parse_qsl(query, keep_blank_values=True))
