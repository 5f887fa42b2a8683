"""Requests as values: headers in any case, credentials never shown."""

from __future__ import annotations

import pytest

from mirascope.core.testing import Headers, Request
from mirascope.core.testing._request import split_target


def test_headers_in_any_case():
    """A header is found whatever the case, and repeated ones are joined."""
    headers = Headers([("Accept", "a"), ("X-One", "1"), ("accept", "b")])
    assert headers["ACCEPT"] == "a, b"
    assert list(headers) == ["accept", "x-one"]
    assert len(headers) == 2
    assert headers.get("missing") is None


@pytest.mark.parametrize("name", ["Authorization", "x-api-key", "X-Goog-Api-Key", "cookie"])
def test_credentials_are_not_shown(name: str):
    """A credential can be read, but does not get into a message or a log."""
    request = Request(headers=Headers([(name, "sk-secret"), ("Accept", "a")]), body=b"sk-secret")
    assert request.headers[name] == "sk-secret"
    assert "sk-secret" not in repr(request)
    assert "***" in repr(request.headers)
    assert "'accept': 'a'" in repr(request.headers)


def test_query_is_not_shown():
    """Some clients put their key into the query."""
    assert "sk-secret" not in repr(Request(query={"key": "sk-secret"}))


@pytest.mark.parametrize(
    ("body", "expected"), [(b"", None), (b'{"a": [1]}', {"a": [1]}), (b'"\xc3\xa9"', "é")]
)
def test_json(body: bytes, expected: object):
    """The body read as JSON, `None` without one."""
    assert expected == Request(body=body).json


@pytest.mark.parametrize(
    ("version", "connection", "expected"),
    [
        ("HTTP/1.1", "", True),
        ("HTTP/1.1", "Close", False),
        ("HTTP/1.1", "keep-alive", True),
        ("HTTP/1.0", "", False),
        ("HTTP/1.0", "Keep-Alive", True),
    ],
)
def test_keep_alive(version: str, connection: str, *, expected: bool):
    """HTTP/1.1 keeps a connection unless told otherwise, HTTP/1.0 the reverse."""
    headers = Headers([("connection", connection)] if connection else [])
    assert expected == Request(version=version, headers=headers).keep_alive


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/a/b", ("/a/b", {})),
        ("/a?alt=sse&x=", ("/a", {"alt": "sse", "x": ""})),
        ("/a?%24alt=json%3Benum-encoding%3Dint", ("/a", {"$alt": "json;enum-encoding=int"})),
    ],
)
def test_split_target(target: str, expected: tuple[str, dict[str, str]]):
    """The query's fields are decoded."""
    assert expected == split_target(target)
