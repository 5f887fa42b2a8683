"""What docstrings have to say beyond what the linter asks: attributes, and errors of our own."""

from __future__ import annotations

import ast

import pytest

from tests.contracts.source import MODULES, Module


def classes(module: Module) -> list[ast.ClassDef]:
    """The public classes of a module."""
    nodes = [node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
    return [node for node in nodes if not node.name.startswith("_")]


def is_record(node: ast.ClassDef) -> bool:
    """Whether a class is a dataclass or a record: its fields are what it is."""
    return any("dataclass" in ast.unparse(each) for each in node.decorator_list) or any(
        ast.unparse(base) == "Record" for base in node.bases
    )


def undocumented(node: ast.ClassDef) -> list[str]:
    """The public fields that neither the class's docstring nor one below them explains."""
    text = ast.get_docstring(node) or ""
    names: list[str] = []
    for child, following in zip(node.body, [*node.body[1:], None], strict=True):
        if not isinstance(child, ast.AnnAssign) or not isinstance(child.target, ast.Name):
            continue
        name = child.target.id
        has_own = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
        if not name.startswith("_") and not has_own and f"{name}:" not in text:
            names.append(f"{node.name}.{name}")
    return names


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_every_field_is_explained(module):
    """A record's fields say what they mean, and in which unit."""
    wrong = [each for node in classes(module) if is_record(node) for each in undocumented(node)]

    assert [] == wrong


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_file_begins_with_what_it_is(module):
    """The first line of a file is one sentence."""
    first, *_ = (ast.get_docstring(module.tree) or "").partition("\n\n")

    assert first.endswith((".", "::")), first
