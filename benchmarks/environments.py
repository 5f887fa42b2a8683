"""The environments that the contenders run in: one each, made on demand in a cache folder."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

__all__ = ["CACHE", "ENVIRONMENTS", "Environment", "Unavailable", "interpreter", "versions"]

ROOT = Path(__file__).resolve().parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "mirascope-core-benchmarks"


class Unavailable(Exception):
    """An environment could not be made; the text says why."""


class Environment(NamedTuple):
    """What an environment holds.

    Attributes:
        install: Arguments of the installer.
        shown: The distributions whose versions stand in the report.
    """

    install: tuple[str, ...]
    shown: tuple[str, ...]


_SDKS = (
    "openai",
    "anthropic",
    "groq",
    "mistralai",
    "cohere",
    "google-genai",
    "google-generativeai",
)

ENVIRONMENTS = {
    "core": Environment(
        ("-c", f"{ROOT}/constraints.txt", "-e", f"{ROOT}[all]", "openai[aiohttp]"),
        (*_SDKS, "pydantic", "jiter", "httpx", "httpx2", "aiohttp", "grpcio"),
    ),
    "mirascope-1": Environment(
        ("mirascope[openai,anthropic]==1.25.7",), ("mirascope", "openai", "anthropic")
    ),
    "mirascope-2": Environment(
        ("mirascope[openai,anthropic]==2.8.2",), ("mirascope", "openai", "anthropic")
    ),
    "pydantic-ai": Environment(
        ("pydantic-ai-slim[openai,anthropic]==2.68.0",), ("pydantic-ai-slim", "openai", "anthropic")
    ),
    "litellm": Environment(("litellm==1.110.2", "anthropic"), ("litellm", "openai", "anthropic")),
    "langchain": Environment(
        ("langchain-openai==1.7.4", "langchain-anthropic==1.7.10"),
        ("langchain-core", "langchain-openai", "langchain-anthropic", "openai", "anthropic"),
    ),
    "magentic": Environment(
        ("magentic[anthropic]==0.41.1", "anthropic<1"), ("magentic", "openai", "anthropic")
    ),
    "instructor": Environment(
        ("instructor[anthropic]==1.17.0",), ("instructor", "openai", "anthropic")
    ),
    "any-llm": Environment(
        ("any-llm-sdk[openai,anthropic]==1.40.2",), ("any-llm-sdk", "openai", "anthropic")
    ),
    "aisuite": Environment(
        ("aisuite[openai,anthropic]==0.2.0",), ("aisuite", "openai", "anthropic")
    ),
    "llm": Environment(("llm==0.36",), ("llm", "openai")),
}


def interpreter(name: str) -> Path:
    """Give the interpreter of an environment; make the environment if it is not there.

    Raises:
        Unavailable: It could not be made.
    """
    wanted = ENVIRONMENTS[name]
    told = (sys.version_info[:2], wanted.install, (ROOT / "constraints.txt").read_text())
    folder = CACHE / f"{name}-{hashlib.sha256(repr(told).encode()).hexdigest()[:12]}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = folder / "ready"
    if ready.exists():
        return python
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    print(f"making the environment {name}", file=sys.stderr, flush=True)
    uv = _uv()
    if uv:
        make = [*uv, "venv", "-q", "--python", sys.executable, str(folder)]
        install = [*uv, "pip", "install", "-q", "--python", str(python), *wanted.install]
    else:
        make = [sys.executable, "-m", "venv", str(folder)]
        install = [str(python), "-m", "pip", "install", "-q", *wanted.install]
    for command in (make, install):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            said = done.stderr.strip().splitlines()
            raise Unavailable(f"{name}: {said[-1] if said else 'the installer failed'}")
    ready.touch()
    return python


def versions(name: str) -> dict[str, str]:
    """Give the versions of what an environment holds, as far as they stand in the report."""
    script = (
        "import importlib.metadata as m, json, sys\n"
        "have = {d.name.lower().replace('_', '-'): d.version for d in m.distributions()}\n"
        "print(json.dumps({n: have[n] for n in sys.argv[1:] if n in have}))"
    )
    command = [str(interpreter(name)), "-c", script, *ENVIRONMENTS[name].shown]
    found: dict[str, str] = json.loads(subprocess.check_output(command, text=True))
    return found


def _uv() -> list[str]:
    """The command line that starts uv; empty where there is none."""
    if shutil.which("uv"):
        return ["uv"]
    asked = subprocess.run(
        [sys.executable, "-m", "uv", "--version"], capture_output=True, check=False
    )
    return [] if asked.returncode else [sys.executable, "-m", "uv"]
