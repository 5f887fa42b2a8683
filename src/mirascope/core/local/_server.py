"""The child process that serves a model with llama.cpp; a script, run by path, that stands alone.

Strategy: native code can end its process at any time, so it has one of its own. The parent
writes one JSON line of settings to standard input and keeps the pipe open; the child answers
with one JSON line on standard output (where it listens, or what is wrong) and serves until the
pipe closes, which the operating system does for a parent that was killed.

Rules: standard library and `xllamacpp` only, so that it starts fast; the API key arrives
through the pipe, so that no process listing shows it; whatever the native code prints goes to
standard error, so that the answer stays one line.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import sys
import threading
from typing import Any, TextIO

# Groq's SDK always posts to /openai/v1/...; the other SDKs take any prefix.
_PREFIX = "/openai"
_LOOPBACK = "127.0.0.1"
_ORPHAN_CHECK_SECONDS = 1.0


def main() -> None:
    """Read the settings, serve, and end the process when the parent is gone."""
    # Ctrl-C reaches the whole terminal; the program under test may want to go on after it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = os.getppid()
    answer = _claim_stdout()
    line = sys.stdin.readline()
    if not line:
        return
    settings = json.loads(line)
    # What the bound method belongs to must stay referenced: the server stops with its object.
    server, reply = _start(settings)
    answer.write(json.dumps(reply) + "\n")
    answer.flush()
    if server is not None:
        _wait_for_parent(parent)
    # The native threads have nothing to save, and joining them takes seconds.
    os._exit(0)


def _start(settings: dict[str, Any]) -> tuple[Any, dict[str, str]]:
    """The running server and where it listens, or None and what is wrong."""
    try:
        xllamacpp: Any = importlib.import_module("xllamacpp")
    except Exception as error:  # noqa: BLE001 - a broken native library raises what it likes
        return None, {"problem": "runtime", "detail": f"{type(error).__name__}: {error}"}
    if taken := _why_taken(settings["port"]):
        return None, {"problem": "port", "detail": taken}
    try:
        server = xllamacpp.Server(_parameters(xllamacpp, settings))
    except AttributeError as error:
        return None, {"problem": "runtime", "detail": f"another interface: {error}"}
    except Exception as error:  # noqa: BLE001 - the library has one error for everything
        # Another process may have been quicker between the check and the start.
        if taken := _why_taken(settings["port"]):
            return None, {"problem": "port", "detail": taken}
        return None, {"problem": "model", "detail": str(error)}
    return server, {"listening": server.listening_address, "prefix": _PREFIX}


def _parameters(xllamacpp: Any, settings: dict[str, Any]) -> Any:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = settings["model"]
    parameters.model_alias = {settings["alias"]}
    _close_doors(parameters, settings)
    parameters.port = settings["port"]
    parameters.n_parallel = settings["parallel"]
    parameters.n_ctx = settings["context"]
    parameters.kv_unified = True
    parameters.cache_ram_mib = 0
    parameters.cpuparams.n_threads = settings["threads"]
    parameters.cpuparams_batch.n_threads = settings["threads"]
    parameters.warmup = False
    parameters.use_jinja = True
    parameters.verbosity = 1
    if template := settings["chat_template"]:
        parameters.chat_template = template
    for name, value in settings["sampling"].items():
        setattr(parameters.sampling, name, value)
    if limit := settings["max_tokens"]:
        parameters.n_predict = limit
    return parameters


def _close_doors(parameters: Any, settings: dict[str, Any]) -> None:
    """Loopback, a key, no other origin, no page, no downloads: none of it is the default."""
    parameters.hostnames = [_LOOPBACK]
    parameters.api_prefix = _PREFIX
    parameters.api_keys = [settings["api_key"]]
    parameters.cors_origins = ""
    parameters.cors_credentials = False
    parameters.ui = False
    parameters.offline = True
    parameters.endpoint_slots = settings["diagnostics"]
    parameters.endpoint_metrics = settings["diagnostics"]


def _why_taken(port: int) -> str | None:
    """Why nothing can listen on the port, or None where something can."""
    if not port:
        return None
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            # As the server does: a port whose last connections still linger is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_LOOPBACK, port))
        except OSError as error:
            return error.strerror or str(error)
    return None


def _claim_stdout() -> TextIO:
    """The real standard output, for the answer; everybody else's goes to standard error."""
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answer


def _wait_for_parent(parent: int) -> None:
    """Return when the pipe closes, or when a forked process holds it and the parent is gone."""
    closed = threading.Event()

    def read_to_end() -> None:
        sys.stdin.read()
        closed.set()

    threading.Thread(target=read_to_end, daemon=True).start()
    while not closed.wait(_ORPHAN_CHECK_SECONDS):
        if os.name == "posix" and os.getppid() != parent:
            return


if __name__ == "__main__":
    main()
