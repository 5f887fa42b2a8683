"""What the patterns that recognise repeated events have in common."""

from __future__ import annotations

from typing import Any

__all__ = ["Pattern"]


class Pattern:
    """Recognises what equals the last one it learnt in everything but its text."""

    __slots__ = ()

    def learn(self, raw: Any, text: str) -> bool:
        """Take an event as the pattern.

        Args:
            raw: The event's JSON, or the SDK's object.
            text: Its text, as parsed.

        Returns:
            Whether a pattern could be made of it; otherwise nothing is recognised.
        """
        raise NotImplementedError

    def text(self, raw: Any) -> str | None:
        """Give the text of what fits the pattern that was learnt; `None` for anything else."""
        raise NotImplementedError
