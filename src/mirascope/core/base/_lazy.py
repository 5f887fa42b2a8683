"""What loads when it is first named: providers, and names that not every program uses.

A provider without its SDK says which extra to install.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from ..errors import MissingExtra

__all__ = ["late_names", "load_provider", "missing_extra"]


def late_names(
    package: str, **modules: Sequence[str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Give a package's `__getattr__` and `__dir__`, for names whose modules load on demand.

    They have to be hidden from type checkers, which take a package with a `__getattr__` to have
    any name at all, misspelt ones too.

    Args:
        package: The package's name.
        modules: The names that are found in each of its modules, itself among them.
    """
    homes = {name: module for module, names in modules.items() for name in names}
    known = vars(sys.modules[package])

    def find(name: str) -> Any:
        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = importlib.import_module(f"{package}.{home}")
        value = known[name] = module if name == home else getattr(module, name)
        return value

    return find, lambda: sorted({*known, *homes})


def missing_extra(error: ModuleNotFoundError, *, sdk: str, extra: str) -> ImportError:
    """Give the error to raise when a provider's module cannot be imported.

    Args:
        error: What the import raised.
        sdk: The name of the SDK's top-level module.
        extra: The extra that installs it.

    Returns:
        A `MissingExtra` if the SDK is what is missing, otherwise `error` itself.
    """
    if error.name is None or error.name.split(".")[0] != sdk.split(".", maxsplit=1)[0]:
        return error
    return MissingExtra(
        f"mirascope.core.{extra} needs a package that is not installed ({error.name}). "
        f'Install it with: pip install "mirascope-core[{extra}]"',
        name=error.name,
    )


def load_provider(package: str, name: str) -> ModuleType:
    """Import a provider's module for an attribute look-up.

    Raises:
        AttributeError: Its SDK is not installed; look-ups such as `hasattr` expect this kind.
    """
    try:
        return importlib.import_module(f"{package}.{name}")
    except ImportError as error:
        raise AttributeError(str(error)) from error
