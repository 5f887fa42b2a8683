"""The budget: what is measured now against the goals and against the kept results."""

from __future__ import annotations

from typing import Any

from .report import key, missed
from .runner import Row

__all__ = ["regressions"]

_WORSE = 1.25
"""A comparison may be this much above the kept one: what neighbours on a machine make of it."""

_NOISE = {"ms": 8.0, "bytes": 4.0, "connections": 0.0}
"""What a value with a unit may be above the kept one."""


def regressions(rows: list[Row], kept: dict[str, Any]) -> list[str]:
    """Give a sentence for each row that is worse than it may be.

    A row that was above its goal in the kept results is judged by those alone.
    """
    before: dict[tuple[str, ...], Row] = {key(row): row for row in kept["rows"]}
    found: list[str] = []
    for row in rows:
        old = before.get(key(row))
        if "value" not in row:
            if old is not None and "value" in old:
                found.append(f"{_named(row)}: {row.get('error', 'not measured')}")
            continue
        if missed(row) and not (old is not None and missed(old)):
            found.append(f"{_named(row)}: {row['value']} is above the goal, {row.get('goal')}")
        elif old is not None and "value" in old and row["value"] > _most(old):
            found.append(f"{_named(row)}: {row['value']}, and was {old['value']}")
    return found


def _named(row: Row) -> str:
    return f"{row['group']} / {row['wire']} / {row['title']}"


def _most(old: Row) -> float:
    value = old.get("value", 0.0)
    unit = old.get("unit")
    return value * _WORSE if unit is None else value + _NOISE[unit]
