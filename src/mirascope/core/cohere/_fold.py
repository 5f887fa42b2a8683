"""What the folds of both versions share: steps, tools and echoes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..base._assemble import CallParts, ToolAssembler
from ..base._fold import FoldContext, Step
from ..base._narrow import is_object
from ..base._step_fold import StepFold
from ..base._tool_build import build_tool
from ..base.tool import BaseTool
from ._wire import common_finish_reasons
from .call_response_chunk import CohereCallResponseChunk
from .tool import CohereTool

__all__ = ["EventFold", "key_of"]


def key_of(index: Any) -> object:
    """What a block or a call is known by: its index, which may be missing."""
    return index if isinstance(index, (int, float)) else None


class EventFold(StepFold):
    """Shows every event of a stream, with the tools it completed.

    Attributes:
        tools: The tools handed out so far.
        failure: What Cohere reported as having gone wrong; the SDK does not raise it.
    """

    view: type[Any] = CohereCallResponseChunk

    model: str | None = None
    """Cohere does not say which model answers."""

    refusal: str | None = None
    """Cohere has no field for refusals."""

    def __init__(self, context: FoldContext) -> None:
        self.tools: list[BaseTool] = []
        self.failure: Any = None
        self._offered = context.tools
        self._top: dict[str, Any] = {}
        self._calls: ToolAssembler[BaseTool] = ToolAssembler(self._build)
        self._calls.grown = context.grown
        self._ended = False

    # What a version says.

    def take(self, event: Mapping[str, Any]) -> str:
        """Take an event in; gives the text it brings."""
        raise NotImplementedError

    def call_arguments(self, call: CallParts) -> Any:
        """The arguments of a complete call, as text or as an object."""
        raise NotImplementedError

    def native_call(self, call: CallParts) -> Any:
        """Build the SDK's tool call object."""
        raise NotImplementedError

    @property
    def finish_reasons(self) -> list[Any] | None:
        """The finish reason, as a list of one."""
        raise NotImplementedError

    # The fold.

    def feed(self, event: Any, raw: Any = None) -> Sequence[Step]:
        """Take the next event in."""
        text = self.take(event) if is_object(event) else ""
        view = self._last = CohereCallResponseChunk(event, content=text, raw=raw)
        calls = self._calls
        if not calls.calls:
            return [(view, None)]
        tools = self._handed(
            calls.take_all(cut=self._is_cut) if self._ended else calls.take_closed()
        )
        return self._steps(view, tools)

    def finish(self) -> Sequence[Step]:
        """Say that no more will come; calls that are still open are as complete as they get."""
        return self._echoes(self._handed(self._calls.take_all(cut=self._is_cut)))

    @property
    def complete(self) -> bool:
        """Whether the answer was ended."""
        return self._ended

    @property
    def _is_cut(self) -> bool:
        return not self._ended or common_finish_reasons(self.finish_reasons) == ["length"]

    def _handed(self, tools: list[BaseTool]) -> list[BaseTool]:
        if self._offered is None:
            return []
        self.tools += tools
        return tools

    def _build(self, call: CallParts) -> BaseTool:
        return build_tool(
            self._offered or {},
            CohereTool,
            name=call.name,
            arguments=self.call_arguments(call),
            tool_call=self.native_call(call),
            id=call.id,
            whole=not call.cut,
        )
