"""How large things may become before they have to be divided."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.contracts.source import MODULES, ROOT, Module

FILE = 300
FUNCTION = 50
TYPE_PARAMETERS = 4
OVERLOADS = 12
SILENCED = 10

GENERATED = "_call"
"""The modules that `scripts/call_signature.py` writes: one overload for each kind of call."""

SCRIPTS = sorted((ROOT / "scripts").rglob("*.py"))

SILENCE = re.compile(r"#\s*(type|pyright|ty|pyrefly):\s*ignore(?P<codes>\[[\w, -]+\])?")


def is_generated(module: Module) -> bool:
    """Whether a script writes a module."""
    return module.part != "base" and module.name.endswith(f".{GENERATED}")


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions and methods in a tree."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function has, from `def` to its end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def silenced_lines(module: Module) -> list[str]:
    """The lines on which a type checker is told to be silent."""
    return [line.strip() for line in module.text.splitlines() if SILENCE.search(line)]


@pytest.mark.parametrize("path", [m.path for m in MODULES] + SCRIPTS, ids=lambda path: path.stem)
def test_a_file_can_be_read_in_one_sitting(path: Path):
    """A file that grows beyond this has two subjects."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE


@pytest.mark.parametrize("module", [m for m in MODULES if not is_generated(m)], ids=str)
def test_a_function_fits_on_a_screen(module):
    """Signature, documentation and body are seen at once."""
    assert {} == {
        node.name: length(node) for node in functions(module.tree) if length(node) > FUNCTION
    }


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_class_has_few_type_parameters(module):
    """A type parameter is there for a caller's inference."""
    wrong = {
        node.name: len(parameters.elts)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        if isinstance(base, ast.Subscript) and ast.unparse(base.value) in ("Generic", "Protocol")
        if isinstance(parameters := base.slice, ast.Tuple)
        if len(parameters.elts) > TYPE_PARAMETERS
    }

    assert {} == wrong


def test_overloads_are_few():
    """Overloads written by hand are counted; the generated ones have their own reason."""
    found = [
        f"{module}.{node.name}"
        for module in MODULES
        if not is_generated(module)
        for node in functions(module.tree)
        if any(ast.unparse(each) in ("overload", "typing.overload") for each in node.decorator_list)
    ]

    assert len(found) <= OVERLOADS, found


def test_the_checkers_are_rarely_silenced():
    """A type that has to be forced is the exception."""
    found = [line for m in MODULES if not is_generated(m) for line in silenced_lines(m)]

    assert len(found) <= SILENCED, found


@pytest.mark.parametrize("module", [m for m in MODULES if silenced_lines(m)], ids=str)
def test_what_is_silenced_is_named_and_explained(module):
    """A checker is silenced about one rule, for a reason that stands on the line."""
    unnamed = [
        line
        for line in silenced_lines(module)
        if not all(each["codes"] for each in SILENCE.finditer(line))
    ]
    # The generated files give the reason once, in the script that writes them.
    unexplained = [
        line
        for line in silenced_lines(module)
        if not is_generated(module)
        if not re.search(r"ignore\[[^]]+\]\s*#\s*(?!\w+:\s*ignore)\S+", line)
    ]

    assert ([], []) == (unnamed, unexplained)
