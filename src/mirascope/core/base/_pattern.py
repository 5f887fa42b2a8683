"""What the patterns that recognise repeated events have in common: when they learn, and give up."""

from __future__ import annotations

from typing import Any

__all__ = ["Pattern"]

_TRIES = 8


class Pattern:
    """Recognises what equals the last one it learnt in everything but its text."""

    __slots__ = ("_failures",)

    def __init__(self) -> None:
        self._failures = 0

    @property
    def is_known(self) -> bool:
        """Whether there is something to be recognised."""
        raise NotImplementedError

    @property
    def wanted(self) -> bool:
        """Whether there is nothing, and events have not been found to give nothing."""
        return not self.is_known and self._failures < _TRIES

    def learn(self, raw: Any, text: str) -> bool:
        """Take an event as the pattern.

        Args:
            raw: The event's JSON, or the SDK's object.
            text: Its text, as parsed.

        Returns:
            Whether a pattern could be made of it.
        """
        self.take(raw, text)
        self._failures += not self.is_known
        return self.is_known

    def take(self, raw: Any, text: str) -> None:
        """Make the pattern of an event, or none if that cannot be."""
        raise NotImplementedError

    def forget(self) -> None:
        """Recognise nothing until the next event is learnt."""
        raise NotImplementedError

    def text(self, raw: Any) -> str | None:
        """Give the text of what fits the pattern; `None` for anything else."""
        raise NotImplementedError
