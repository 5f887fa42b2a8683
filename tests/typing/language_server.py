"""A minimal client of a language server over its standard streams, as an editor is one.

Messages are JSON with a `Content-Length` header. What the server asks for itself (its settings,
progress) is answered with nothing.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

__all__ = ["LanguageServer"]

_SECONDS = 300


class LanguageServer:
    """A running server with one document open.

    Args:
        command: What starts the server.
        folder: The folder that the editor has open.
        text: The document's text; `|` stands where positions are asked for.
    """

    def __init__(
        self, command: Sequence[str], folder: Path, text: str, env: dict[str, str]
    ) -> None:
        self.uri = (folder / "document.py").as_uri()
        self._text = text
        self._folder = folder
        self._last = 0
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder, env=env
        )
        # A server that does not answer is ended, and with it the wait for its answer.
        self._watchdog = threading.Timer(_SECONDS, self._process.kill)

    def __enter__(self) -> Self:
        self._watchdog.start()
        (self._folder / "document.py").write_text(self._text)
        folder = {"uri": self._folder.as_uri(), "name": "project"}
        self.ask(
            "initialize",
            processId=None,
            rootUri=folder["uri"],
            capabilities={},
            workspaceFolders=[folder],
        )
        self._send(method="initialized", params={})
        document = {"uri": self.uri, "languageId": "python", "version": 1, "text": self._text}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._watchdog.cancel()
        self._process.kill()
        self._process.communicate()

    def ask(self, method: str, **params: Any) -> Any:
        """Send a request and give its result."""
        self._last += 1
        self._send(id=self._last, method=method, params=params)
        while True:
            message = self._receive()
            if "method" in message and "id" in message:
                items = message["params"].get("items", []) if message["params"] else []
                self._send(id=message["id"], result=[None for _ in items])
            elif message.get("id") == self._last:
                return message["result"]

    def at(self, method: str, line: str, offset: int) -> Any:
        """Ask about a place: `offset` characters into the first line that is exactly `line`."""
        position = {"line": self._text.splitlines().index(line), "character": offset}
        return self.ask(method, textDocument={"uri": self.uri}, position=position)

    def _send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while (line := self._process.stdout.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message
