"""The fold: a pure object per provider that turns wire events into steps and a full response.

The laws every fold keeps (each is a property test, for every provider):

1. Every wire event is shown in at least one step, in order; no chunk is hidden, no text delayed.
2. Joining `chunk.content` over the steps gives `response.content`.
3. The tools of the steps are the response's tools: in order, none twice, none lost at the end
   of input, each with its complete arguments.
4. `feed` is total: an unknown event is shown, never raised on.
5. Splitting or merging deltas on the wire changes neither the response nor the tools.
6. Folding a response that was split into events gives that response again, for every field the
   wire carries.
7. A fold is pure and linear: n events cost O(n) time, and memory grows with the answer's text,
   not with the number of events.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from ._record import Record
from .tool import BaseTool
from .types import Usage

__all__ = ["Fold", "FoldContext", "GrowingCall", "Grown", "Step"]

Step = tuple[Any, BaseTool | None]
"""What a stream yields: a chunk view, and the tool this chunk completed."""


class GrowingCall(Protocol):
    """A tool call that is still being written.

    Attributes:
        name: The tool's name, empty while it is not known.
        id: The call's id, or `None`.
    """

    @property
    def name(self) -> str: ...
    @property
    def id(self) -> str | None: ...


Grown: TypeAlias = list[tuple[GrowingCall, str]]
"""The pieces of tool calls' arguments that have arrived, each with the call it belongs to."""


class FoldContext(Record):
    """What a fold has to know of the call it belongs to.

    Attributes:
        model: The model's name as asked for.
        tools: The offered tools by name; `None` where no tools were offered.
        dialect: Which of its languages the provider speaks, where it has several.
        grown: Where to note the pieces of tool calls' arguments as they arrive, for who takes
            them out again; `None` if nobody asks.
    """

    model: str
    tools: Mapping[str, type[BaseTool]] | None = None
    dialect: str = ""
    grown: Grown | None = None


class Fold(Protocol):
    """Wire events in, steps out, and at any time the full response of what was seen.

    Attributes:
        failure: The provider's own description of a failure that it reported as an event; the
            stream raises it after that event's steps. `None` while there is none.
    """

    failure: Any

    @property
    def complete(self) -> bool:
        """Whether the provider has said that the answer is finished."""
        ...

    @property
    def content(self) -> str:
        """The text so far."""
        ...

    @property
    def reasoning(self) -> str | None:
        """The model's reasoning so far, or `None` if there was none."""
        ...

    @property
    def refusal(self) -> str | None:
        """The model's refusal so far, or `None` if there was none."""
        ...

    @property
    def model(self) -> str | None:
        """The model's name as the provider gave it, or `None`."""
        ...

    @property
    def id(self) -> str | None:
        """The answer's id, or `None`."""
        ...

    @property
    def finish_reasons(self) -> list[Any] | None:
        """The finish reasons so far, or `None` if there were none."""
        ...

    @property
    def usage(self) -> Any:
        """The provider's usage object so far, or `None`."""
        ...

    @property
    def common_usage(self) -> Usage | None:
        """The usage in provider-neutral terms, or `None`."""
        ...

    @property
    def tools(self) -> list[BaseTool]:
        """The tools handed out so far, in order."""
        ...

    def feed(self, event: Any, raw: Any = None) -> Sequence[Step]:
        """Take the next wire event in.

        Args:
            event: The event as plain JSON data; `None` if this fold reads `raw` itself.
            raw: What the view builds `chunk.chunk` from, if not from the event: the SDK's own
                object, or the event's bytes.
        """
        ...

    def feed_text(self, raw: Any) -> Step | None:
        """Take the next event in, if it differs from the last one in its text alone.

        Such an event need not be parsed, nor turned into plain data.

        Args:
            raw: The event's bytes, as they came, or the SDK's object.

        Returns:
            Its step; `None` if the event is another one, which has to be fed as such.
        """
        ...

    def finish(self) -> Sequence[Step]:
        """Say that no more input will come; gives what was still held."""
        ...

    def release(self) -> Sequence[Step]:
        """Give what was held back, without saying that no more will come: the input has failed."""
        ...

    def response(self) -> Any:
        """The SDK's full response, as far as it has arrived."""
        ...
