"""Where the SDKs find the server: base URLs, the environment, a port that refuses."""

from __future__ import annotations

import os
import socket
from urllib.parse import urlsplit

import pytest

from mirascope.core.testing import WireServer


def test_refused(server: WireServer):
    """The refusing port refuses, and has the provider's path."""
    address = urlsplit(server.refused_url("groq"))
    assert address.path == "/groq"
    assert server.refused_url("groq") == server.refused_url("groq")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.hostname or "", address.port or 0), timeout=2)


def test_urls(server: WireServer):
    """Every provider has its base URL; any other name says which there are."""
    origin = server.url("openai").removesuffix("/openai/v1")
    assert server.url("cohere") == f"{origin}/cohere"
    with pytest.raises(ValueError, match="no provider 'bedrock' here; there are anthropic"):
        server.url("bedrock")  # type: ignore[arg-type]


def test_not_started():
    """A server that was not started has no address, and is started once."""
    server = WireServer()
    with pytest.raises(RuntimeError, match="not started"):
        server.url("openai")
    server.close()
    with server, pytest.raises(RuntimeError, match="started once"):
        server.start()


def test_environment(server: WireServer, monkeypatch: pytest.MonkeyPatch):
    """The environment leads every SDK here, with a key that is none, around any proxy."""
    monkeypatch.setenv("NO_PROXY", "internal")
    monkeypatch.delenv("no_proxy", raising=False)
    found = server.environment()
    assert found["OPENAI_BASE_URL"] == server.url("openai")
    assert found["CO_API_URL"] == server.url("cohere")
    assert {found[name] for name in found if name.endswith("_KEY")} == {"test"}
    assert found["NO_PROXY"] == "internal,127.0.0.1"


def test_patched_environ(server: WireServer, monkeypatch: pytest.MonkeyPatch):
    """The process's environment is changed for a while, and then as before."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-real")
    monkeypatch.delenv("GROQ_API_KEY", raising=False)
    before = dict(os.environ)
    with server.patched_environ():
        assert os.environ["OPENAI_API_KEY"] == os.environ["GROQ_API_KEY"] == "test"
    assert dict(os.environ) == before
