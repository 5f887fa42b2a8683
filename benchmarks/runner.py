"""Runs the comparisons: contenders take turns, and every figure is a median.

A comparison is the median of the ratios of neighbouring runs, so that a machine that becomes slower
or faster in the middle changes both sides. Beside it stands the ratio of the least of each side,
which neighbours on the same machine disturb less. What is counted is processor time of the
contender's process (user and system, all threads), never the clock on the wall.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import ExitStack
from statistics import median
from typing import Any, NotRequired, TypedDict

from .environments import Unavailable
from .measures import Block, Pair
from .processes import Failed, Server, Worker

__all__ = ["Row", "run_blocks"]

_ROUNDS_OF_A_PROCESS = 2
"""Where a process has its memory is chance, and costs or saves it some hundredths: no process has
all the rounds."""


class Row(TypedDict):
    """One line of the table.

    Attributes:
        group: The table it stands in.
        wire: The provider.
        title: What is compared.
        value: The comparison: a ratio, or what `unit` says.
        goal: The most it may be.
        unit: What `value` is, where it is no ratio.
        us: Microseconds of processor time for each chunk, of both sides.
        spread: The least and the greatest comparison of all rounds.
        least: The comparison of the least of each side.
        error: Why there is no value.
    """

    group: str
    wire: str
    title: str
    value: NotRequired[float]
    goal: NotRequired[float]
    unit: NotRequired[str]
    us: NotRequired[tuple[float, float]]
    spread: NotRequired[tuple[float, float]]
    least: NotRequired[float]
    error: NotRequired[str]


def run_blocks(blocks: Iterable[Block], server: Server, rounds: int, scale: float) -> list[Row]:
    """Measure blocks one after the other.

    Args:
        blocks: What to measure.
        server: The server.
        rounds: How often every contender has its turn.
        scale: What the sizes of the answers are multiplied with.

    Returns:
        A row for each pair, in their order.
    """
    rows: list[Row] = []
    for block in blocks:
        names = ", ".join(pair.title for pair in block.pairs[:1])
        print(f"{block.group}: {block.wire} ({names})", file=sys.stderr, flush=True)
        n = max(200, int(block.n * scale))
        try:
            taken, errors = _measure(block, server, rounds, n)
        except Unavailable as error:
            taken, errors = {}, {each: str(error) for each in _actions(block)}
        rows += [_row(block, pair, taken, errors) for pair in block.pairs]
    return rows


def _actions(block: Block) -> list[str]:
    found = [name for pair in block.pairs for name in (pair.base, pair.contender)]
    return list(dict.fromkeys(found))


def _measure(
    block: Block, server: Server, rounds: int, n: int
) -> tuple[dict[str, list[float]], dict[str, str]]:
    """Give the microseconds for each unit by action, one for each round, and what failed."""
    taken: dict[str, list[float]] = {}
    errors: dict[str, str] = {}
    for start in range(0, rounds, _ROUNDS_OF_A_PROCESS):
        asked = min(_ROUNDS_OF_A_PROCESS, rounds - start)
        for answers in _rounds_of_a_process(block, server, errors, asked, n):
            for each, answer in answers.items():
                taken.setdefault(each, []).append(answer)
    return taken, errors


def _rounds_of_a_process(
    block: Block, server: Server, errors: dict[str, str], rounds: int, n: int
) -> list[dict[str, float]]:
    """Give what every action took in some rounds, after one that warms up."""
    with ExitStack() as stack:
        workers = {
            name: stack.enter_context(Worker(block.environment, name))
            for name in dict.fromkeys(each.partition(".")[0] for each in _actions(block))
        }
        return [_round(block, server, workers, errors, n) for _ in range(rounds + 1)][1:]


def _round(
    block: Block, server: Server, workers: dict[str, Worker], errors: dict[str, str], n: int
) -> dict[str, float]:
    """Give every action its turn, except for those that failed before."""
    url = server.address(block.wire, block.mode, n)
    taken: dict[str, float] = {}
    for each in _actions(block):
        if each in errors:
            continue
        name, _, action = each.partition(".")
        try:
            answer = workers[name].ask(action, block.wire, url, n)
            _refuse_other(answer["got"], action, n)
        except Failed as error:
            errors[each] = str(error)
            continue
        taken[each] = answer["cpu"] / n * 1e6
    return taken


def _refuse_other(got: Any, action: str, n: int) -> None:
    """Refuse an answer that was not read as it was sent.

    Raises:
        Failed: It was not.
    """
    least = 7 * n if action == "tools" else 4 * n
    if got < least or (action != "tools" and got != least):
        raise Failed(f"read {got} where {least} were sent")


def _row(block: Block, pair: Pair, taken: dict[str, list[float]], errors: dict[str, str]) -> Row:
    row = Row(group=block.group, wire=block.wire, title=pair.title)
    if pair.goal is not None:
        row["goal"] = pair.goal
    for each in (pair.contender, pair.base):
        if each in errors:
            row["error"] = errors[each]
            return row
    ours, base = taken[pair.contender], taken[pair.base]
    ratios = [one / other for one, other in zip(ours, base, strict=True)]
    row["value"] = round(median(ratios), 4)
    row["us"] = (round(median(ours), 2), round(median(base), 2))
    row["spread"] = (round(min(ratios), 4), round(max(ratios), 4))
    row["least"] = round(min(ours) / min(base), 4)
    return row
