"""The recorded provider replies that `MIRASCOPE_RECORDINGS` names, and what they say."""

from __future__ import annotations

import functools
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

VARIABLE = "MIRASCOPE_RECORDINGS"


@dataclass(frozen=True, kw_only=True)
class Recording:
    """One recorded reply.

    Attributes:
        name: The file's name below the folder of recordings.
        api: The endpoint, such as `chat.completions`.
        kinds: What it shows.
        status: The HTTP status.
        content_type: The body's media type.
        body: The body.
        truth: What the SDKs read in it.
    """

    name: str
    api: str
    kinds: frozenset[str]
    status: int
    content_type: str
    body: bytes
    truth: dict[str, Any]

    @property
    def is_stream(self) -> bool:
        """Whether the reply was streamed."""
        return "stream" in self.kinds


def folder() -> Path | None:
    """The folder of recordings, or `None` where there is none."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


@functools.cache
def _index() -> list[dict[str, Any]]:
    place = folder()
    return [] if place is None else json.loads((place / "index.json").read_text())


@functools.cache
def _truth() -> dict[str, Any]:
    place = folder()
    return {} if place is None else json.loads((place / "truth.json").read_text())


@functools.cache
def load(name: str) -> Recording:
    """Read one recording."""
    place = folder()
    assert place is not None
    data = json.loads((place / name).read_text())
    response = data["response"]
    headers = {key.lower(): value for key, value in response["headers"].items()}
    return Recording(
        name=name,
        api=data["api"],
        kinds=frozenset(data["kind"]),
        status=response["status"],
        content_type=headers.get("content-type", "application/json"),
        body=response["body"].encode(),
        truth=_truth()[name],
    )


def names(*folders: str, api: str, streamed: bool) -> list[Any]:
    """The names of recordings as test parameters; one skipped parameter where there are none.

    Args:
        folders: The providers' folders.
        api: The end of the endpoint's name.
        streamed: Whether to give the streamed replies or the whole ones.
    """
    if folder() is None:
        reason = f"no recordings here: {VARIABLE} does not name a folder of them"
        return [pytest.param("", marks=pytest.mark.skip(reason=reason))]
    return [
        entry["file"]
        for entry in _index()
        if entry["file"].split("/")[0] in folders
        and entry["api"].endswith(api)
        and entry["stream"] is streamed
    ]
