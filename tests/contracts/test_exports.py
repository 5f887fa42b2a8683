"""What users import: it is listed, it is there, and it says what it is."""

from __future__ import annotations

import ast
import importlib
import inspect

import pytest

from tests.contracts.source import APIS, MODULES, PROVIDERS, Module

PACKAGES = [m for m in MODULES if m.is_package and m.name not in ("_shapes", "testing._wire")]

PREFIXES = {
    "anthropic": "Anthropic",
    "cohere": "Cohere",
    "gemini": "Gemini",
    "google": "Google",
    "groq": "Groq",
    "mistral": "Mistral",
    "openai": "OpenAI",
    "openai.responses": "OpenAIResponses",
}

PROVIDER_NAMES = (
    "Async{}DynamicConfig",
    "Async{}Stream",
    "{}CallParams",
    "{}CallResponse",
    "{}CallResponseChunk",
    "{}DynamicConfig",
    "{}MessageParam",
    "{}Stream",
    "{}Tool",
)

PROVIDER_MODULES = (
    "call_params",
    "call_response",
    "call_response_chunk",
    "dynamic_config",
    "stream",
    "tool",
)

CORE_NAMES = (
    "AudioPart",
    "AudioURLPart",
    "BaseAsyncStream",
    "BaseAsyncStructuredStream",
    "BaseCallResponse",
    "BaseCallResponseChunk",
    "BaseDynamicConfig",
    "BaseMessageParam",
    "BasePrompt",
    "BaseStream",
    "BaseStructuredStream",
    "BaseTool",
    "BaseToolKit",
    "CacheControlPart",
    "CostMetadata",
    "DocumentPart",
    "DocumentURLPart",
    "FromCallArgs",
    "ImagePart",
    "ImageURLPart",
    "Messages",
    "Metadata",
    "ResponseModelConfigDict",
    "TextPart",
    "Timeout",
    "ToolCallPart",
    "ToolResultPart",
    "base",
    "calculate_cost",
    "costs",
    "errors",
    "metadata",
    "prompt_template",
    "toolkit_tool",
)

BASE_NAMES = (
    "BaseCallParams",
    "BaseCallResponseChunk",
    "BaseDynamicConfig",
    "BaseStructuredStream",
    "CommonCallParams",
    "GenerateJsonSchemaNoTitles",
    "Metadata",
    "ToolConfig",
    "Usage",
)


def loaded(module: Module) -> object:
    """The module itself."""
    return importlib.import_module(f"mirascope.core.{module.name}".rstrip("."))


def listed(module: Module) -> list[str] | None:
    """The names in a module's `__all__`, as they stand in its source."""
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return list(ast.literal_eval(node.value))
    return None


def is_public(module: Module) -> bool:
    """Whether users may import from a module."""
    return not any(part.startswith("_") for part in module.name.split("."))


def is_documented(module: Module, name: str) -> bool:
    """Whether a public name says what it is: in its docstring, or in one below its assignment."""
    value = getattr(loaded(module), name)
    if inspect.isclass(value) or inspect.isroutine(value) or inspect.ismodule(value):
        return bool(inspect.getdoc(value))
    return any(_has_docstring_below(each.tree, name) for each in MODULES)


def _has_docstring_below(tree: ast.Module, name: str) -> bool:
    for node, following in zip(tree.body, tree.body[1:], strict=False):
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id == name:
            return isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
    return False


def defined(module: Module) -> set[str]:
    """The public classes and functions that a module's own source defines."""
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    found = {node.name for node in module.tree.body if isinstance(node, kinds)}
    return {name for name in found if not name.startswith("_")}


@pytest.mark.parametrize("module", [m for m in MODULES if is_public(m)], ids=str)
def test_public_names_are_listed(module):
    """What a public module defines without an underscore is in its `__all__`."""
    assert set() == defined(module) - set(listed(module) or ())


@pytest.mark.parametrize("module", [m for m in MODULES if listed(m) is not None], ids=str)
def test_listed_names_are_there(module):
    """Nothing is promised that cannot be imported; the linter keeps the list in order."""
    assert [] == [name for name in listed(module) or () if not hasattr(loaded(module), name)]


@pytest.mark.parametrize("module", PACKAGES, ids=str)
def test_public_names_say_what_they_are(module):
    """Every name that users import is documented where it is defined."""
    mine = [name for name in listed(module) or () if not name.endswith("MessageParam")]

    assert [] == [name for name in mine if not is_documented(module, name)]


@pytest.mark.parametrize("api", APIS)
def test_every_provider_has_the_same_names(api):
    """What one provider's users import, another's can."""
    module = importlib.import_module(f"mirascope.core.{api}")
    wanted = {each.format(PREFIXES[api]) for each in PROVIDER_NAMES}
    own_call = f"{api.rpartition('.')[2]}_call"

    assert set() == {*wanted, "call", own_call} - set(module.__all__)
    assert module.call is getattr(module, own_call)


@pytest.mark.parametrize("name", PROVIDER_MODULES)
@pytest.mark.parametrize("api", APIS)
def test_every_provider_has_the_same_modules(api, name):
    """A class can be imported from where it is defined, too."""
    module = importlib.import_module(f"mirascope.core.{api}.{name}")
    exported = importlib.import_module(f"mirascope.core.{api}")
    shared = {each for each in module.__all__ if each in exported.__all__}

    assert shared
    assert {each: getattr(module, each) for each in shared} == {
        each: getattr(exported, each) for each in shared
    }


@pytest.mark.parametrize(
    ("module", "names"),
    [("mirascope.core", CORE_NAMES), ("mirascope.core.base", BASE_NAMES)],
)
def test_names_that_programs_use_stay(module, names):
    """These names are imported by programs that exist."""
    assert set() == set(names) - set(importlib.import_module(module).__all__)


def test_star_import_needs_no_sdk():
    """Providers are attributes, but not part of `import *`."""
    import mirascope.core

    assert set() == set(mirascope.core.__all__) & set(PROVIDERS)
    assert set() == set(PROVIDERS) - set(dir(mirascope.core))
