"""Describes the machine that was measured: what matters for the figures, and no more."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path
from typing import Any

from .environments import ENVIRONMENTS, Unavailable, versions

__all__ = ["describe", "label"]


def describe(environments: list[str]) -> dict[str, Any]:
    """Describe the machine, the interpreter and the packages."""
    return {
        "system": platform.system(),
        "architecture": platform.machine(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "packages": {name: _versions(name) for name in environments},
    }


def label() -> str:
    """Name the kind of machine: the results of each kind are a file of their own."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return f"{platform.system()}-{platform.machine()}-{version}".lower()


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor()


def _versions(name: str) -> dict[str, str]:
    try:
        return versions(name)
    except Unavailable as error:
        return dict.fromkeys(ENVIRONMENTS[name].shown, str(error))
