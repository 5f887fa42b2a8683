"""The linter and the formatter, over everything that is written in Python here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.source import ROOT


def ruff() -> str | None:
    """The linter's executable, from the running environment first."""
    here = str(Path(sys.executable).parent)
    return shutil.which("ruff", path=here) or shutil.which("ruff")


@pytest.mark.parametrize(
    "arguments",
    [("check", "--output-format=concise"), ("format", "--check")],
    ids=["check", "format"],
)
def test_it_has_nothing_to_say(arguments):
    """The house style is kept, without exceptions that are not written down."""
    executable = ruff()
    if executable is None:
        pytest.skip("ruff is not installed")

    done = subprocess.run(
        [executable, *arguments, "--no-cache", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "") == (done.returncode, done.stdout * bool(done.returncode) + done.stderr)
