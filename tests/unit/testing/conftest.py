"""A running server and a client of it, for every test here."""

from __future__ import annotations

import http.client
from collections.abc import Iterator

import pytest

from mirascope.core.testing import WireServer
from tests.unit.testing.plain_http import connect


@pytest.fixture
def server() -> Iterator[WireServer]:
    with WireServer() as server:
        yield server


@pytest.fixture
def client(server: WireServer) -> Iterator[http.client.HTTPConnection]:
    connection = connect(server)
    yield connection
    connection.close()
