"""Tools that are shown while the model writes their arguments.

Strategy: a fold is wrapped. It notes the pieces of arguments that an event brings; each makes the
partial value of its call grow, and is shown as a tool with that piece as its `delta`, before what
else the event has completed. The fold below knows nothing of it, so that a partial tool is never
counted as a call.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ._absent import ABSENT
from ._fold import Fold, GrowingCall, Grown, Step
from ._json import JsonLimit, JsonReader
from ._partial import PartialTree
from ._partial_types import plan_of_class
from .tool import BaseTool, Received, attach

__all__ = ["PartialToolsFold"]


class _Writing:
    """A call whose arguments are being written."""

    __slots__ = ("_reader", "_tree", "call")

    def __init__(self, call: GrowingCall, tool_class: type[BaseTool]) -> None:
        # Kept, so that no other call takes its place in memory and is taken for it.
        self.call = call
        self._tree = PartialTree(plan_of_class(tool_class))
        self._reader = JsonReader(self._tree)

    def add(self, piece: str) -> BaseTool | None:
        """The tool as it is after a piece; `None` while there is nothing to see."""
        try:
            self._reader.feed(piece)
        except JsonLimit:
            # What is too much to show is still a call, complete in the end.
            return None
        tool: Any = self._tree.snapshot()
        if tool is ABSENT:
            return None
        if tool is self._tree.live:
            tool = tool.model_copy()
        shown: BaseTool = tool
        attach(shown, Received(self.call.name, id=self.call.id, delta=piece))
        return shown


class PartialToolsFold:
    """A fold that shows tools while they are written, and is the fold it wraps in all else.

    Args:
        fold: The fold of the answer.
        grown: Where it notes the pieces of arguments.
        tools: The offered tools by name.
    """

    def __init__(self, fold: Fold, grown: Grown, tools: Mapping[str, type[BaseTool]]) -> None:
        self._fold = fold
        self._grown = grown
        self._tools = tools
        self._writing: dict[int, _Writing] = {}
        self._waiting: list[BaseTool] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._fold, name)

    def feed_text(self, raw: Any) -> Step | None:
        """Take the next event in, if it differs from the last one in its text alone."""
        # What waits is shown with the next event, which goes the long way then.
        step = None if self._waiting else self._fold.feed_text(raw)
        # A piece of the arguments of one call makes one partial tool.
        return self._with_partials((step,))[0] if step is not None and self._grown else step

    def feed(self, event: Any, raw: Any = None) -> Sequence[Step]:
        """Take the next wire event in."""
        return self._with_partials(self._fold.feed(event, raw))

    def finish(self) -> Sequence[Step]:
        """Say that no more input will come; gives what was still held."""
        return self._with_partials(self._fold.finish())

    def _with_partials(self, steps: Sequence[Step]) -> Sequence[Step]:
        if self._grown:
            self._waiting += filter(None, (self._partial(*each) for each in self._grown))
            self._grown.clear()
        if not self._waiting or not steps:
            return steps
        partials = list(self._waiting)
        self._waiting.clear()
        # The newest event is the one that the last of the chunks shows which is no echo.
        at = max(i for i, (chunk, _) in enumerate(steps) if i == 0 or not chunk.is_echo)
        chunk, tool = steps[at]
        shown = [*partials, *([] if tool is None else [tool])]
        first, *others = shown
        echoes = [(chunk.as_echo(), each) for each in others]
        return [*steps[:at], (chunk, first), *echoes, *steps[at + 1 :]]

    def _partial(self, call: GrowingCall, piece: str) -> BaseTool | None:
        writing = self._writing.get(id(call))
        if writing is None:
            tool_class = self._tools.get(call.name)
            if tool_class is None:
                return None
            writing = self._writing[id(call)] = _Writing(call, tool_class)
        return writing.add(piece)
