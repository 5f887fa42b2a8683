"""What the files of this project do not speak of: the places and the hosts it was made with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.contracts.source import ROOT

FOLDERS = (".ci", "benchmarks", "docs", "examples", "scripts", "src", "tests")

KINDS = {".cfg", ".jinja", ".json", ".md", ".py", ".sh", ".toml", ".txt", ".typed", ".yaml", ""}

# Written in pieces, so that this file does not speak of them either.
HOSTS = ("py" + "pi.org", "python" + "hosted", "npm" + "js", "crates" + ".io", "proxy.go" + "lang")

FORBIDDEN = {
    "a package index": "|".join(map(re.escape, HOSTS)),
    "a folder of one machine": r"(?<![\w.])/(?:work|root)/|/tmp/(?:brief|bash_jobs|pytest)",
    "a tracker's number": r"(?i)\bissue\s*#|\bD-\d\d\b|\bM-\d\d\b",
    "a paper of the makers": "v1-" + r"contract|DESIGN\.md|sdk-" + "facts",
    "who made it": r"(?i)\bC" + r"EO\b|\bsub-?agents?\b|\bthis sess" + r"ion\b|\bworkp" + "lace",
    "a key": r"\bsk-[A-Za-z0-9]{16,}|\bghp_\w{20,}|\bAIza[\w-]{30,}",
}


def files() -> list[Path]:
    """Every text file of the project."""
    inner = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    top = [path for path in ROOT.iterdir() if path.name != ".git"]
    return sorted(
        path
        for path in (*inner, *top)
        if path.is_file() and path.suffix in KINDS and "__pycache__" not in path.parts
    )


@pytest.mark.parametrize("subject", FORBIDDEN)
def test_the_project_speaks_of_itself_alone(subject):
    """A reader needs nothing but this repository to understand it."""
    pattern = re.compile(FORBIDDEN[subject])
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]

    assert [] == wrong


def test_files_are_looked_at():
    """The search above sees source, tests, documents and scripts."""
    names = {str(path.relative_to(ROOT)) for path in files()}

    assert {"README.md", "pyproject.toml", "src/mirascope/core/__init__.py"} <= names
    assert {".ci/run", "constraints.txt", "tests/contracts/test_wording.py"} <= names
