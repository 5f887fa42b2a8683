"""Rendered answers read back: what a wire format makes of a script, as plain data."""

from __future__ import annotations

import json
from typing import Any

from mirascope.core.testing import Answer, Failure, Request, render


def events(script: Answer | Failure, path: str, *, alt: str = "", **body: Any) -> list[Any]:
    """The data of each server-sent event (or line); the end marker stays a string."""
    return [data_of(event) for event in raw_events(script, path, alt=alt, **body)]


def raw_events(script: Answer | Failure, path: str, *, alt: str = "", **body: Any) -> list[bytes]:
    """The wire events as they are sent."""
    query = {"alt": alt} if alt else {}
    content = json.dumps({"model": "m", **body}).encode()
    return render(script, Request(path=path, query=query, body=content))


def whole(script: Answer | Failure, path: str, **body: Any) -> Any:
    """The body of a call that does not stream."""
    (data,) = raw_events(script, path, **body)
    return json.loads(data)


def data_of(event: bytes) -> Any:
    lines = event.decode().splitlines()
    text = next((line[6:] for line in lines if line.startswith("data: ")), event.decode())
    return text if text == "[DONE]" else json.loads(text)
