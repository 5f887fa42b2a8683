"""Results as they are kept (JSON) and as they are read (tables in markdown)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .machine import label
from .runner import Row

__all__ = ["RESULTS", "committed", "keep", "key", "merged", "missed", "tables"]

RESULTS = Path(__file__).parent / "results"
_NAMES = {"openai_tools": "openai", "openai_json": "openai"}


def committed() -> dict[str, Any]:
    """Give the kept results of this kind of machine, or of any other if there are none.

    Raises:
        FileNotFoundError: There are no results.
    """
    own = RESULTS / f"{label()}.json"
    path = own if own.exists() else next(iter(sorted(RESULTS.glob("*.json"))), own)
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def keep(results: dict[str, Any]) -> Path:
    """Write results to the file of this kind of machine."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{label()}.json"
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    return path


def merged(results: dict[str, Any]) -> dict[str, Any]:
    """Give the kept results of this kind of machine with these rows in the place of their own.

    The number of rounds stays that of the whole table.
    """
    path = RESULTS / f"{label()}.json"
    if not path.exists():
        return results
    kept: dict[str, Any] = json.loads(path.read_text())
    known = {key(row): row for row in (*kept["rows"], *results["rows"])}
    return {**results, "rounds": kept["rounds"], "rows": list(known.values())}


def key(row: Row) -> tuple[str, ...]:
    """Tell which comparison a row is: what it counts of the SDK may differ from run to run."""
    return (row["group"], row["wire"], row["title"].partition(" (")[0])


def missed(row: Row) -> bool:
    """Tell whether a row is above its goal."""
    return "value" in row and "goal" in row and row["value"] > row["goal"]


def tables(results: dict[str, Any]) -> str:
    """Write results as markdown, a table for each group."""
    parts: list[str] = []
    groups: dict[str, list[Row]] = {}
    for row in results["rows"]:
        groups.setdefault(row["group"], []).append(row)
    for name, rows in groups.items():
        parts += [f"### {name}", "", *_table(rows), ""]
    return "\n".join([*parts, "### Machine", "", *_machine(results["machine"])]) + "\n"


def _table(rows: list[Row]) -> list[str]:
    with_goal = any("goal" in row for row in rows)
    with_us = any("us" in row for row in rows)
    with_least = any("least" in row for row in rows)
    head = ["provider", "what", "value"]
    head += ["at most"] * with_goal + ["least to least"] * with_least
    head += ["µs for each chunk: it, the other"] * with_us
    lines = ["| " + " | ".join(head) + " |", "| --- " * len(head) + "|"]
    for row in rows:
        cells = [_NAMES.get(row["wire"], row["wire"]), row["title"], _value(row)]
        if with_goal:
            cells.append(f"{row['goal']:g}" if "goal" in row else "")
        if with_least:
            cells.append(f"{row['least']:.3f}" if "least" in row else "")
        if with_us:
            cells.append("{:.1f}, {:.1f}".format(*row["us"]) if "us" in row else "")
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def _value(row: Row) -> str:
    if "error" in row:
        return f"none: {row['error']}".replace("|", "/").replace("\n", " ")
    unit = row.get("unit")
    shown = f"{row.get('value', 0):g} {unit}" if unit else f"{row.get('value', 0):.3f}"
    return f"**{shown}**" if missed(row) else shown


def _machine(machine: dict[str, Any]) -> list[str]:
    names = ("processor", "system", "architecture", "python")
    lines = [", ".join([*(machine[each] for each in names), f"{machine['cores']} cores"]) + ".", ""]
    for name, packages in machine["packages"].items():
        held = ", ".join(f"{each} {version}" for each, version in packages.items())
        lines.append(f"* {name}: {held}")
    return lines
