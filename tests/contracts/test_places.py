"""The places that a provider has to be named in, beside its own folder."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from types import ModuleType

import pytest

from tests.contracts.source import APIS, CORE, PROVIDERS, ROOT, SDKS
from tests.support import providers as support

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]

MODULES_OF_DEPENDENCIES = {
    "docstring-parser": "docstring_parser",
    "jiter": "jiter",
    "pydantic": "pydantic",
    "typing-extensions": "typing_extensions",
}

by_provider = pytest.mark.parametrize("provider", PROVIDERS)
by_api = pytest.mark.parametrize("api", APIS)


def script(name: str) -> ModuleType:
    """One of the scripts, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@by_provider
def test_core_names_it(provider):
    """It is loaded when it is named, and known to the type checkers."""
    text = (CORE / "__init__.py").read_text(encoding="utf-8")
    core = importlib.import_module("mirascope.core")

    assert provider in core._PROVIDERS
    assert f"    from . import {provider} as {provider}\n" in text


@by_provider
def test_an_extra_installs_it(provider):
    """The extra has the provider's name, and `all` has it too."""
    (everything,) = EXTRAS["all"]

    assert EXTRAS[provider]
    assert provider in re.findall(r"\w+", everything.partition("[")[2])


@by_api
def test_its_files_are_the_usual_ones(api):
    """Whoever knows one provider finds their way in another."""
    usual = {
        "__init__.py",
        "_adapter.py",
        "_call.py",
        "_encode.py",
        "call_params.py",
        "call_response.py",
        "call_response_chunk.py",
        "dynamic_config.py",
        "stream.py",
        "tool.py",
    }

    assert set() == usual - {path.name for path in CORE.joinpath(*api.split(".")).iterdir()}


@by_api
def test_the_suites_know_it(api):
    """The conformance tests are run for it."""
    assert api in {each.name for each in support.PROVIDERS}


@by_provider
def test_a_page_tells_about_it(provider):
    """Users find what is special about it, and how to install it."""
    page = (ROOT / "docs" / "providers" / f"{provider}.md").read_text(encoding="utf-8")

    assert f"mirascope-core[{provider}]" in page


def test_the_readmes_table_is_what_the_adapters_say():
    """`scripts/provider_table.py` writes exactly the table that is there."""
    table = script("provider_table")

    assert table.updated(table.README.read_text(encoding="utf-8")) == table.README.read_text(
        encoding="utf-8"
    )


def test_the_generated_signatures_are_fresh():
    """`scripts/call_signature.py` writes exactly the files that are there."""
    generator = script("call_signature")
    written = {each.name: generator.source(each) for each in generator.PROVIDERS}
    there = {
        api: CORE.joinpath(*api.split("."), "_call.py").read_text(encoding="utf-8") for api in APIS
    }

    assert set(written) == set(there)
    assert [] == [name for name in written if written[name] != there[name]]


def test_no_other_provider_is_promised():
    """What is listed is there."""
    core = importlib.import_module("mirascope.core")

    assert set(PROVIDERS) == set(core._PROVIDERS)
    assert set(PROVIDERS) | {"all", "local"} == set(EXTRAS)
    assert set(APIS) == {each.name for each in support.PROVIDERS}
    assert set(SDKS) >= set(PROVIDERS)


def test_what_is_imported_is_installed():
    """The package depends on what its shared parts import, and on nothing else."""
    from tests.contracts.source import MODULES

    imported = {
        each.name.split(".")[0]
        for module in MODULES
        if module.part in ("", "base", "_shapes", "costs", "errors")
        for each in module.imports
        if not each.is_own
    }
    named = [re.match(r"[\w-]+", each)[0] for each in PROJECT["project"]["dependencies"]]
    declared = {MODULES_OF_DEPENDENCIES[name] for name in named}
    # Comes with pydantic, which pins it.
    declared.add("pydantic_core")

    assert declared == imported - set(sys.stdlib_module_names)
