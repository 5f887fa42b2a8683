"""Fixtures of the one suite that every provider has to pass."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

from mirascope.core.testing import WireServer
from tests.support.playing import COLOURS
from tests.support.providers import OVER_AIOHTTP, PROVIDERS, Provider

_EVERY_TRANSPORT = {"test_lifecycle", "test_timeouts", "test_known_defects_streams"}
"""The files whose tests are about connections, which every transport keeps in its own way."""


def pytest_generate_tests(metafunc: Any) -> None:
    """Run a test that asks for `provider` once for each, and for `colour` in both."""
    marks = metafunc.definition.iter_markers("parametrize")
    given = any("provider" in mark.args[0] for mark in marks)
    if "provider" in metafunc.fixturenames and not given:
        is_about_connections = metafunc.module.__name__.rpartition(".")[2] in _EVERY_TRANSPORT
        if "colour" in metafunc.fixturenames and is_about_connections:
            metafunc.parametrize(("provider", "colour"), _on_every_transport())
            return
        metafunc.parametrize("provider", PROVIDERS, ids=lambda provider: provider.label)
    if "colour" in metafunc.fixturenames:
        metafunc.parametrize("colour", COLOURS)


def _on_every_transport() -> list[Any]:
    missing = find_spec("httpx_aiohttp") is None
    marks = pytest.mark.skipif(missing, reason="httpx-aiohttp is not installed")
    return [
        *(
            pytest.param(provider, colour, id=f"{provider.label}-{colour}")
            for provider in PROVIDERS
            for colour in COLOURS
        ),
        *(
            pytest.param(provider, "async", id=f"{provider.label}-async", marks=marks)
            for provider in OVER_AIOHTTP
        ),
    ]


@pytest.fixture
def server() -> Iterator[WireServer]:
    """A wire server of this test's own."""
    with WireServer() as server:
        yield server


__all__ = ["Provider"]
