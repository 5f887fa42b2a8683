"""Plans how a reply goes out: which bytes in which writes, where it pauses, how it ends.

Everything is turned into offsets in the body. Writes are cut at the offsets the chunking asks for,
at every offset with a pause, and at the offset where the answer is cut off; nothing here does I/O.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

from ._faults import Cut, Pause
from ._script import Chunking, Delivery, Hangup

__all__ = ["Body", "Plan", "Write", "make_hangup", "make_plan", "split_events"]

Ending = Literal["end", "close", "reset", "hold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A reply as rendered, before delivery.

    Attributes:
        events: The body, one item per wire event; joined they are the body.
        content_type: The media type.
        status: The HTTP status.
        streamed: Whether it is a stream (it is framed in chunks by default).
    """

    events: Sequence[bytes]
    content_type: str
    status: int = 200
    streamed: bool = False


@dataclass(frozen=True, slots=True)
class Write:
    """One write.

    Attributes:
        data: The bytes, never empty.
        pause: Seconds to wait before it.
        events: How many wire events are complete once it is out.
    """

    data: bytes
    pause: float
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A reply, ready to be sent.

    Attributes:
        head: Whether there is a response at all.
        status: The HTTP status.
        headers: All response headers.
        framing: How HTTP marks the body's end.
        delay: Seconds before the head.
        writes: The body.
        last_pause: Seconds to wait after the last write.
        ending: What follows: the proper end, or one of the failures.
    """

    head: bool
    status: int
    headers: Mapping[str, str]
    framing: Literal["chunked", "length", "close"]
    delay: float
    writes: Sequence[Write]
    last_pause: float
    ending: Ending


def make_plan(body: Body, delivery: Delivery) -> Plan:
    """Plans the reply: the rendered body, delivered as the script says."""
    events = [_dress(event, body.content_type, delivery) for event in body.events]
    ends = list(accumulate(map(len, events)))
    data = b"".join(events)
    cut = next((fault for fault in delivery.faults if isinstance(fault, Cut)), None)
    stop = len(data) if cut is None else _offset(cut, ends, len(data))
    pauses = _pauses(delivery, ends)
    framing = delivery.framing
    if framing == "auto":
        framing = "chunked" if body.streamed else "length"
    ending = _ending(cut, hold_open=delivery.hold_open)
    declared = stop if ending == "end" else max(len(data), stop + 1)
    return Plan(
        head=True,
        status=body.status,
        headers=_headers(body.content_type, framing, declared, delivery.headers),
        framing=framing,
        delay=delivery.delay_headers,
        writes=list(_writes(data, stop, delivery.chunking, pauses, ends)),
        last_pause=pauses.get(stop, 0.0),
        ending=ending,
    )


def make_hangup(hangup: Hangup) -> Plan:
    """Plans to answer nothing."""
    return Plan(
        head=False,
        status=0,
        headers={},
        framing="close",
        delay=hangup.delay_headers,
        writes=(),
        last_pause=0.0,
        ending=hangup.how,
    )


def split_events(body: bytes, content_type: str) -> list[bytes]:
    """Splits a body of unknown origin into wire events, as far as its media type allows."""
    lines = body.splitlines(keepends=True)
    if "event-stream" not in content_type:
        return lines if "ndjson" in content_type or "stream+json" in content_type else [body]
    events: list[bytes] = []
    current: list[bytes] = []
    for line in lines:
        current.append(line)
        if not line.strip(b"\r\n"):
            events.append(b"".join(current))
            current = []
    return [*events, b"".join(current)] if current else events


def _dress(event: bytes, content_type: str, delivery: Delivery) -> bytes:
    if "event-stream" not in content_type:
        return event
    if delivery.comment is not None:
        event = f": {delivery.comment}\n\n".encode() + event
    if delivery.newline is None:
        return event
    return event.replace(b"\r\n", b"\n").replace(b"\n", delivery.newline.encode())


def _offset(cut: Cut, ends: Sequence[int], size: int) -> int:
    if cut.unit == "bytes":
        return min(cut.after, size)
    return _event_offset(cut.after, ends)


def _event_offset(count: int, ends: Sequence[int]) -> int:
    if count <= 0 or not ends:
        return 0
    return ends[min(count, len(ends)) - 1]


def _pauses(delivery: Delivery, ends: Sequence[int]) -> dict[int, float]:
    pauses = dict.fromkeys(ends[:-1], delivery.delay) if delivery.delay else {}
    for fault in delivery.faults:
        if isinstance(fault, Pause):
            offset = _event_offset(fault.after, ends)
            pauses[offset] = pauses.get(offset, 0.0) + fault.seconds
    return pauses


def _cuts(chunking: Chunking, size: int, ends: Sequence[int]) -> Sequence[int]:
    match chunking:
        case "event":
            return ends
        case "byte":
            return range(1, size)
        case "whole":
            return ()
        case int():
            return range(max(1, chunking), size, max(1, chunking))
        case _:
            return [int(offset) for offset in chunking]


def _writes(
    data: bytes, stop: int, chunking: Chunking, pauses: Mapping[int, float], ends: Sequence[int]
) -> Iterator[Write]:
    offsets = {offset for offset in (*_cuts(chunking, len(data), ends), *pauses) if offset < stop}
    for start, end in pairwise(sorted({0, stop, *(o for o in offsets if o > 0)})):
        yield Write(data[start:end], pauses.get(start, 0.0), bisect_right(ends, end))


def _headers(
    content_type: str, framing: str, declared: int, extra: Mapping[str, str]
) -> dict[str, str]:
    headers = {"content-type": content_type}
    if framing == "chunked":
        headers["transfer-encoding"] = "chunked"
    elif framing == "length":
        headers["content-length"] = str(declared)
    else:
        headers["connection"] = "close"
    return headers | {name.lower(): value for name, value in extra.items()}


def _ending(cut: Cut | None, *, hold_open: bool) -> Ending:
    if cut is not None and cut.how != "clean":
        return cut.how
    return "hold" if hold_open else "end"
