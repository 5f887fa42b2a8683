"""Measures and prints the whole table.

    python -m benchmarks              measure everything, print it, keep it in benchmarks/results
    python -m benchmarks --check      measure this library alone, and fail where it became slower
    python -m benchmarks --plot       draw docs/images/benchmarks.svg from the kept results
    python -m benchmarks --table      print the kept results

Progress goes to standard error. `--only WORDS` measures the groups and providers with one of these
words in their names and keeps nothing; with `--merge` it puts them in the place of the kept ones.
`--rounds` and `--scale` make it quicker and less exact.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

from . import single
from .check import regressions
from .environments import ENVIRONMENTS
from .machine import describe
from .measures import BLOCKS, PEERS, Block
from .plot import draw
from .processes import Server
from .report import committed, keep, merged, missed, tables
from .runner import Row, run_blocks

__all__ = ["main"]


def main() -> int:
    """Do what the command line asks for."""
    asked = _arguments()
    if asked.plot:
        print(draw(committed()))
        return 0
    if asked.table:
        print(tables(committed()))
        return 0
    rows = _rows(asked)
    if asked.check:
        found = regressions(rows, committed())
        print("\n".join(found) or f"{len(rows)} figures are within their budgets")
        return 1 if found else 0
    results = {"machine": describe(list(ENVIRONMENTS)), "rounds": asked.rounds, "rows": rows}
    if asked.merge:
        results = merged(results)
    if asked.merge or not asked.only:
        print(f"kept in {keep(results).name}", file=sys.stderr)
    print(tables(results))
    print(f"{sum(map(missed, results['rows']))} figures are above what is asked for")
    return 0


def _rows(asked: Any) -> list[Row]:
    def wanted(*names: str) -> bool:
        said = " ".join(names).lower()
        return not asked.only or any(word.lower() in said for word in asked.only)

    def chosen(blocks: tuple[Block, ...]) -> list[Block]:
        return [each for each in blocks if wanted(each.group, each.wire, each.pairs[0].title)]

    rounds = asked.rounds
    with Server() as server:
        rows = run_blocks(chosen(BLOCKS), server, rounds, asked.scale)
        rows += single.linear(rows)
        if wanted("calls"):
            rows += single.calls(server, rounds)
        if wanted("connections"):
            rows += single.connections(server)
        if wanted("imports"):
            rows += single.imports(rounds + 2)
        if wanted("memory"):
            rows += single.memory(server)
        if wanted("partial"):
            rows += single.partials()
        if not asked.check:
            rows += run_blocks(chosen(PEERS), server, rounds, asked.scale)
            if wanted("structured"):
                rows += single.partials_of_others(server)
            if wanted("1,000"):
                rows += single.many(server, max(1, rounds // 2))
    return rows


def _arguments() -> Any:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--plot", action="store_true")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--merge", action="store_true")
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scale", type=float, default=1.0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
