"""The package's source as the contracts read it: modules, what they import, what they define."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "APIS",
    "CORE",
    "MODULES",
    "PROVIDERS",
    "ROOT",
    "SDKS",
    "Import",
    "Module",
    "names",
    "places",
]

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "src" / "mirascope" / "core"

_PACKAGE = "mirascope.core"

SDKS = {
    "anthropic": ("anthropic",),
    "cohere": ("cohere",),
    "gemini": ("google.ai", "google.api_core", "google.generativeai", "google.protobuf", "proto"),
    "google": ("google.genai",),
    "groq": ("groq",),
    "mistral": ("mistralai",),
    "openai": ("openai",),
}
"""The modules of each provider's SDK, which only that provider may import."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One imported module.

    Attributes:
        name: Its full name; below `mirascope.core` without that prefix (`""` is `core` itself).
        is_own: Whether it belongs to this package.
        is_eager: Whether importing the importing module imports it, rather than a later call.
        line: Where.
    """

    name: str
    is_own: bool
    is_eager: bool
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One module of the package.

    Attributes:
        name: Its name below `mirascope.core`, such as `base.stream`; a package's own file has
            the package's name.
        path: Its file.
    """

    name: str
    path: Path

    def __str__(self) -> str:
        return self.name or "core"

    @property
    def text(self) -> str:
        """Its source."""
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return _parsed(self.path)

    @property
    def part(self) -> str:
        """The folder below `core` that it is in, or its name if it is in none."""
        return self.name.split(".")[0]

    @property
    def is_package(self) -> bool:
        """Whether it is the file of a package."""
        return self.path.name == "__init__.py"

    @property
    def imports(self) -> tuple[Import, ...]:
        """Everything it imports, wherever in the file."""
        return tuple(_imports(self.tree, self, is_eager=True))


@functools.cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _module(path: Path) -> Module:
    relative = path.relative_to(CORE).with_suffix("")
    parts = relative.parts[:-1] if relative.name == "__init__" else relative.parts
    return Module(name=".".join(parts), path=path)


def _imports(node: ast.AST, module: Module, *, is_eager: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(name=alias.name, is_own=False, is_eager=is_eager, line=child.lineno)
        elif isinstance(child, ast.ImportFrom):
            for name, is_own in _sources(child, module):
                yield Import(name=name, is_own=is_own, is_eager=is_eager, line=child.lineno)
        elif isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            yield from _imports(child, module, is_eager=False)
        else:
            later = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            yield from _imports(child, module, is_eager=is_eager and not later)


def _sources(node: ast.ImportFrom, module: Module) -> Iterator[tuple[str, bool]]:
    if node.level == 0:
        # `from google import genai` imports `google.genai`.
        inner = ("google",)
        names = [f"{node.module}.{each.name}" for each in node.names]
        yield from ((name, False) for name in (names if node.module in inner else [node.module]))
        return
    here = module.name.split(".") if module.name else []
    above = node.level - (1 if module.is_package else 0)
    base = [*here[: len(here) - above], *(node.module.split(".") if node.module else [])]
    for each in node.names:
        inner_name = ".".join([*base, each.name])
        yield (inner_name if inner_name in _names() else ".".join(base)), True


@functools.cache
def _paths() -> tuple[Path, ...]:
    return tuple(sorted(CORE.rglob("*.py")))


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(_module(path).name for path in _paths())


MODULES = tuple(_module(path) for path in _paths())
"""Every module of the package."""

PROVIDERS = tuple(name for name in SDKS if (CORE / name / "__init__.py").exists())
"""The providers that are there."""

APIS = tuple(
    module.name.removesuffix("._call")
    for module in MODULES
    if module.part in PROVIDERS and module.name.endswith("._call")
)
"""The packages with a `call` of their own: the providers, and a provider's further endpoints."""


def names(*parts: str) -> list[Module]:
    """The modules of some parts of the package."""
    return [module for module in MODULES if module.part in parts]


def places(module: Module, nodes: list[ast.AST]) -> list[str]:
    """Where in a module some nodes are, for the message of a failing test."""
    return [f"{module.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}" for node in nodes]
