"""The processes of a measurement: the server, and one worker for each contender."""

from __future__ import annotations

import http.client
import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .environments import ROOT, interpreter

__all__ = ["Failed", "Server", "Worker"]

_WORKER = Path(__file__).parent / "contenders" / "worker.py"


class Failed(Exception):
    """A contender could not do what it was asked for; the text says why."""


class Server:
    """The server's process; it ends with the `with` block."""

    def __enter__(self) -> Self:
        command = [str(interpreter("core")), "-m", f"{__package__}.server"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self._ports: dict[str, Any] = json.loads(self._process.stdout.readline())
        self._asking = http.client.HTTPConnection("127.0.0.1", self._ports["port"])
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._asking.close()
        self._process.terminate()
        self._process.wait()

    def address(self, wire: str, mode: str, n: int) -> str:
        """Give the address at which an answer of `n` deltas is served in a mode."""
        if wire == "gemini":
            return f"127.0.0.1:{self._ports['grpc']}"
        port = self._ports["many" if mode.startswith("tick") else "port"]
        return f"http://127.0.0.1:{port}/{mode}/{n}/{wire}"

    def connections(self) -> dict[str, int]:
        """Give how many connections there have been so far, over HTTP and over gRPC."""
        self._asking.request("GET", "/count/0/any")
        found: dict[str, int] = json.loads(self._asking.getresponse().read())
        return found


class Worker:
    """A contender's process; it ends with the `with` block.

    Args:
        environment: The name of its environment.
        contender: The name of its file.
    """

    def __init__(self, environment: str, contender: str) -> None:
        command = [str(interpreter(environment)), "-P", str(_WORKER), contender]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def ask(self, action: str, wire: str, url: str, n: int) -> dict[str, Any]:
        """Do an action once.

        Returns:
            `cpu` and `wall` in seconds, and what the action `got`.

        Raises:
            Failed: It could not be done.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"action": action, "wire": wire, "url": url, "n": n}
        try:
            print(json.dumps(asked), file=self._process.stdin, flush=True)
        except BrokenPipeError:
            raise Failed("its process ended") from None
        line = self._process.stdout.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"error": "its process ended"}
        if "error" in answer:
            raise Failed(answer["error"])
        return answer
