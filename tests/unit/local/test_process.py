"""What a server's refusal to start is reported as, and what settings it is sent."""

from __future__ import annotations

import importlib.util
import json
import pickle
import signal
from importlib.machinery import ModuleSpec

import pytest

from mirascope.core.local import ExitCode, LocalError, LocalServer
from mirascope.core.local._process import check_runtime, explain
from mirascope.core.local._settings import Settings

SETTINGS = Settings(
    title="Model",
    alias="model",
    model="model.gguf",
    api_key="the key",
    port=8123,
    threads=2,
    parallel=8,
    context=4096,
    diagnostics=False,
    chat_template=None,
)

INSTALLED: dict[str, ModuleSpec] = {}


@pytest.mark.parametrize(
    ("reply", "expected", "words"),
    [
        ({"problem": "port", "detail": "in use"}, ExitCode.PORT_TAKEN, "8123"),
        ({"problem": "model", "detail": "no magic"}, ExitCode.MODEL_UNUSABLE, "model.gguf"),
        ({"problem": "runtime", "detail": "x"}, ExitCode.NO_RUNTIME, "--upgrade xllamacpp"),
        (
            {"problem": "death", "detail": "SIGILL", "code": str(-signal.SIGILL)},
            ExitCode.NO_RUNTIME,
            "AVX2",
        ),
        (
            {"problem": "death", "detail": "SIGABRT", "code": "-6"},
            ExitCode.SERVER_DIED,
            "SIGABRT",
        ),
        ({"problem": "death", "detail": "not within 1 second"}, ExitCode.SERVER_DIED, "within"),
    ],
)
def test_explain(reply: dict[str, str], expected: ExitCode, words: str) -> None:
    """Every way not to start has its own exit code and names what it is about."""
    error = explain(reply, settings=SETTINGS, log=" Its last words: oh")
    assert expected is error.exit_code
    assert words in str(error)


def test_the_log_is_quoted() -> None:
    """Where the server's own words help, they are in the message."""
    reply = {"problem": "model", "detail": "no"}
    assert str(explain(reply, settings=SETTINGS, log=" Its last words: oh")).endswith("words: oh")


def test_settings_are_one_line() -> None:
    """The server process reads one line, and finds everything in it."""
    line = SETTINGS.line()
    assert line.count("\n") == 1
    assert (json.loads(line)["api_key"], json.loads(line)["port"]) == ("the key", 8123)


def test_the_key_is_not_in_any_repr() -> None:
    """Neither the settings nor the server show the key when printed."""
    server = LocalServer(
        address="http://127.0.0.1:1",
        openai_base_url="",
        anthropic_base_url="",
        groq_base_url="",
        mistral_server_url="",
        api_key="the key",
        model="model",
        pid=1,
    )
    assert "the key" not in repr(server) + repr(SETTINGS)


@pytest.mark.parametrize(
    ("system", "machine", "words"),
    [
        ("linux", "x86_64", r"mirascope-core\[local\]"),
        ("darwin", "arm64", r"mirascope-core\[local\]"),
        ("win32", "ARM64", "no wheel"),
        ("freebsd14", "amd64", "no wheel"),
    ],
)
def test_a_missing_runtime(
    monkeypatch: pytest.MonkeyPatch, system: str, machine: str, words: str
) -> None:
    """Who can install the runtime is told how, and who cannot is told that."""

    monkeypatch.setattr(importlib.util, "find_spec", INSTALLED.get)
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("platform.machine", lambda: machine)
    monkeypatch.setattr("platform.system", lambda: system)
    with pytest.raises(LocalError, match=words) as caught:
        check_runtime()
    assert caught.value.exit_code is ExitCode.NO_RUNTIME


def test_musl_has_no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alpine is told apart from other Linux systems by its interpreter."""

    def musl(name: str) -> str:
        return f"{name}: cpython-311-x86_64-linux-musl"

    monkeypatch.setattr(importlib.util, "find_spec", INSTALLED.get)
    monkeypatch.setattr("sysconfig.get_config_var", musl)
    with pytest.raises(LocalError, match="Alpine"):
        check_runtime()


def test_errors_survive_pickling() -> None:
    """The error crosses process borders with its exit code."""
    error = pickle.loads(pickle.dumps(LocalError("x", exit_code=ExitCode.PORT_TAKEN)))
    assert (str(error), error.exit_code) == ("x", ExitCode.PORT_TAKEN)
