"""The value of a structured stream on its way: pieces of an answer in, partial values out.

Strategy: the answer is either a call of the tool made for it, whose pieces the fold notes, or the
text of the chunks. Each piece is read once, and a partial value is made only when one is asked for
and something has changed. At the end the whole answer is validated, as a call without streaming
validates it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from ..errors import StreamClosed, StreamError, StreamNotFinished
from ._absent import ABSENT
from ._answer import answer_text, carry
from ._fold import GrowingCall
from ._json import JsonLimit, JsonReader
from ._partial import PartialTree
from ._response_schema import VALUE
from ._response_type import ResponseType
from ._run import StreamRun
from ._thinking import AnswerReader

__all__ = ["Growth"]


class Growth:
    """What has arrived of one structured answer.

    Args:
        run: The run of the stream that brings it.
        response: The response model.
        live: Whether the partial value goes on growing, instead of being a new object each time.

    Attributes:
        response: The response model.
        value: The complete value; `ABSENT` while there is none.
        ended: Whether everything has been given out.
    """

    __slots__ = (
        "_call",
        "_early",
        "_is_call",
        "_live",
        "_reader",
        "_run",
        "_tree",
        "ended",
        "response",
        "value",
    )

    def __init__(self, run: StreamRun, response: ResponseType, *, live: bool) -> None:
        self.response: ResponseType = response
        self.value: Any = ABSENT
        self.ended: bool = False
        self._run = run
        self._live = live
        self._tree: PartialTree | None = None
        self._reader: JsonReader | AnswerReader | None = None
        self._call: GrowingCall | None = None
        self._is_call: bool | None = None
        self._early: dict[int, list[str]] = {}

    def partial(self, chunk: Any) -> Any:
        """The partial value after a chunk; `ABSENT` if it has brought nothing to see.

        Raises:
            StreamError: The answer is nested too deeply, or too long.
        """
        tree = self._tree
        if tree is None:
            tree = self._begin(self.response.growing(self._run.context.fn_args))
        self._read(chunk)
        if not tree.changed:
            return ABSENT
        tree.changed = False
        return self.response.partial(tree, live=self._live)

    def begin_items(self) -> None:
        """Give the items of a list, each when it is complete, instead of partial values.

        Raises:
            StreamError: The stream was started already.
            TypeError: The response model is no list.
        """
        tree = self.response.items()
        if self._run.state != "pending" or self._tree is not None:
            raise StreamError("Items must be asked for before the stream is started.")
        self._begin(tree)

    def new_items(self, chunk: Any) -> Sequence[Any]:
        """The items that a chunk has completed.

        Raises:
            StreamError: The answer is nested too deeply, or too long.
            ValidationError: An item does not fit; `_response` is what has arrived.
        """
        try:
            self._read(chunk)
        except ValidationError as error:
            carry(error, self._run.rebuild())
            raise
        answer: Any = ABSENT if self._tree is None else self._tree.live
        items: list[Any] = [] if answer is ABSENT else answer.get(VALUE, [])
        new = items[:]
        items.clear()
        return new

    def finish(self) -> Any:
        """The complete value; `ABSENT` if the model called a tool of the user's instead.

        Raises:
            StreamClosed: The stream was closed, by another thread or task, while it was read.
            ValidationError: The answer does not fit; `_response` is the response.
        """
        self.ended = True
        if self._run.state == "closed":
            raise StreamClosed(
                "The stream was closed before its value was complete.", rebuild=self._run.rebuild
            )
        self.value = self.response.value(self._run.rebuild())
        return self.value

    def complete(self) -> Any:
        """The complete value of a stream that was read.

        Raises:
            StreamNotFinished: It was not read to its end.
            StreamError: The model called a tool instead.
            ValidationError: The answer does not fit; `_response` is the response.
        """
        if self.value is not ABSENT:
            return self.value
        if self._run.state != "finished":
            raise StreamNotFinished(
                f"The stream is {self._run.state.replace('_', ' ')}: only one that was read to its "
                "end has a complete value."
            )
        if self.finish() is ABSENT:
            raise StreamError(
                "There is no value: the model called a tool instead; see the stream's `tools`.",
                rebuild=self._run.rebuild,
            )
        return self.value

    def _begin(self, tree: PartialTree) -> PartialTree:
        self._tree = tree
        self._reader = JsonReader(tree)
        return tree

    def _read(self, chunk: Any) -> None:
        reader: Any = self._reader
        if reader is None:
            return
        if self._is_call is None:
            self._is_call = self.response.name in (self._run.context.tools or {})
            if not self._is_call:
                reader = self._reader = AnswerReader(reader)
        grown = self._run.grown or []
        if self._is_call:
            pieces = [each for call, piece in grown for each in self._of_answer(call, piece)]
        else:
            pieces = [answer_text(chunk)]
        grown.clear()
        try:
            for piece in pieces:
                reader.feed(piece)
        except JsonLimit as error:
            raise StreamError(
                f"The answer cannot be shown: {error}", rebuild=self._run.rebuild
            ) from error

    def _of_answer(self, call: GrowingCall, piece: str) -> Sequence[str]:
        """The pieces of the answer that become known with a piece of a call's arguments."""
        if call is self._call:
            return (piece,)
        if self._call is not None:
            return ()
        if not self.response.name.startswith(call.name):
            self._early.pop(id(call), None)
            return ()
        early = self._early.setdefault(id(call), [])
        early.append(piece)
        if call.name != self.response.name:
            # It is not known yet which tool is called.
            return ()
        self._call = call
        return early
