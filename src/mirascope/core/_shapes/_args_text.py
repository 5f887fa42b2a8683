"""The JSON text of arguments whose values arrive one by one, each under a path.

Rules: values come in the order of the text they make; what is open when a value elsewhere begins
is complete. Text that would go back to something complete cannot be written: a reader of the text
takes such a value for a later one of the same name.
"""

from __future__ import annotations

import json
from typing import Any

__all__ = ["ArgsText"]


class ArgsText:
    """Writes the text of one object."""

    __slots__ = ("_closers", "_empty", "_path", "_string")

    def __init__(self) -> None:
        self._path: list[str | int] = []
        self._closers: list[str] = []
        self._empty: list[bool] = []
        self._string: list[str | int] | None = None

    def add(self, steps: list[str | int], value: Any, *, continues: bool) -> str:
        """Give the text that a value adds.

        Args:
            steps: Where it stands: names of objects and places in arrays.
            value: A scalar; or the next piece of a string.
            continues: Whether it is a string that has more to come.
        """
        if self._string == steps and isinstance(value, str):
            self._string = steps if continues else None
            return json.dumps(value)[1:-1] + ("" if continues else '"')
        text = "" if self._string is None else '"'
        self._string = steps if continues and isinstance(value, str) else None
        text += self._open(steps)
        if isinstance(value, str):
            return f"{text}{json.dumps(value)[:-1]}" + ("" if continues else '"')
        # The space says that a number is complete.
        return f"{text}{json.dumps(value)} "

    def _open(self, steps: list[str | int]) -> str:
        """Close what is complete, and open what the value stands in."""
        text = ""
        if not self._empty:
            text = "{"
            self._empty.append(True)
        holders = steps[:-1]
        common = 0
        while holders[: common + 1] == self._path[: common + 1] and common < len(self._path):
            common += 1
        while len(self._path) > common:
            self._path.pop()
            self._empty.pop()
            text += self._closers.pop()
        for depth in range(common, len(holders)):
            is_array = isinstance(steps[depth + 1], int)
            text += self._named(holders[depth]) + ("[" if is_array else "{")
            self._path.append(holders[depth])
            self._closers.append("]" if is_array else "}")
            self._empty.append(True)
        return text + self._named(steps[-1])

    def _named(self, step: str | int) -> str:
        separator = "" if self._empty[-1] else ","
        self._empty[-1] = False
        return separator if isinstance(step, int) else f"{separator}{json.dumps(step)}:"
