"""The command line: how it is cut, and what it says about mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirascope.core.local import ExitCode
from mirascope.core.local._cli import main, split_run

WORDS = st.lists(st.text(min_size=1, max_size=6))


@pytest.mark.parametrize(
    ("arguments", "own", "program"),
    [
        (["app.py"], [], ["app.py"]),
        (["app.py", "--port", "1"], [], ["app.py", "--port", "1"]),
        (["--port", "1", "app.py", "-m"], ["--port", "1"], ["app.py", "-m"]),
        (["--port=1", "app.py"], ["--port=1"], ["app.py"]),
        (["--diagnostics", "app.py"], ["--diagnostics"], ["app.py"]),
        (["--model", "m.gguf", "-m", "app", "x"], ["--model", "m.gguf"], ["-m", "app", "x"]),
        (["--threads", "2", "--", "-odd.py", "--"], ["--threads", "2"], ["-odd.py", "--"]),
        (["--help"], ["--help"], []),
        (["--port"], ["--port"], []),
        ([], [], []),
    ],
)
def test_split_run(arguments: list[str], own: list[str], program: list[str]) -> None:
    """Options before the program are ours; the program and all after it are not."""
    assert (["run", *own], program) == split_run(["run", *arguments])


@given(WORDS)
def test_everything_after_the_program_is_the_programs(words: list[str]) -> None:
    """Whatever the program's arguments look like, they arrive unchanged and in order."""
    assert (["run", "--port", "1"], ["app.py", *words]) == split_run(
        ["run", "--port", "1", "app.py", *words]
    )


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["walk"],
        ["run", "--colour", "red", "app.py"],
        ["serve", "--port", "65536"],
        ["serve", "--port", "-1"],
        ["serve", "--threads", "0"],
        ["serve", "--parallel", "many"],
        ["serve", "--shell", "fish"],
        ["serve", "app.py"],
    ],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong command line ends with the usage on standard error and code 2."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == ExitCode.USAGE
    said = capsys.readouterr()
    assert (said.out, said.err[:6]) == ("", "usage:")


@pytest.mark.parametrize("program", [[], ["-m"], ["no such program.py"]])
def test_run_without_a_program(program: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Without a program nothing is started, and one line says so."""
    assert main(["run", *program]) == ExitCode.USAGE
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)


def test_help_lists_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    """Every exit code is in the help."""
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    shown = capsys.readouterr().out
    assert caught.value.code == 0
    assert [code for code in ExitCode if f"{code.value}  " not in shown] == []


def test_a_missing_model_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A model path that leads nowhere is named in one line."""
    pytest.importorskip("xllamacpp", reason="xllamacpp has no wheel for this platform")
    missing = tmp_path / "missing.gguf"
    assert main(["serve", "--model", str(missing)]) == ExitCode.MODEL_UNUSABLE
    said = capsys.readouterr()
    assert said.out == ""
    assert str(missing) in said.err
