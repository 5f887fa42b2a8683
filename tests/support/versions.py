"""Which SDKs here are older than those that the tests were last made for."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

from mirascope import core

_ROOT = Path(__file__).resolve().parents[2]


def older_sdks() -> dict[str, str]:
    """The SDKs that are installed and older than the lock file's, with both versions.

    The lowest versions that are allowed are tested too; what pages show and what options there are
    is that of the newest.
    """
    found: dict[str, str] = {}
    for provider, distribution in _distributions().items():
        try:
            here = version(distribution)
        except PackageNotFoundError:
            continue
        locked = _locked()[distribution]
        if Version(here) < Version(locked):
            found[provider] = f"{distribution} {here} is older than {locked}"
    return found


def _distributions() -> dict[str, str]:
    """What the extra of each provider installs."""
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    return {each: Requirement(extras[each][0]).name for each in core._PROVIDERS}


def _locked() -> dict[str, str]:
    text = (_ROOT / "constraints.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    wanted = (Requirement(line) for line in lines if line and not line.startswith(("#", "-")))
    return {each.name: next(iter(each.specifier)).version for each in wanted}
