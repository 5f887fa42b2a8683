"""The value that stands for no value: in structured answers, `None` is one."""

from __future__ import annotations

from typing import Final

__all__ = ["ABSENT"]


class _Absent:
    """The type of `ABSENT`."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = _Absent()
"""Stands for a value that is not there, or not yet."""
