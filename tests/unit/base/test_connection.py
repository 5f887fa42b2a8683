"""What is done to a response's connection, told with values in place of an HTTP library."""

from __future__ import annotations

import socket
from types import SimpleNamespace
from typing import Any

import pytest

from mirascope.core.base._connection import cut
from mirascope.core.base._read_limit import wait_for_ever


def response(version: str, own: socket.socket) -> Any:
    """As much of a response as is looked at."""
    network = SimpleNamespace(get_extra_info=lambda _: own)
    request = SimpleNamespace(extensions={"timeout": {"read": 5.0}})
    return SimpleNamespace(
        http_version=version, extensions={"network_stream": network}, request=request
    )


@pytest.mark.parametrize(
    ("version", "is_cut"), [("HTTP/1.1", True), ("HTTP/2", False)], ids=["own", "shared"]
)
def test_only_a_connection_of_its_own_is_cut(version: str, *, is_cut: bool) -> None:
    """One of HTTP/2 carries other streams; there the read keeps its limit, so that it ends."""
    own, other = socket.socketpair()
    with own, other:
        found = response(version, own)
        other.settimeout(0.05)

        wait_for_ever(found)
        cut(found)

        assert (None if is_cut else 5.0) == found.request.extensions["timeout"]["read"]
        if is_cut:
            assert b"" == other.recv(1)
        else:
            with pytest.raises(TimeoutError):
                other.recv(1)
