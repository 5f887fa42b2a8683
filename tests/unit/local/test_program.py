"""Running a program: its exit code, its environment, and the signals meant for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from mirascope.core.local._program import run_program

posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")


@pytest.mark.parametrize("code", [0, 1, 7, 255])
def test_exit_code(code: int) -> None:
    """The program's exit code is handed on."""
    command = [sys.executable, "-c", f"raise SystemExit({code})"]
    assert code == run_program(command, environment=os.environ)


@posix_only
def test_death_by_signal() -> None:
    """A program that dies of a signal gives what a shell would say."""
    program = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert run_program([sys.executable, "-c", program], environment=os.environ) == 128 + 9


def test_environment() -> None:
    """The program sees exactly the environment it is given."""
    program = "import os; raise SystemExit(os.environ.get('A') != 'b')"
    environment = {**os.environ, "A": "b"}
    assert run_program([sys.executable, "-c", program], environment=environment) == 0


def test_handlers_are_restored() -> None:
    """Afterwards signals do what they did before."""
    before = signal.getsignal(signal.SIGTERM)
    run_program([sys.executable, "-c", ""], environment=os.environ)
    assert before == signal.getsignal(signal.SIGTERM)


@posix_only
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_signals_are_passed_on(name: str, tmp_path: Path) -> None:
    """A signal sent to the runner alone reaches the program, whose answer to it counts."""
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent(
            f"""
            import signal, sys, time
            from pathlib import Path
            signal.signal(signal.{name}, lambda *_: sys.exit(42))
            Path(sys.argv[1]).touch()
            time.sleep(30)
            """
        )
    )
    ready = tmp_path / "ready"
    runner = (
        "import os, sys; from mirascope.core.local._program import run_program; "
        "sys.exit(run_program([sys.executable, *sys.argv[1:]], environment=os.environ))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", runner, str(program), str(ready)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 20
        while not ready.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(getattr(signal, name))
        assert process.wait(20) == 42
