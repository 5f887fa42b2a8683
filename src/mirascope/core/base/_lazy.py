"""Providers load when they are first named; one without its SDK says which extra to install."""

from __future__ import annotations

import importlib
from types import ModuleType

from ..errors import MissingExtra

__all__ = ["load_provider", "missing_extra"]


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
