"""Delivery plans as values: which bytes, in which writes, with which pauses and which end."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirascope.core.testing import Answer, Cut, Hangup, Pause
from mirascope.core.testing._delivery import Body, Write, make_hangup, make_plan, split_events

EVENTS = (b"data: a\n\n", b"data: bc\n\n", b"data: [DONE]\n\n")
SIZE = sum(map(len, EVENTS))
STREAM = Body(events=EVENTS, content_type="text/event-stream", streamed=True)
WHOLE = Body(events=[b"{}"], content_type="application/json")


def cut_up(**delivery: Any) -> list[bytes]:
    return [write.data for write in make_plan(STREAM, Answer(**delivery)).writes]


@pytest.mark.parametrize(
    ("chunking", "expected"),
    [
        ("event", list(EVENTS)),
        ("whole", [b"".join(EVENTS)]),
        ("byte", [bytes([byte]) for byte in b"".join(EVENTS)]),
        (20, [b"data: a\n\ndata: bc\n\nd", b"ata: [DONE]\n\n"]),
        ((4, 12, 4, 0, 99), [b"data", b": a\n\ndat", b"a: bc\n\ndata: [DONE]\n\n"]),
        ([], [b"".join(EVENTS)]),
    ],
)
def test_chunking(chunking: Any, expected: list[bytes]):
    """The body is cut where the chunking says, and nowhere else."""
    assert expected == cut_up(chunking=chunking)


@given(
    chunking=st.sampled_from(["event", "byte", "whole"])
    | st.integers(-1, 50)
    | st.lists(st.integers(-5, 60)),
    after=st.integers(0, 60),
    pause=st.integers(0, 5),
)
def test_nothing_is_lost(chunking: Any, after: int, pause: int):
    """The writes join to the body up to the cut, and no write is empty (it would end a body)."""
    faults = [Cut(after=after, unit="bytes"), Pause(seconds=1, after=pause)]
    writes = cut_up(chunking=chunking, faults=faults)
    assert b"".join(EVENTS)[:after] == b"".join(writes)
    assert b"" not in writes


def test_events_are_counted_when_complete():
    """A write that ends inside an event does not count it."""
    plan = make_plan(STREAM, Answer(chunking=[4, 19]))
    assert [write.events for write in plan.writes] == [0, 2, 3]


@pytest.mark.parametrize(
    ("cut", "sent", "ending"),
    [
        (Cut(after=1), EVENTS[0], "close"),
        (Cut(after=2, how="reset"), EVENTS[0] + EVENTS[1], "reset"),
        (Cut(after=2, how="clean"), EVENTS[0] + EVENTS[1], "end"),
        (Cut(after=3, unit="bytes"), b"dat", "close"),
        (Cut(after=0), b"", "close"),
        (Cut(after=99), b"".join(EVENTS), "close"),
        (Cut(after=99, unit="bytes"), b"".join(EVENTS), "close"),
    ],
)
def test_cut(cut: Cut, sent: bytes, ending: str):
    """An answer is cut after so many events or bytes, and ends as it is told to."""
    plan = make_plan(STREAM, Answer(faults=[cut]))
    assert (sent, ending) == (b"".join(write.data for write in plan.writes), plan.ending)


@pytest.mark.parametrize(
    ("delivery", "expected"),
    [
        ({}, "2"),
        ({"faults": [Cut(after=1, unit="bytes", how="clean")]}, "1"),
        ({"faults": [Cut(after=1, unit="bytes")]}, "2"),
        ({"faults": [Cut(after=99)]}, "3"),
        ({"hold_open": True}, "3"),
    ],
)
def test_declared_length(delivery: dict[str, Any], expected: str):
    """A length promises more than is sent exactly where the answer is to be seen as broken."""
    assert expected == make_plan(WHOLE, Answer(**delivery)).headers["content-length"]


@pytest.mark.parametrize(
    ("body", "framing", "name"),
    [
        (STREAM, "auto", "transfer-encoding"),
        (WHOLE, "auto", "content-length"),
        (STREAM, "length", "content-length"),
        (WHOLE, "chunked", "transfer-encoding"),
        (STREAM, "close", "connection"),
    ],
)
def test_framing(body: Body, framing: Any, name: str):
    """A stream is chunked, anything else has a length, unless told otherwise."""
    plan = make_plan(body, Answer(framing=framing))
    assert {"content-type", name} == set(plan.headers)


def test_headers_replace():
    """Given headers are added, or take the place of the server's own."""
    plan = make_plan(WHOLE, Answer(headers={"Content-Type": "text/html", "X-A": "b"}))
    assert plan.headers == {"content-type": "text/html", "content-length": "2", "x-a": "b"}


def test_pauses():
    """Delays come between events, pauses after so many, and both add up."""
    faults = [Pause(seconds=5, after=1), Pause(seconds=7, after=3), Pause(seconds=1)]
    plan = make_plan(STREAM, Answer(delay=0.5, faults=faults, chunking="whole"))
    expected = [Write(EVENTS[0], 1.0, 1), Write(EVENTS[1], 5.5, 2), Write(EVENTS[2], 0.5, 3)]
    assert expected == plan.writes
    assert plan.last_pause == 7.0


def test_a_pause_before_a_cut():
    """A pause where the answer is cut comes before the connection ends."""
    faults = [Cut(after=1), Pause(seconds=2, after=1), Pause(seconds=9, after=2)]
    plan = make_plan(STREAM, Answer(faults=faults))
    assert ([write.pause for write in plan.writes], plan.last_pause) == ([0.0], 2.0)


def test_comments_and_line_ends():
    """Comments come before every event, line ends are changed in events and comments."""
    expected = [b": hi\r\rdata: a\r\r", b": hi\r\rdata: bc\r\r", b": hi\r\rdata: [DONE]\r\r"]
    assert expected == cut_up(comment="hi", newline="\r")
    body = Body(events=[b"data: a\r\n\r\n"], content_type="text/event-stream")
    assert make_plan(body, Answer(newline="\n")).writes[0].data == b"data: a\n\n"
    assert make_plan(body, Answer()).writes[0].data == b"data: a\r\n\r\n"


def test_other_bodies_are_left_alone():
    """JSON has no comments, and its line ends are its own."""
    body = Body(events=[b"{\n}"], content_type="application/json")
    assert make_plan(body, Answer(comment="hi", newline="\r")).writes[0].data == b"{\n}"


def test_hold_open():
    """A body that is held open has no end, but a broken one stays broken."""
    assert make_plan(STREAM, Answer(hold_open=True)).ending == "hold"
    assert make_plan(STREAM, Answer(hold_open=True, faults=[Cut(how="reset")])).ending == "reset"


def test_hangup():
    """A hangup has no head."""
    plan = make_hangup(Hangup(how="reset", delay_headers=2))
    assert (plan.head, plan.delay, plan.ending, plan.writes) == (False, 2, "reset", ())


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (b"data: a\n\ndata: b\n\n", "text/event-stream", [b"data: a\n\n", b"data: b\n\n"]),
        (b"data: a\r\n\r\ndata: b", "text/event-stream", [b"data: a\r\n\r\n", b"data: b"]),
        (b"event: x\rdata: a\r\r", "text/event-stream", [b"event: x\rdata: a\r\r"]),
        (b"{}\n[]\n", "application/stream+json", [b"{}\n", b"[]\n"]),
        (b"{}\n[]", "application/x-ndjson", [b"{}\n", b"[]"]),
        (b"{\n}\n", "application/json", [b"{\n}\n"]),
        (b"", "text/event-stream", []),
    ],
)
def test_split_events(body: bytes, content_type: str, expected: list[bytes]):
    """A recording is split into events as its media type has them."""
    assert expected == split_events(body, content_type)


@given(st.binary(max_size=80))
def test_split_events_loses_nothing(body: bytes):
    """Whatever the bytes, the events join to them."""
    assert body == b"".join(split_events(body, "text/event-stream"))
