"""The fast reader: bytes of a plain event stream turned into wire events, with a way back.

Strategy: an SDK builds a typed object for every event, and that is nearly all of its cost. The
reader splits what one network read brought into events with one search, parses each once, and
leaves the typed object to whoever asks for it. It knows only the plain form of server-sent events,
`data: {...}` with or without an `event:` line before it, in UTF-8 with LF line ends.

Rules: what is not plain is not guessed at. A failure that the provider reports, an unknown kind of
event, a carriage return, several data lines, text that is not a JSON object: the reader stops, keeps
every byte it has not used, and the SDK's own iterator, not yet started, goes on from there. So odd
input means what it means to the SDK that is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from jiter import from_json

__all__ = ["EventReader", "FastPath", "Wire"]

_LINE_FEED, _CARRIAGE_RETURN = b"\n\r"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """How a provider's event stream looks where it is plain.

    Attributes:
        named: Whether events have an `event:` line.
        end: The block that marks the end, such as `b"data: [DONE]"`; empty if there is none.
        skipped: Names of events that say nothing, and that the SDK does not show either.
        special: Names of events that the SDK has to judge, such as errors.
        error_key: The field that makes an event a failure, which the SDK has to judge; empty if
            events have none.
    """

    named: bool = False
    end: bytes = b""
    skipped: frozenset[bytes] = frozenset()
    special: frozenset[bytes] = frozenset()
    error_key: str = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class FastPath:
    """What a provider's streams have to be for the fast reader to read under them.

    Attributes:
        wire: How the event stream looks.
        stream: The exact class of the SDK's synchronous streams.
        async_stream: The exact class of the SDK's asynchronous streams.
        method: Gives the method of a client that opens a synchronous stream.
        async_method: Gives the method of a client that opens an asynchronous stream.
    """

    wire: Wire
    stream: type[Any]
    async_stream: type[Any]
    method: Callable[[Any], Any]
    async_method: Callable[[Any], Any]


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
        self._tail = b""
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
        tail = self._tail
        if tail:
            if b"\n" not in data:
                # A long event in many reads is joined once, when its end comes.
                self._pieces.append(data)
                return ()
            if self._pieces:
                tail += b"".join(self._pieces)
                self._pieces = []
            data = tail + data
        if _CARRIAGE_RETURN in data:
            self._tail, self.state = data, "handed_back"
            return ()
        blocks = data.split(b"\n\n")
        self._tail = blocks.pop()
        events: list[tuple[Any, bytes]] = []
        error_key, text_of = self._wire.error_key, self._text
        for number, block in enumerate(blocks):
            if block[:7] == b"data: {" and _LINE_FEED not in block:
                raw = block[6:]
                if (text := text_of(raw)) is not None:
                    events.append((text, raw))
                    continue
            elif (raw := self._data(block)) is None:
                continue
            try:
                event = from_json(raw)
            except ValueError:
                event = None
            if event.__class__ is dict and not (error_key in event and event[error_key]):
                events.append((event, raw))
                continue
            if block == self._wire.end:
                # What follows the end marker is no part of the answer.
                self.state = "done"
                return events
            self._tail = b"\n\n".join((*blocks[number:], self._tail))
            self.state = "handed_back"
            break
        return events

    def _data(self, block: bytes) -> bytes | None:
        """The data of a block; `None` for one that says nothing, empty where it is not plain."""
        if block[:1] == b":" and _LINE_FEED not in block:
            return None
        head, _, rest = block.partition(b"\n") if self._wire.named else (b"", b"", block)
        raw = rest[6:] if rest[:6] == b"data: " else rest[5:] if rest[:5] == b"data:" else b""
        if _LINE_FEED in raw or (head and head[:7] != b"event: "):
            return b""
        name = head[7:]
        if name in self._wire.special:
            return b""
        return None if name in self._wire.skipped else raw
