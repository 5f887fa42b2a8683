"""Runs type checkers over programs and reads what they report.

Strategy: the programs of this folder are about OpenAI. For every provider they are written into
one folder under the provider's names, beside a module of its SDK's own types; each checker runs
over that folder once. What it reports is compared, line by line, with the marks in the programs:
`# error` is for every checker, `# error: mypy, ty - why` for those that are named.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.typing.natives import NATIVES, Native

__all__ = [
    "CHECKERS",
    "PROGRAMS",
    "ROOT",
    "Checker",
    "Report",
    "expected",
    "programs",
    "write_programs",
]

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = (
    *("api", "api_prompts", "api_structured", "api_tools"),
    *("seed", "wrong", "wrong_clients"),
)

_HERE = Path(__file__).parent
_PYPROJECT = ROOT / "pyproject.toml"
_MARK = re.compile(r"# error(?:: (?P<names>[\w, ]+?))?(?: - .+)?$")


@dataclass(frozen=True, slots=True)
class Report:
    """An error that a checker reports.

    Attributes:
        file: Where.
        line: The line, from 1.
        message: What it says, with its rule.
    """

    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Checker:
    """A type checker.

    Attributes:
        name: The name of its executable.
        arguments: What makes it check the package, in the project's own configuration.
        over: What makes it check the programs in a folder, just as strictly.
        read: Reads its output.
        package: What makes it check the package, and is not for programs.
    """

    name: str
    arguments: Sequence[str]
    over: Callable[[Path], Sequence[str]]
    read: Callable[[str], Iterator[Report]]
    package: Sequence[str] = ()

    @property
    def executable(self) -> str | None:
        """Its executable, from the running environment if it is there; `None` if it is missing."""
        return shutil.which(self.name, path=_search_path())

    def run(self, folder: Path | None = None) -> list[Report]:
        """What it reports of the programs in a folder, or of the package."""
        more = self.package if folder is None else self.over(folder)
        where = ROOT if folder is None else folder
        return list(self.read(self.output(*self.arguments, *more, where=where)))

    def output(self, *arguments: str, where: Path = ROOT) -> str:
        """Run it in a folder with other arguments, and give what it prints."""
        assert self.executable is not None
        done = subprocess.run(
            [self.executable, *arguments],
            cwd=where,
            env={**os.environ, "PATH": _search_path(), "MYPYPATH": str(where)},
            capture_output=True,
            text=True,
            check=False,
        )
        # 1 says that there are errors; beyond that the checker itself has failed.
        assert done.returncode in (0, 1), f"{self.name}: {done.stdout}{done.stderr}"
        return done.stdout


def programs(provider: Native) -> list[str]:
    """The names of the programs that are about a provider."""
    return [name for name in PROGRAMS if provider.two_clients or name != "wrong_clients"]


def write_programs(folder: Path) -> None:
    """Write the programs about every installed provider, and what makes pyright check them."""
    for provider in NATIVES:
        if not provider.installed:
            continue
        (folder / f"native_{provider.name}.py").write_text(provider.module)
        for name in programs(provider):
            text = provider.program((_HERE / f"{name}.py").read_text())
            (folder / f"{provider.name}_{name}.py").write_text(text)
    settings = tomllib.loads(_PYPROJECT.read_text())["tool"]["pyright"]
    (folder / "pyrightconfig.json").write_text(json.dumps({**settings, "include": ["."]}))


def expected(file: Path, checker: Checker) -> set[int]:
    """The lines of a program on which a checker has to report an error."""
    lines: set[int] = set()
    for number, line in enumerate(file.read_text().splitlines(), 1):
        mark = _MARK.search(line)
        if mark and (mark["names"] is None or checker.name in mark["names"].split(", ")):
            lines.add(number)
    return lines


def _search_path() -> str:
    return os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))


def _files(folder: Path) -> list[str]:
    return sorted(map(str, folder.glob("*.py")))


def _read_pyright(output: str) -> Iterator[Report]:
    for found in json.loads(output)["generalDiagnostics"]:
        if found["severity"] == "error":
            line = found["range"]["start"]["line"] + 1
            message = f"{found['message']} ({found.get('rule')})"
            yield Report(Path(found["file"]), line, message)


def _read_mypy(output: str) -> Iterator[Report]:
    for found in map(json.loads, filter(None, output.splitlines())):
        if found["severity"] == "error":
            message = f"{found['message']} ({found['code']})"
            yield Report(Path(found["file"]), found["line"], message)


def _read_ty(output: str) -> Iterator[Report]:
    for found in re.finditer(r"(?m)^(.+?):(\d+):\d+: error(.+)$", output):
        yield Report(Path(found[1]), int(found[2]), found[3])


def _read_pyrefly(output: str) -> Iterator[Report]:
    for found in json.loads(output)["errors"]:
        if found["severity"] == "error":
            message = f"{found['description']} ({found['name']})"
            yield Report(Path(found["path"]), found["line"], message)


CHECKERS = (
    Checker(
        "pyright",
        ("--outputjson", "--pythonpath", sys.executable),
        lambda folder: ("--project", str(folder)),
        _read_pyright,
        # A configuration in a folder above would come first.
        package=("--project", str(_PYPROJECT)),
    ),
    Checker(
        "mypy",
        (
            *("--config-file", str(_PYPROJECT), "--python-executable", sys.executable),
            *("--cache-dir", str(ROOT / ".mypy_cache"), "--output", "json"),
        ),
        _files,
        _read_mypy,
    ),
    Checker(
        "ty",
        (
            *("check", "--project", str(ROOT), "--python", sys.executable),
            *("--output-format", "concise"),
        ),
        lambda folder: ("--extra-search-path", str(folder), *_files(folder)),
        _read_ty,
    ),
    Checker(
        "pyrefly",
        (
            *("check", "--config", str(_PYPROJECT), "--python-interpreter-path", sys.executable),
            *("--output-format", "json"),
        ),
        lambda folder: ("--search-path", str(folder), *_files(folder)),
        _read_pyrefly,
    ),
)
