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

from collections.abc import Callable, Sequence
from typing import Any, Literal

from jiter import from_json

from ._guard import is_untouched
from ._record import Record

__all__ = ["EventReader", "FastPath", "Wire"]

_LINE_FEED, _CARRIAGE_RETURN = b"\n\r"


class Wire(Record):
    """How a provider's event stream looks where it is plain.

    Attributes:
        end: What the block that marks the end begins with, such as `b"data: [DONE]"` or the
            `event:` line of the last event.
        text: What comes before the data of the events that carry text.
        known: The names of events, where they have names; an event without one of these is for
            the SDK to judge.
        skipped: Names of events that say nothing, and that the SDK does not show either.
        error_key: The field that makes an event a failure, which the SDK has to judge; empty if
            events have none.
        needed_key: The field without which an event is for the SDK to judge; empty if there is
            none.
    """

    end: bytes
    text: bytes = b"data: "
    known: frozenset[bytes] = frozenset()
    skipped: frozenset[bytes] = frozenset()
    error_key: str = "error"
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


class EventReader:
    """Splits and parses what each network read brings.

    Attributes:
        state: `more`: it wants more bytes. `done`: the end marker was read. `handed_back`: what
            comes next is for the SDK.
    """

    __slots__ = ("_pieces", "_tail", "_text", "_wire", "state")

    def __init__(self, wire: Wire, text: Callable[[bytes], str | None]) -> None:
        """Make a reader.

        Args:
            wire: How the event stream looks.
            text: Gives the text of an event that need not be parsed; `None` for others.
        """
        self.state: Literal["more", "done", "handed_back"] = "more"
        self._text = text
        self._wire = wire
        self._tail: bytes = b""
        self._pieces: list[bytes] = []

    @property
    def unused(self) -> bytes:
        """The bytes that belong to no event that was given."""
        return self._tail + b"".join(self._pieces)

    def feed(self, data: bytes) -> Sequence[tuple[Any, bytes]]:
        """Take the bytes of one network read in.

        Returns:
            The events they complete: each as JSON data, or as its mere text, and as its bytes.
        """
        prefix, start = self._wire.text, len(self._wire.text)
        if self._tail:
            if _LINE_FEED not in data:
                # A long event in many reads is joined once, when its end comes.
                self._pieces.append(data)
                return ()
            data = self.unused + data
            self._pieces.clear()
        elif data.startswith(prefix) and data.endswith(b"\n\n"):
            # Most reads bring one event with text.
            raw = data[start:-2]
            if _LINE_FEED not in raw and _CARRIAGE_RETURN not in raw:
                text = self._text(raw)
                if text is not None:
                    return ((text, raw),)
        if _CARRIAGE_RETURN in data:
            self._tail, self.state = data, "handed_back"
            return ()
        blocks = data.split(b"\n\n")
        self._tail = blocks.pop()
        return self._events(blocks)

    def _events(self, blocks: list[bytes]) -> list[tuple[Any, bytes]]:
        text_of, prefix, start = self._text, self._wire.text, len(self._wire.text)
        events: list[tuple[Any, bytes]] = []
        for number, block in enumerate(blocks):
            raw = block[start:] if block.startswith(prefix) else b""
            if raw and _LINE_FEED not in raw:
                if (text := text_of(raw)) is not None:
                    events.append((text, raw))
                    continue
            elif (said := self._data(block)) is None:
                continue
            else:
                raw = said
            # What is recognised is known from the events folded so far, and this one is not yet.
            text_of = _unrecognised
            is_end = block.startswith(self._wire.end)
            if (event := self._parsed(raw)) is not None:
                events.append((event, raw))
            elif not is_end:
                self._tail = b"\n\n".join((*blocks[number:], self._tail))
                self.state = "handed_back"
                break
            if is_end:
                # What follows the end marker is no part of the answer.
                self.state = "done"
                break
        return events

    def _parsed(self, raw: bytes) -> Any:
        """The event in a block's data; `None` where the SDK has to judge."""
        wire = self._wire
        try:
            event = from_json(raw)
        except ValueError:
            return None
        if event.__class__ is not dict or event.get(wire.error_key):
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


def _unrecognised(raw: bytes) -> None:  # noqa: ARG001  # stands for the fold's `text_of`
    return None
