"""Four type checkers over the package and over programs that use it, right and wrong."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import mirascope.core
from tests.typing.checkers import CHECKERS, Checker, Report, expected, programs, write_programs
from tests.typing.natives import NATIVES

CASES = [
    pytest.param(
        provider.name,
        program,
        id=f"{provider.name}-{program}",
        marks=pytest.mark.skipif(not provider.installed, reason=f"{provider.sdk} is not installed"),
    )
    for provider in NATIVES
    for program in programs(provider)
]


@pytest.fixture(params=CHECKERS, ids=lambda checker: checker.name, scope="session")
def checker(request) -> Checker:
    if request.param.executable is None:
        pytest.skip(f"{request.param.name} is not installed")
    return request.param


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("programs")
    write_programs(path)
    return path


@pytest.fixture(scope="session")
def reports(folder) -> Callable[[Checker], list[Report]]:
    return functools.cache(lambda checker: checker.run(folder))


@pytest.mark.parametrize(("provider", "program"), CASES)
def test_errors_are_reported_where_they_are_and_nowhere_else(
    checker, reports, folder, provider, program
):
    """A checker finds every type asserted, and every wrong use."""
    file = folder / f"{provider}_{program}.py"
    found = [report for report in reports(checker) if report.file.name == file.name]
    wanted = expected(file, checker)
    lines = file.read_text().splitlines()

    unreported = sorted(wanted - {report.line for report in found})
    missed = [f"{file}:{line}: not reported: {lines[line - 1].strip()}" for line in unreported]
    surplus = [str(report) for report in found if report.line not in wanted]

    assert missed + surplus == [], "\n".join(missed + surplus)


def test_nothing_is_reported_outside_the_programs(checker, reports, folder):
    """No error hides in a file that no other test looks at."""
    names = {f"{provider.name}_{name}.py" for provider in NATIVES for name in programs(provider)}

    found = [str(report) for report in reports(checker) if report.file.name not in names]

    assert found == [], "\n".join(found)


def test_the_package_is_clean(checker):
    """The package itself has no errors, in the strict modes of all checkers."""
    found = list(map(str, checker.run()))

    assert found == [], "\n".join(found)


def test_every_public_type_is_known():
    """What users import is typed completely, as pyright's own measure for libraries has it."""
    pyright = next(each for each in CHECKERS if each.name == "pyright")
    if pyright.executable is None:
        pytest.skip("pyright is not installed")

    output = pyright.output("--verifytypes", "mirascope.core", "--ignoreexternal", "--outputjson")
    completeness = json.loads(output)["typeCompleteness"]

    unknown = [
        (symbol["name"], [each["message"] for each in symbol["diagnostics"]])
        for symbol in completeness["symbols"]
        if symbol["isTypeAmbiguous"] or not symbol["isTypeKnown"]
    ]
    assert (unknown, completeness["completenessScore"]) == ([], 1), "\n".join(map(str, unknown))


def test_every_provider_has_its_programs():
    """A provider without an entry for its SDK's types would not be checked."""
    named = [each.name for each in NATIVES if each.package == "mirascope.core"]

    assert sorted(mirascope.core._PROVIDERS) == named
