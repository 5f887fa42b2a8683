"""Fixtures of the one suite that every provider has to pass."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from mirascope.core.testing import WireServer
from tests.support.playing import COLOURS
from tests.support.providers import OVER_AIOHTTP, PROVIDERS, Provider

_EVERY_TRANSPORT = {
    "test_lifecycle",
    "test_old_defects_streams",
    "test_read_limits",
    "test_timeouts",
}
"""The files whose tests are about connections, which every transport keeps in its own way."""


def pytest_generate_tests(metafunc: Any) -> None:
    """Run a test that asks for `provider` once for each, and for `colour` in both."""
    marks = metafunc.definition.iter_markers("parametrize")
    given = any("provider" in mark.args[0] for mark in marks)
    names = {"provider", "colour"} & {*metafunc.fixturenames}
    if given or "provider" not in names:
        if "colour" in names:
            metafunc.parametrize("colour", COLOURS)
        return
    is_about_connections = metafunc.module.__name__.rpartition(".")[2] in _EVERY_TRANSPORT
    others = OVER_AIOHTTP if is_about_connections else ()
    if "colour" not in names:
        metafunc.parametrize("provider", (*PROVIDERS, *others), ids=lambda each: each.label)
        return
    runs = [(each, colour) for each in PROVIDERS for colour in COLOURS]
    runs += [(each, "async") for each in others]
    ids = [f"{each.label}-{colour}" for each, colour in runs]
    metafunc.parametrize(("provider", "colour"), runs, ids=ids)


@pytest.fixture
def server() -> Iterator[WireServer]:
    """A wire server of this test's own."""
    with WireServer() as server:
        yield server


@pytest.fixture(autouse=True)
def _imported(request: pytest.FixtureRequest) -> None:
    """Have the provider's SDK imported before a test begins to look at the clock."""
    if "provider" in request.fixturenames:
        _ = request.getfixturevalue("provider").adapter


__all__ = ["Provider"]
