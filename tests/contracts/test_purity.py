"""What must be a function of its arguments: folds, views, encoders and the shapes below them."""

from __future__ import annotations

import ast

import pytest

from tests.contracts.source import MODULES, PROVIDERS, Module, places

PURE = {
    "base._assemble",
    "base._delta",
    "base._events",
    "base._fold",
    "base._json",
    "base._json_data",
    "base._json_tokens",
    "base._narrow",
    "base._partial",
    "base._partial_plan",
    "base._partial_tools",
    "base._partial_twin",
    "base._parts",
    "base._response_schema",
    "base._response_type",
    "base._template",
    "base._template_field",
    "base._template_scan",
    "base._tool_build",
    "base._tool_schema",
    "base._typed",
    "base.call_params",
    "base.call_response",
    "base.call_response_chunk",
}

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
    return module.part == "_shapes" or module.name in PURE


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


@pytest.mark.parametrize("module", [m for m in MODULES if is_pure(m)], ids=str)
def test_no_state_is_shared(module):
    """No function assigns to a variable of its module."""
    wrong = [node for node in ast.walk(module.tree) if isinstance(node, ast.Global)]

    assert [] == places(module, wrong)
