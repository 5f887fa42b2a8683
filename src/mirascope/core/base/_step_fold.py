"""How folds make steps: a view for each event, and an echo of it for each further tool."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ._fold import Step
from .tool import BaseTool

__all__ = ["StepFold"]


class StepFold:
    """What most folds have in common: nothing is held back, nothing recognised unread."""

    view: type[Any]
    """The class of the chunk views."""

    _last: Any = None
    """The view of the last event."""

    def release(self) -> Sequence[Step]:
        """Give what was held back: nothing is."""
        return ()

    def feed_text(self, raw: Any) -> Step | None:  # noqa: ARG002  # for who has patterns
        """Take the next event in, if it differs from the last one in its text alone: none does."""
        return None

    def _steps(self, view: Any, tools: Sequence[BaseTool]) -> list[Step]:
        """The steps of the last event: its view, with the first of the tools it completed."""
        return [(view, tools[0]), *self._echoes(tools[1:])] if tools else [(view, None)]

    def _echoes(self, tools: Sequence[BaseTool]) -> list[Step]:
        """A step for each tool, with a view of the last event that says nothing again."""
        return [(self._last.as_echo(), tool) for tool in tools]
