"""The fast reader: bytes of a plain event stream turned into wire events, with a way back.

Strategy: an SDK builds a typed object for every event, and that is nearly all of its cost. The
reader splits what one network read brought into events with one search, parses each once, and
leaves the typed object to whoever asks for it. It knows only the plain form of server-sent events,
`data: {...}` with or without an `event:` line before it, in UTF-8 with LF line ends.

Rules: what is not plain is not guessed at. A failure that the provider reports, an unknown kind
of event, a carriage return, several data lines, text that is not a JSON object: the reader stops,
keeps every byte it has not used, and the SDK's own iterator, not yet started, goes on from there.
So odd input means what it means to the SDK that is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, Protocol

from jiter import from_json

from ._fold import Fold, Step
from ._guard import is_untouched
from ._record import Record

__all__ = ["EventReader", "FastPath", "Wire"]

_LINE_FEED, _CARRIAGE_RETURN = b"\n\r"
_END = b"\n\n"
"""What ends an event. An event's bytes are given with it, as they came."""


class Wire(Record):
    """How a provider's event stream looks where it is plain.

    Attributes:
        end: What the block that marks the end begins with, such as `b"data: [DONE]"` or the
            `event:` line of the last event.
        last: The type of the event that marks the end, where one does: what an SDK reads after it
            is no part of the answer either.
        text: What comes before the data of the events that carry text.
        known: The names of events, where they have names; an event without one of these is for
            the SDK to judge.
        skipped: Names of events that say nothing, and that the SDK does not show either.
        error_keys: The fields that make an event a failure, which the SDK has to judge.
        needed_key: The field without which an event is for the SDK to judge; empty if there is
            none.
    """

    end: bytes
    last: str = ""
    text: bytes = b"data: "
    known: frozenset[bytes] = frozenset()
    skipped: frozenset[bytes] = frozenset()
    error_keys: tuple[str, ...] = ("error",)
    needed_key: str = ""


class FastPath(Record):
    """What a provider's streams have to be for the fast reader to read under them.

    Attributes:
        wire: How the event stream looks.
        stream: The exact class of the SDK's synchronous streams.
        async_stream: The exact class of the SDK's asynchronous streams.
        method: Gives the method of a client that opens a synchronous stream.
        async_method: Gives the method of a client that opens an asynchronous stream.
        untouched: Whether nobody wrapped, patched or started a stream: takes what was opened,
            the class and the method.
    """

    wire: Wire
    stream: type[Any]
    async_stream: type[Any]
    method: Callable[[Any], Any]
    async_method: Callable[[Any], Any]
    untouched: Callable[[Any, type[Any], Any], bool] = is_untouched


class Folding(Protocol):
    """Where events go.

    Attributes:
        events: The number of events so far.
    """

    events: int

    @property
    def fold(self) -> Fold:
        """What takes the events in."""
        ...


class EventReader:
    """Splits and parses what each network read brings, and gives it to a fold.

    Args:
        wire: How the event stream looks.
        folding: Where the events go.

    Attributes:
        tail: The beginning of an event whose end has not come.
        state: `more`: it wants more bytes. `done`: the end marker was read. `failed`: a failure
            was reported. `handed_back`: what comes next is for the SDK.
    """

    __slots__ = ("_folding", "_pieces", "_wire", "state", "tail")

    def __init__(self, wire: Wire, folding: Folding) -> None:
        self.state: Literal["more", "done", "failed", "handed_back"] = "more"
        self._folding = folding
        self._wire = wire
        self.tail: bytes = b""
        self._pieces: list[bytes] = []

    @property
    def unused(self) -> bytes:
        """The bytes that belong to no event that was given."""
        return self.tail + b"".join(self._pieces)

    def feed(self, data: bytes) -> Iterable[Step]:
        """Take the bytes of one network read in.

        Returns:
            The steps of the events they complete. An event is folded when its steps are asked
            for, and all have to be before the next bytes are fed, or `state` is looked at.
        """
        if self.tail:
            if _LINE_FEED not in data:
                # A long event in many reads is joined once, when its end comes.
                self._pieces.append(data)
                return ()
            data = self.unused + data
            self._pieces.clear()
        if _CARRIAGE_RETURN in data:
            self.tail, self.state = data, "handed_back"
            return ()
        blocks = data.split(_END)
        self.tail = blocks.pop()
        return self._steps(blocks) if blocks else ()

    def _steps(self, blocks: list[bytes]) -> Iterator[Step]:
        folding = self._folding
        prefix, fold = self._wire.text, folding.fold
        start = len(prefix)
        for number, block in enumerate(blocks):
            raw = block + _END
            step = fold.feed_text(raw)
            if step is not None:
                folding.events += 1
                yield step
                continue
            data = block[start:] if block.startswith(prefix) else b""
            if not data or _LINE_FEED in data:
                said = self._data(block)
                if said is None:
                    continue
                data = said
            is_end = block.startswith(self._wire.end)
            if (event := self._parsed(data)) is not None:
                folding.events += 1
                yield from fold.feed(event, raw)
                if fold.failure is not None:
                    self.state = "failed"
                    return
            elif not is_end:
                self.tail = _END.join((*blocks[number:], self.tail))
                self.state = "handed_back"
                return
            if is_end:
                # What follows the end marker is no part of the answer.
                self.state = "done"
                return

    def _parsed(self, data: bytes) -> Any:
        """The event in a block's data; `None` where the SDK has to judge."""
        wire = self._wire
        try:
            event = from_json(data)
        except ValueError:
            return None
        if event.__class__ is not dict:
            return None
        for key in wire.error_keys:
            if event.get(key):
                return None
        return None if wire.needed_key and wire.needed_key not in event else event

    def _data(self, block: bytes) -> bytes | None:
        """The data of a block; `None` for one that says nothing, empty where it is not plain."""
        if block[:1] == b":" and _LINE_FEED not in block:
            return None
        known = self._wire.known
        head, _, rest = block.partition(b"\n") if known else (b"", b"", block)
        raw = rest[6:] if rest[:6] == b"data: " else rest[5:] if rest[:5] == b"data:" else b""
        if _LINE_FEED in raw:
            return b""
        if not known:
            return raw
        name = head[7:] if head[:7] == b"event: " else b""
        if name in self._wire.skipped:
            return None
        return raw if name in known else b""
