"""What an import brings along: a provider brings its own SDK, everything else none."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.contracts.source import APIS, PROVIDERS, ROOT, SDKS

LIGHT = {
    "annotated_types",
    "jiter",
    "mirascope",
    "pydantic",
    "pydantic_core",
    "typing_extensions",
    "typing_inspection",
}
"""All that `import mirascope.core` may bring along from outside the standard library."""

HEAVY = ("docstring_parser", "httpx", "httpx2", "requests", "numpy")
"""What programs that stream text do not need before they ask for it."""

SHARED = {"gemini": {"google"}, "google": {"gemini"}}
"""Providers whose SDKs import parts of each other's."""

BUDGET = {"core": 1, "base": 17, "provider": 49}
"""How many modules of this package `import mirascope.core`, its `base` and any provider load."""

STANDARD = 60
"""How many modules of the standard library `base` may load beyond those that a pydantic model
needs; about half of them are those of `asyncio`."""

LATE = (
    *("_structured", "_growth", "_partial", "_json", "_tool_types", "_base_prompt", "toolkit"),
    *("_failure", "_tool_schema"),
)
"""Modules of `base` that a program which streams text does without."""

CALLING = (
    *("base._template", "base._assemble", "base._delta", "base._repeated_text"),
    *("base._returned", "base.message_param", "base.messages", "_shapes.message_parts"),
    *("_encode", "_encode_v1", "_messages", "_fold", "_fold_v1", "_fold_v2"),
    *("call_params", "dynamic_config", "tool"),
)
"""Modules that the first template, call or stream loads: of the package, and of a provider."""

MODEL = "import pydantic, pydantic.json_schema\nclass Model(pydantic.BaseModel):\n    name: str"
"""A program that pydantic is enough for."""

BLOCK = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if any(name == sdk or name.startswith(sdk + ".") for sdk in {blocked!r}):
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Blocked())
"""


def python(code: str) -> str:
    """What a fresh interpreter prints that runs some code."""
    done = subprocess.run(
        [sys.executable, "-W", "error::ImportWarning", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def loaded(code: str) -> set[str]:
    """The modules that are loaded after some code has run in a fresh interpreter."""
    return set(json.loads(python(f"{code}\nimport json, sys; print(json.dumps([*sys.modules]))")))


def is_loaded(sdk: str, modules: set[str]) -> bool:
    """Whether a module is among those loaded."""
    return sdk in modules or any(name.startswith(f"{sdk}.") for name in modules)


def own_sdk(provider: str) -> str:
    """The module of a provider's SDK that its users know."""
    return {"gemini": "google.generativeai"}.get(provider, SDKS[provider][0])


def own(modules: set[str]) -> list[str]:
    """The modules of this package among some."""
    return sorted(name for name in modules if name.startswith("mirascope.core"))


@pytest.fixture(scope="module")
def everything() -> set[str]:
    """The modules that all names of `mirascope.core` load."""
    return loaded("from mirascope.core import *")


def test_core_imports_no_sdk(everything):
    """A program pays for the providers it names."""
    sdks = [sdk for provider in SDKS for sdk in SDKS[provider]]

    assert [] == [sdk for sdk in (*sdks, *HEAVY) if is_loaded(sdk, everything)]


def test_core_imports_little_else(everything):
    """The package itself needs pydantic, and what pydantic needs."""
    foreign = {n.split(".")[0] for n in everything - loaded("")} - set(sys.stdlib_module_names)

    # The interpreter and compiled modules have private modules of their own.
    assert set() == {name for name in foreign - LIGHT if not name.startswith("_")}


def test_core_loads_nothing_before_it_is_asked():
    """A name's module loads when the name is first used."""
    core = own(loaded("import mirascope.core"))

    assert len(core) <= BUDGET["core"], core


def test_the_import_is_small():
    """The number of modules, which is most of an import's cost, stays what it is."""
    base = loaded("import mirascope.core.base")
    standard = {name for name in base if name.split(".")[0] in sys.stdlib_module_names}
    beyond = standard - loaded(MODEL)

    assert len(own(base)) <= BUDGET["base"], own(base)
    assert len(beyond) <= STANDARD, sorted(beyond)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_provider_brings_its_own_sdk_only(provider):
    """`from mirascope.core import …` loads the named provider and no other."""
    modules = loaded(f"from mirascope.core import {provider}")

    assert [] == [each for each in LATE if f"mirascope.core.base.{each}" in modules]
    for owner in ("", f"{provider}."):
        assert [] == [each for each in CALLING if f"mirascope.core.{owner}{each}" in modules]
    assert len(own(modules)) <= BUDGET["provider"], own(modules)
    others = [each for each in SDKS if each not in {provider, *SHARED.get(provider, ())}]

    assert is_loaded(own_sdk(provider), modules)
    assert [] == [each for each in others if is_loaded(own_sdk(each), modules)]
    assert {provider} == {each for each in PROVIDERS if f"mirascope.core.{each}" in modules}


@pytest.mark.parametrize("api", [api for api in APIS if "." in api])
def test_a_further_endpoint_loads_when_it_is_named(api):
    """A provider's users pay for the endpoint that most of them use."""
    provider, _, name = api.partition(".")
    module = f"mirascope.core.{api}"

    assert module not in loaded(f"from mirascope.core import {provider}")
    for attribute in (name, f"{name}_call"):
        assert module in loaded(f"from mirascope.core import {provider}; {provider}.{attribute}")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_missing_sdk_is_named_and_hides_its_provider_only(provider):
    """The error says what to install, look-ups say "not there", and the others go on working."""
    statements = (
        f"from mirascope.core import {provider}",
        f"import mirascope.core.{provider}",
        f"core.{provider}",
    )
    other = "anthropic" if provider == "groq" else "groq"
    code = f"""
import mirascope.core as core
from mirascope.core.errors import MissingExtra

for statement in {statements!r}:
    try:
        exec(statement)
    except (MissingExtra, AttributeError) as error:
        print(type(error).__name__, "mirascope-core[{provider}]" in str(error))
print(hasattr(core, {provider!r}), {provider!r} in dir(core))
from mirascope.core import {other}
print({other}.call.__name__)
"""

    assert [
        "MissingExtra True",
        "MissingExtra True",
        "AttributeError True",
        "False True",
        "call",
    ] == python(BLOCK.format(blocked=SDKS[provider]) + code).splitlines()


def test_a_broken_sdk_is_not_called_missing():
    """An SDK that is there but lacks a package of its own raises its own error."""
    code = BLOCK.format(blocked=("httpx", "httpx2"))
    code += """
try:
    import mirascope.core.openai
except ImportError as error:
    print(type(error).__name__, error.name in ("httpx", "httpx2"))
"""

    assert "ModuleNotFoundError True\n" == python(code)


def test_an_unknown_name_is_an_attribute_error():
    """A misspelt provider is not an import error from the depths."""
    import mirascope.core

    with pytest.raises(AttributeError, match="opnai"):
        mirascope.core.opnai  # noqa: B018  # the look-up is what is tested
