"""The commands that set everything up: the README's, CI's, and the versions they install."""

from __future__ import annotations

import os
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.contracts.source import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "constraints.txt").read_text(encoding="utf-8")


def commands() -> list[str]:
    """The README's lines that make an environment of their own."""
    return [line for line in README.splitlines() if line.startswith("python3 -m venv ")]


def wanted() -> list[Requirement]:
    """Everything that the project, its extras and its groups ask for."""
    project = PROJECT["project"]
    extras = project["optional-dependencies"].values()
    groups = PROJECT["dependency-groups"].values()
    lines = [*project["dependencies"], *(line for each in (*extras, *groups) for line in each)]
    named = [Requirement(line) for line in lines if isinstance(line, str)]
    return [each for each in named if each.name != project["name"]]


def locked() -> dict[str, list[str]]:
    """The versions in the lock file, by package."""
    versions: dict[str, list[str]] = {}
    for line in LOCK.splitlines():
        requirement = Requirement(line)
        (specifier,) = requirement.specifier
        assert specifier.operator == "=="
        versions.setdefault(canonicalize_name(requirement.name), []).append(specifier.version)
    return versions


def test_two_commands_do_all_that_is_to_be_set_up():
    """One line runs the main job and one the tests, each in an environment that it makes."""
    job, tests = commands()

    assert job.endswith("run examples/recommend_book.py")
    assert "-m pytest" in tests


def test_ci_runs_the_command_that_the_readme_shows():
    """What contributors run is what decides."""
    script = ROOT / ".ci" / "run"

    assert commands()[1] == script.read_text(encoding="utf-8").splitlines()[-1]
    assert os.access(script, os.X_OK)


@pytest.mark.parametrize("requirement", wanted(), ids=str)
def test_every_requirement_is_locked(requirement):
    """The lock file has a version of each package that is asked for, and one that fits."""
    versions = locked().get(canonicalize_name(requirement.name), [])

    assert versions
    assert [] == [each for each in versions if not requirement.specifier.contains(each)]


def test_the_lock_file_names_no_place():
    """Packages come from the index of whoever installs them."""
    assert [] == re.findall(r".*(?:://|@ |--).*", LOCK)


def test_the_version_is_one_of_the_changes():
    """The list of changes knows the version that is built."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert f"## [{PROJECT['project']['version']}]" in text
