"""Pages of Markdown: their fenced blocks, and how the Python ones among them are run.

Strategy: a page is a program. Its blocks run in order in one module, against a server that plays
the provider; what a block says it prints is compared with what it prints. The code is compiled
with the page's own line numbers, so that a traceback points into the page.

Rules: a comment directly above a block says how to run it.
* `<!-- alone -->`: the block starts with an empty module.
* `<!-- plays: cut -->`: the server plays that script (see `scripts.py`) while the block runs.
* Lines `# > text` in a block are its output, all of it; without any, the output does not count.
"""

from __future__ import annotations

import difflib
import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from types import ModuleType

from mirascope.core.testing import WireServer
from tests.docs.scripts import SCRIPTS

ROOT = Path(__file__).parents[2]
PAGES = tuple(sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]))

_FENCE = re.compile(r"(?P<indent> *)```(?P<language>\w*)")
_DIRECTIVE = re.compile(r" *<!-- (?P<name>[a-z]+)(?:: (?P<value>\w+))? -->")
_OUTPUT = "# >"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block of a page.

    Attributes:
        language: What stands behind the opening fence.
        line: The number of the line the code begins on, from 1.
        code: The code.
        alone: Whether it runs in a module of its own.
        script: The name of what the server plays.
    """

    language: str
    line: int
    code: str
    alone: bool = False
    script: str = "answer"

    @property
    def output(self) -> list[str]:
        """The lines the block says it prints; empty if it does not say."""
        lines = (line.strip() for line in self.code.splitlines())
        return [line[len(_OUTPUT) :].strip() for line in lines if line.startswith(_OUTPUT)]


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order.

    Raises:
        ValueError: A block is not closed, or the comment above it says something unknown.
    """
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        opening = _FENCE.fullmatch(lines[number].rstrip())
        if opening is None:
            number += 1
            continue
        closing = opening["indent"] + "```"
        first = number + 1
        number = first
        while number < len(lines) and lines[number].rstrip() != closing:
            number += 1
        if number == len(lines):
            raise ValueError(f"line {first}: the block is not closed")
        alone, script = _directives(lines[: first - 1])
        yield Block(
            language=opening["language"],
            line=first + 1,
            code=dedent("\n".join(lines[first:number])) + "\n",
            alone=alone,
            script=script,
        )
        number += 1


def _directives(above: list[str]) -> tuple[bool, str]:
    alone, script = False, "answer"
    for line in reversed(above):
        directive = _DIRECTIVE.fullmatch(line.rstrip())
        if directive is None:
            break
        name, value = directive["name"], directive["value"]
        if name == "alone" and value is None:
            alone = True
        elif name == "plays" and value in SCRIPTS:
            script = value
        else:
            raise ValueError(f"line {len(above)}: {line.strip()!r} is no instruction for a block")
    return alone, script


def run(text: str, path: Path, server: WireServer) -> int:
    """Run the Python blocks of a page.

    Args:
        text: The page.
        path: Where it is, for tracebacks.
        server: What plays the provider; the SDKs' environment variables lead to it.

    Returns:
        The number of blocks that were run.

    Raises:
        AssertionError: A block prints something else than it says.
        Exception: Whatever a block raises.
    """
    pages = [block for block in blocks(text) if block.language == "python"]
    program: list[list[Block]] = []
    for block in pages:
        if block.alone or not program:
            program.append([])
        program[-1].append(block)
    for number, part in enumerate(program):
        with _module(f"page_{path.stem.replace('-', '_')}_{number}") as module:
            for block in part:
                server.play(*SCRIPTS[block.script])
                _run_block(block, path, module)
    return len(pages)


@contextmanager
def _module(name: str) -> Iterator[ModuleType]:
    # A registered one: pydantic looks the names in annotations up in the class's module.
    module = sys.modules[name] = ModuleType(name)
    try:
        yield module
    finally:
        del sys.modules[name]


def _run_block(block: Block, path: Path, module: ModuleType) -> None:
    code = compile("\n" * (block.line - 1) + block.code, str(path), "exec")
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(code, vars(module))  # noqa: S102  # the repository's own documentation
    if block.output:
        actual = [line.strip() for line in printed.getvalue().strip().splitlines()]
        if block.output != actual:
            difference = "\n".join(difflib.ndiff(block.output, actual))
            raise AssertionError(f"{path.name}, line {block.line}: another output\n{difference}")
