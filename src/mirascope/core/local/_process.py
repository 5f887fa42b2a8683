"""Starts the server process, waits for its answer, and ends it.

Rules: the process has a session of its own, so that Ctrl-C reaches the program and not the
server under it; it ends when the pipe to it closes, also when this process is killed; its log
goes to an unnamed file, from which the last errors are quoted if it dies.
"""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import signal
import subprocess
import sys
import sysconfig
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from ._environment import server_environment
from ._errors import ExitCode, LocalError
from ._settings import Settings

__all__ = ["ServerProcess", "check_runtime", "explain"]

_STOP_SECONDS = 5.0
_QUOTED_LINES = 3
_SCRIPT = Path(__file__).with_name("_server.py")


class ServerProcess:
    """One running server process.

    Args:
        settings: What to serve.
        start_timeout: Seconds to wait until it listens.

    Attributes:
        address: Where it listens, as `http://127.0.0.1:port`.
        prefix: The path under which it serves.
        pid: The id of the process.

    Raises:
        LocalError: The server did not start; the exit code says why.
    """

    def __init__(self, settings: Settings, *, start_timeout: float) -> None:
        check_runtime()
        self._title = settings.title
        self._lock = threading.Lock()
        self._death: LocalError | None = None
        self._stopped = False
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as this
        self._process = subprocess.Popen(  # noqa: S603 - our own script, no shell
            # -P: the script's folder must not shadow modules of the standard library.
            [sys.executable, "-P", str(_SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=server_environment(os.environ),
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self.pid = self._process.pid
        try:
            reply = self._started(settings, timeout=start_timeout)
        except BaseException:
            self.stop()
            raise
        self.address = reply["listening"]
        self.prefix = reply["prefix"]

    def wait(self) -> int:
        """Block until the process ends, and return its exit code (negative for a signal)."""
        return self._process.wait()

    def stop(self) -> None:
        """End the process; safe to call again and after it has died."""
        self.death()
        with self._lock:
            self._stopped = True
        stdin, stdout = self._pipes()
        with suppress(BrokenPipeError):  # it died before it read the settings
            stdin.close()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        stdout.close()
        self._log.close()

    def death(self) -> LocalError | None:
        """Why the process ended by itself, or None where it runs or was stopped."""
        with self._lock:
            if self._death is None and not self._stopped and self._process.poll() is not None:
                self._death = LocalError(
                    f"The server of {self._title} died "
                    f"({_ending(self._process.returncode)}).{self._last_errors()}",
                    exit_code=ExitCode.SERVER_DIED,
                )
            return self._death

    def _started(self, settings: Settings, *, timeout: float) -> dict[str, str]:
        reply = self._ask(settings, timeout=timeout)
        if "listening" not in reply:
            raise explain(reply, settings=settings, log=self._last_errors())
        return reply

    def _ask(self, settings: Settings, *, timeout: float) -> dict[str, str]:
        stdin, stdout = self._pipes()
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self._process.kill()

        # Reading from a pipe has no time limit of its own; an ended process ends the reading.
        timer = threading.Timer(timeout, give_up)
        timer.start()
        try:
            stdin.write(settings.line().encode())
            stdin.flush()
            line = stdout.readline()
        except BrokenPipeError:
            line = b""
        finally:
            timer.cancel()
        if line:
            reply: dict[str, str] = json.loads(line)
            return reply
        code = self._process.wait()
        if late.is_set():
            return {"problem": "death", "detail": f"it did not listen within {timeout:g} seconds"}
        return {"problem": "death", "detail": _ending(code), "code": str(code)}

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise AssertionError("the process was started with pipes")
        return stdin, stdout

    def _last_errors(self) -> str:
        """The end of the log as a sentence to append, or nothing; only for a process that ended."""
        self._process.wait()
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").strip().splitlines()
        return f" Its last words: {' / '.join(lines[-_QUOTED_LINES:])}" if lines else ""


def check_runtime() -> None:
    """Make sure that there is something to serve models with.

    Raises:
        LocalError: `xllamacpp` is not installed; the message says whether it can be.
    """
    if importlib.util.find_spec("xllamacpp") is not None:
        return
    where = f"{platform.system()} {platform.machine()}"
    if (why := _unsupported()) is not None:
        advice = f"and it has no wheel for {where} ({why}); use another machine or a provider's key"
    else:
        advice = "run `pip install 'mirascope-core[local]'`"
    raise LocalError(
        f"Serving a local model takes the package xllamacpp, which is not installed: {advice}.",
        exit_code=ExitCode.NO_RUNTIME,
    )


def explain(reply: dict[str, str], *, settings: Settings, log: str) -> LocalError:
    """The error behind a server's answer that it does not listen.

    Args:
        reply: What the server process answered.
        settings: What it was told.
        log: The end of its log as a sentence, or nothing.
    """
    detail = reply["detail"]
    match reply["problem"]:
        case "port":
            return LocalError(
                f"Port {settings.port} cannot be had: {detail}. Choose another with --port, or "
                "leave it out for any free one.",
                exit_code=ExitCode.PORT_TAKEN,
            )
        case "runtime":
            return LocalError(
                f"The installed xllamacpp does not work here: {detail}. Try "
                "`pip install --upgrade xllamacpp`.",
                exit_code=ExitCode.NO_RUNTIME,
            )
        case "model":
            return LocalError(
                f"The model {settings.model} cannot be loaded: {detail}{log}",
                exit_code=ExitCode.MODEL_UNUSABLE,
            )
        case _ if reply.get("code") == str(-signal.SIGILL):
            # Windows has an exit code of its own for this, which the next case shows.
            return LocalError(
                "xllamacpp's native code does not run on this processor (illegal instruction): "
                "on x86-64 it takes AVX2, FMA, F16C and BMI2.",
                exit_code=ExitCode.NO_RUNTIME,
            )
        case _:
            return LocalError(
                f"The server of {settings.title} died before it listened ({detail}).{log}",
                exit_code=ExitCode.SERVER_DIED,
            )


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _unsupported() -> str | None:
    """Why this platform has no wheel of the runtime, or None where it has one."""
    machine = platform.machine().lower()
    if "musl" in str(sysconfig.get_config_var("SOABI")):
        return "musl, as in Alpine Linux"
    supported = {
        "linux": {"x86_64", "aarch64"},
        "darwin": {"x86_64", "arm64"},
        "win32": {"amd64"},
    }.get(sys.platform)
    if supported is None or machine not in supported:
        return "only for Linux and macOS on x86-64 and ARM64, and Windows on x86-64"
    return None
