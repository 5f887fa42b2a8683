"""What the tests of the real server share: one scripted model, one server, and a client."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from openai import OpenAI

from mirascope.core import local
from tests.support.scripted_gguf import ToolCall, write_scripted_gguf

CALL = ToolCall("get_book", {"title": "Dune", "year": 1965})
BLANK: Mapping[str, str] = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("OPENAI_", "ANTHROPIC_", "GROQ_"))
}

Start = Callable[..., "subprocess.Popen[str]"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip these tests, and no others, where the runtime cannot be installed."""
    if importlib.util.find_spec("xllamacpp") is not None:
        return
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="xllamacpp has no wheel for this platform"))


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that says a known text, and makes a known call when offered tools."""
    return write_scripted_gguf(tmp_path_factory.mktemp("model") / "scripted.gguf", tool_call=CALL)


@pytest.fixture(scope="session")
def server(model: Path) -> Iterator[local.LocalServer]:
    """One server of that model for all tests that leave it alive."""
    with local.server(model) as info:
        yield info


@pytest.fixture
def client(server: local.LocalServer) -> Iterator[OpenAI]:
    """OpenAI's own client, pointed at the server by hand."""
    with OpenAI(base_url=server.openai_base_url, api_key=server.api_key, max_retries=0) as client:
        yield client


@pytest.fixture
def start() -> Iterator[Start]:
    """Start the command, as its own process and as a user would; what is left is killed."""
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: str, environment: Mapping[str, str] = BLANK) -> subprocess.Popen[str]:
        # In the background of a shell interrupts are ignored, and processes inherit that.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", "mirascope.core.local", *arguments],
                env=dict(environment),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
        finally:
            signal.signal(signal.SIGINT, before)
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def wait_until(condition: Callable[[], bool], *, seconds: float = 15.0) -> bool:
    """Whether the condition came true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def refuses(address: str) -> bool:
    """Whether nothing listens at the address any more."""
    try:
        httpx.get(address, timeout=5)
    except httpx.TransportError:
        return True
    return False
