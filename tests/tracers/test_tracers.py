"""Packages that watch an SDK see every event: a stream they watch is read through the SDK.

They are not installed with the rest: `just tracers` makes an environment for them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.contracts.source import ROOT

OPENLLMETRY = "opentelemetry.instrumentation"
OPENINFERENCE = "openinference.instrumentation"

TRACERS = [
    ("langfuse", "openai", "langfuse"),
    ("logfire", "anthropic", "logfire"),
    ("logfire", "openai", "logfire"),
    (OPENINFERENCE, "anthropic", f"{OPENINFERENCE}.anthropic"),
    (OPENINFERENCE, "mistral", f"{OPENINFERENCE}.mistralai"),
    (OPENINFERENCE, "openai", f"{OPENINFERENCE}.openai"),
    (OPENLLMETRY, "anthropic", f"{OPENLLMETRY}.anthropic"),
    (OPENLLMETRY, "groq", f"{OPENLLMETRY}.groq"),
    (OPENLLMETRY, "openai", f"{OPENLLMETRY}.openai"),
    ("sentry", "anthropic", "sentry_sdk"),
    ("sentry", "openai", "sentry_sdk"),
]
"""Each with the provider whose SDK it watches, and the module it is known by."""


def is_installed(module: str) -> bool:
    """Whether a module can be imported."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize(("tracer", "provider", "module"), TRACERS)
def test_a_tracer_sees_the_answer(tracer: str, provider: str, module: str) -> None:
    """What was streamed is told to whoever watches, and the caller has it as ever."""
    if not is_installed(module):
        pytest.skip("tracing packages are installed by `just tracers`")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.tracers.program", tracer, provider],
        cwd=ROOT,
        env={**os.environ, "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "true"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    said = [line for line in done.stdout.splitlines() if line.startswith("{")]

    assert said, done.stderr
    assert {"content": "Hello world", "path": "sdk", "is_told": True} == json.loads(said[-1])
