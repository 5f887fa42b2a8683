"""What the server process is told: one frozen value, sent to it as one line of JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TextIO

from ._errors import ExitCode, LocalError
from ._weights import SMOLLM2, fetch

__all__ = ["DEFAULT_MODEL", "Settings", "settings_for"]

DEFAULT_MODEL = "smollm2"
"""The name of the model that is fetched when none is given."""

# The values its makers recommend. A repeat penalty would end its loops and its tool calls too:
# their form is a repetition.
_SMOLLM2_SAMPLING: Mapping[str, float] = {"temp": 0.2, "top_p": 0.9}
# It often repeats itself until something stops it.
_SMOLLM2_MAX_TOKENS = 256
_MOST_THREADS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the server process needs.

    Attributes:
        title: The model's name for people.
        alias: The model's name in responses.
        model: The path of the GGUF file.
        api_key: What a client has to present.
        port: Where to listen on the loopback address; 0 lets the system choose.
        threads: The threads that compute.
        parallel: The requests answered at the same time.
        context: The tokens of prompt and answer that all of them share.
        diagnostics: Whether `/slots` and `/metrics` are served.
        chat_template: What replaces the template in the file, or None to keep that.
        sampling: The sampling values of a request that does not give its own.
        max_tokens: The same for the length of the answer; None for no limit.
    """

    title: str
    alias: str
    model: str
    api_key: str = field(repr=False)
    port: int
    threads: int
    parallel: int
    context: int
    diagnostics: bool
    chat_template: str | None = field(default=None, repr=False)
    sampling: Mapping[str, float] = field(default_factory=dict[str, float])
    max_tokens: int | None = None

    def line(self) -> str:
        """The settings as the server process reads them."""
        return json.dumps(asdict(self)) + "\n"


def settings_for(
    model: str | Path,
    *,
    api_key: str,
    port: int,
    threads: int | None,
    parallel: int,
    context: int,
    diagnostics: bool,
    out: TextIO,
) -> Settings:
    """Settings for the small model, which is fetched if need be, or for a model file.

    Args:
        model: `"smollm2"`, or the path of a GGUF file that brings its own chat template.
        api_key: What a client has to present.
        port: Where to listen; 0 lets the system choose.
        threads: The threads that compute; None for as many as there are processors, up to 4.
        parallel: The requests answered at the same time.
        context: The tokens that all of them share.
        diagnostics: Whether to serve `/slots` and `/metrics`.
        out: Where a download is announced.

    Raises:
        LocalError: The model cannot be fetched, or the file does not exist.
    """
    small = model == DEFAULT_MODEL
    path = fetch(SMOLLM2, out=out) if small else _existing(Path(model))
    return Settings(
        title=SMOLLM2.title if small else path.name,
        alias="smollm2-135m" if small else path.stem,
        model=str(path),
        api_key=api_key,
        port=port,
        threads=threads or min(_MOST_THREADS, _processors()),
        parallel=parallel,
        context=context,
        diagnostics=diagnostics,
        chat_template=_chat_template() if small else None,
        sampling=_SMOLLM2_SAMPLING if small else {},
        max_tokens=_SMOLLM2_MAX_TOKENS if small else None,
    )


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise LocalError(
            f"There is no model file {str(path)!r}. Give the path of a GGUF file, or "
            f"{DEFAULT_MODEL!r} for the small model.",
            exit_code=ExitCode.MODEL_UNUSABLE,
        )
    return path.resolve()


def _chat_template() -> str:
    return Path(__file__).with_name("chat.jinja").read_text(encoding="utf-8")


def _processors() -> int:
    # In a container, the processors this process may use, not those of the machine.
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
