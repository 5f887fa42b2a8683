"""What a docstring says about a tool: its description and one text per argument."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from ._record import Record

__all__ = ["Documentation", "read_docstring"]


class Documentation(Record):
    """A docstring taken apart.

    Attributes:
        description: The text before the sections, dedented; empty where there is none.
        arguments: What is said about each argument, by the name the docstring gives it.
    """

    description: str
    arguments: Mapping[str, str]

    def mapped(self, change: Callable[[str], str]) -> Documentation:
        """The same structure with `change` applied to every text."""
        arguments = {name: change(text) for name, text in self.arguments.items()}
        return Documentation(change(self.description), arguments)


def read_docstring(docstring: str | None) -> Documentation:
    """Take a docstring of the Google, NumPy or reST style apart.

    Sections may come in any order and may name arguments in any order. A text that no style can
    make sense of is a description as a whole.
    """
    return _parse(docstring) if docstring else Documentation("", {})


@lru_cache(maxsize=512)
def _parse(docstring: str) -> Documentation:
    # Imported here: programs without tools need no docstring parser.
    from docstring_parser import parse

    try:
        parsed = parse(docstring)
    except Exception:  # noqa: BLE001 - besides its own error it raises IndexError on some texts
        return Documentation(inspect.cleandoc(docstring), {})
    arguments = {
        parameter.arg_name: parameter.description
        for parameter in parsed.params
        if parameter.description
    }
    return Documentation((parsed.description or "").strip(), MappingProxyType(arguments))
