"""What must be a function of its arguments: folds, views, encoders and the shapes below them."""

from __future__ import annotations

import ast

import pytest

from tests.contracts.source import MODULES, PROVIDERS, Module, places

IMPURE = {
    "base._alarm": "the clock, and tasks",
    "base._call": "the environment and the clock",
    "base._clients": "the environment, event loops and processes",
    "base._connection": "a read of the rest of a body has a time limit",
    "base._deadline": "the clock, and a thread that waits",
    "base._drivers": "tasks",
    "base._lazy": "imports",
    "base._media": "files",
    "base._options": "the environment",
    "base._partial_types": "`uuid`, for its class alone",
    "base._run": "the clock",
    "base._tool_types": "a lock",
    "base._turns": "event loops",
    "base.message_param": "files, where a part is made of one",
}
"""The modules of `base` that touch the outside, each with what it is."""

IMPURE_IN_A_PROVIDER = {"", "_adapter", "_call"}
"""The modules of a provider that may know of clients and clocks."""

OUTSIDE = {
    "asyncio",
    "http",
    "logging",
    "os",
    "random",
    "secrets",
    "select",
    "socket",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib.request",
    "uuid",
}
"""Modules through which the outside comes in: clocks, chance, the environment, the network."""

FUNCTIONS = {"input", "open", "print"}
METHODS = {"now", "read_bytes", "read_text", "today", "utcnow", "write_bytes", "write_text"}
"""What has the same effect without an import."""


def is_pure(module: Module) -> bool:
    """Whether a module has to be pure."""
    if module.part in PROVIDERS:
        return module.name.partition(".")[2] not in IMPURE_IN_A_PROVIDER
    return module.part in ("_shapes", "base") and module.name not in IMPURE


@pytest.mark.parametrize("module", [m for m in MODULES if is_pure(m)], ids=str)
def test_nothing_comes_in_from_outside(module):
    """No clock, no chance, no environment, no network, no files."""
    wrong = [f"line {each.line}: {each.name}" for each in module.imports if each.name in OUTSIDE]
    calls = [
        node
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        if getattr(node.func, "id", "") in FUNCTIONS or getattr(node.func, "attr", "") in METHODS
    ]

    assert ([], []) == (wrong, places(module, calls))


@pytest.mark.parametrize("module", [m for m in MODULES if m.name in IMPURE], ids=str)
def test_every_exception_is_needed(module):
    """What is allowed by name is still there."""
    assert [each for each in module.imports if each.name in {*OUTSIDE, "importlib"}]


@pytest.mark.parametrize("module", [m for m in MODULES if is_pure(m)], ids=str)
def test_no_state_is_shared(module):
    """No function assigns to a variable of its module."""
    wrong = [node for node in ast.walk(module.tree) if isinstance(node, ast.Global)]

    assert [] == places(module, wrong)
