"""Which SDKs here are older than those that the tests were last made for."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

DISTRIBUTIONS = {
    "anthropic": "anthropic",
    "cohere": "cohere",
    "gemini": "google-generativeai",
    "google": "google-genai",
    "groq": "groq",
    "mistral": "mistralai",
    "openai": "openai",
}

_LOCK = Path(__file__).resolve().parents[2] / "constraints.txt"


def older_sdks() -> dict[str, str]:
    """The SDKs that are installed and older than the lock file's, with both versions.

    The lowest versions that are allowed are tested too; what pages show and what options there are
    is that of the newest.
    """
    found: dict[str, str] = {}
    for provider, distribution in DISTRIBUTIONS.items():
        try:
            here = version(distribution)
        except PackageNotFoundError:
            continue
        locked = _locked()[distribution]
        if Version(here) < Version(locked):
            found[provider] = f"{distribution} {here} is older than {locked}"
    return found


def _locked() -> dict[str, str]:
    lines = (line.strip() for line in _LOCK.read_text(encoding="utf-8").splitlines())
    wanted = (Requirement(line) for line in lines if line and not line.startswith(("#", "-")))
    return {each.name: next(iter(each.specifier)).version for each in wanted}
