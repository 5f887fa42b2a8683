"""Fixtures of the one suite that every provider has to pass."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from mirascope.core.testing import WireServer
from tests.support.playing import COLOURS
from tests.support.providers import PROVIDERS, Provider


def pytest_generate_tests(metafunc: Any) -> None:
    """Run a test that asks for `provider` once for each, and for `colour` in both."""
    marks = metafunc.definition.iter_markers("parametrize")
    given = any("provider" in mark.args[0] for mark in marks)
    if "provider" in metafunc.fixturenames and not given:
        metafunc.parametrize("provider", PROVIDERS, ids=lambda provider: provider.label)
    if "colour" in metafunc.fixturenames:
        metafunc.parametrize("colour", COLOURS)


@pytest.fixture
def server() -> Iterator[WireServer]:
    """A wire server of this test's own."""
    with WireServer() as server:
        yield server


__all__ = ["Provider"]
