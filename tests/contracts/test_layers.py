"""Who may import whom: each part of the package knows only what is below it."""

from __future__ import annotations

import sys
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.contracts.source import MODULES, PROVIDERS, SDKS, Import, Module, names

GROUND = {
    "errors": "the error tree",
    "base.types": "the values that everything speaks of",
    "costs": "prices, registered by the user; knows the usage values only",
}

VOCABULARY = {
    "base.dynamic_config": "what a prompt function may return",
    "base.message_param": "what a template renders to",
    "base.messages": "what a template renders to",
    "base.tool": "what an assembled call becomes; tools carry what they are offered as",
}
"""Public modules of `base` that its private ones may import: values, without machinery."""

EXCEPTIONS = {
    ("base._decorator", "base.prompt"): "the type of what a prompt function returns",
    ("base._stream_properties", "base.call_response"): "a stream gives the whole response",
    ("base._structured", "base.structured_stream"): "what a streamed response model gives",
    ("base._function_tool", "base.tool"): "a function becomes a subclass of it",
}

PARTS = {"testing": set[str](), "local": {"errors"}}
"""Parts that stand beside the rest, and what they may know of it."""

THIRD_PARTY = ("jiter", "pydantic", "pydantic_core", "typing_extensions")
"""What every part may import."""

ONE_PLACE = {"base._docstring": ("docstring_parser",)}
"""Third-party packages that one module of `base` imports, when it is first called."""

TRANSPORT = {"cohere._adapter": ("httpx",), "gemini._adapter": ("requests",)}
"""Adapters that name the classes of the HTTP library that their SDK is built on."""

RANKS = {"stream": 1, "_adapter": 2, "_call": 3, "": 4}
"""Modules of a package with a `call`, from the bottom; its other modules are all below these."""

ids = {"ids": str}


def layer(name: str) -> int:
    """The layer of a module, from the ground up."""
    part, _, rest = name.partition(".")
    if name in GROUND:
        return 0
    if part == "base":
        return 1 if rest.startswith("_") else 2
    if part == "_shapes":
        return 3
    return 4 if name else 5


def may_import(module: Module, imported: Import) -> bool:
    """Whether the layers allow an import within the package."""
    if module.part == "base" and imported.name in VOCABULARY:
        return True
    if (module.name, imported.name) in EXCEPTIONS:
        return True
    return layer(imported.name) <= layer(module.name)


def is_from(name: str, packages: tuple[str, ...]) -> bool:
    """Whether a module belongs to one of some packages."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def is_foreign(imported: Import) -> bool:
    """Whether an import is neither of this package nor of the standard library."""
    return not imported.is_own and imported.name.split(".")[0] not in sys.stdlib_module_names


@pytest.mark.parametrize("module", names("base", "_shapes", "errors", "costs", ""), **ids)
def test_imports_lead_downwards(module):
    """Nothing knows what is built on it."""
    wrong = [
        f"line {each.line}: {each.name or 'core'}"
        for each in module.imports
        # `core` names the providers for the type checkers only.
        if each.is_own and not (module.name == "" and not each.is_eager)
        if not may_import(module, each)
    ]

    assert [] == wrong


@pytest.mark.parametrize("module", names("base", "_shapes", "errors", "costs", ""), **ids)
def test_the_shared_parts_know_no_sdk(module):
    """What all providers share needs none of their packages."""
    allowed = THIRD_PARTY + ONE_PLACE.get(module.name, ())
    wrong = [
        f"line {each.line}: {each.name}"
        for each in module.imports
        if is_foreign(each) and not is_from(each.name, allowed)
    ]

    assert [] == wrong


@pytest.mark.parametrize("module", [m for m in MODULES if m.name in ONE_PLACE], **ids)
def test_what_few_programs_need_is_imported_late(module):
    """A package that one module of `base` needs is imported when it is first called."""
    packages = ONE_PLACE[module.name]

    assert [] == [each for each in module.imports if each.is_eager and is_from(each.name, packages)]


@pytest.mark.parametrize("module", names(*PROVIDERS), **ids)
def test_a_provider_knows_its_own_sdk_only(module):
    """No provider imports another one, or anything above itself."""
    allowed = THIRD_PARTY + SDKS[module.part] + TRANSPORT.get(module.name, ())
    wrong = [
        f"line {each.line}: {each.name or 'core'}"
        for each in module.imports
        if (is_foreign(each) and not is_from(each.name, allowed))
        or (each.is_own and not is_from(each.name, ("base", "_shapes", "errors", module.part)))
    ]

    assert [] == wrong


@pytest.mark.parametrize("module", names(*PROVIDERS), **ids)
def test_a_provider_is_built_from_the_bottom(module):
    """Views and tools, then the stream, then the adapter, then the call; requests beside them."""
    package, _, name = (f"{module}." if module.is_package else str(module)).rpartition(".")
    rank = RANKS.get(name, 0)
    above = {f"{package}.{name}".rstrip(".") for name, each in RANKS.items() if each > rank}

    assert [] == [each for each in module.imports if each.is_own and each.name in above]


@pytest.mark.parametrize("module", names(*PARTS), **ids)
def test_the_parts_beside_need_nothing(module):
    """The test server and the local model run on the standard library."""
    allowed = (module.part, *PARTS[module.part])
    wrong = [
        f"line {each.line}: {each.name or 'core'}"
        for each in module.imports
        if is_foreign(each) or (each.is_own and not is_from(each.name, allowed))
    ]

    assert [] == wrong


def test_no_module_needs_itself():
    """Imports at import time have an order: no module is seen half made."""
    known = {module.name: module for module in MODULES}
    graph = {
        name: {each.name for each in module.imports if each.is_own and each.is_eager} - {name}
        for name, module in known.items()
        # A package's file gathers the modules that Python has it import first.
        if not module.is_package
    }
    graph = {name: {each for each in needed if each in graph} for name, needed in graph.items()}

    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))

    assert set(graph) == set(order)


def test_every_exception_is_needed():
    """What is allowed by name is still there."""
    pairs = {(module.name, each.name) for module in MODULES for each in module.imports}

    assert set() == set(EXCEPTIONS) - pairs
    assert set() == set(VOCABULARY | GROUND) - {module.name for module in MODULES}
