"""What the package never does: run text as code, or read data that can be code."""

from __future__ import annotations

import ast

import pytest

from tests.contracts.source import MODULES, places

FUNCTIONS = {"eval", "exec", "compile", "__import__"}

METHODS = {
    ("marshal", "loads"),
    ("os", "popen"),
    ("os", "system"),
    ("pickle", "load"),
    ("pickle", "loads"),
    ("shelve", "open"),
    ("ssl", "_create_unverified_context"),
    ("tempfile", "mktemp"),
    ("yaml", "load"),
}

ESCAPES = {"__globals__", "__subclasses__", "__builtins__", "__code__", "gi_frame", "f_globals"}
"""Attributes by which a template could get from a value to the interpreter."""

INSPECTION = {
    "base._guard": "tells an SDK's own functions from patched ones",
    "base._signature": "reads which names a prompt function's body uses",
}


def is_dangerous(node: ast.AST) -> bool:
    """Whether a node is a call that could run what it is given."""
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    if isinstance(function, ast.Name):
        return function.id in FUNCTIONS
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return (function.value.id, function.attr) in METHODS
    return False


def has_a_shell(node: ast.AST) -> bool:
    """Whether a node is a call that has a shell read its text."""
    if not isinstance(node, ast.Call) or not ast.unparse(node.func).startswith("subprocess."):
        return False
    return any(each.arg == "shell" for each in node.keywords)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_text_is_run(module):
    """Nothing that was received or given as a value becomes code or a shell's command."""
    wrong = [node for node in ast.walk(module.tree) if is_dangerous(node) or has_a_shell(node)]

    assert [] == places(module, wrong)


@pytest.mark.parametrize("module", [m for m in MODULES if m.name not in INSPECTION], ids=str)
def test_no_attribute_leads_into_the_interpreter(module):
    """The package itself has no use for the ways out of a value."""
    wrong = [
        node
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in ESCAPES
    ]

    assert [] == places(module, wrong)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_nothing_is_left_open(module):
    """No note asks a reader to finish the work."""
    words = ("TO" + "DO", "FIX" + "ME", "X" + "XX")

    assert [] == [word for word in words if word in module.text]
