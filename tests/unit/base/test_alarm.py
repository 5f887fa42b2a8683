"""What ends an asynchronous wait that takes too long."""

from __future__ import annotations

import asyncio
import contextlib
from types import SimpleNamespace
from typing import Any

import pytest

from mirascope.core.base._alarm import Alarm, reading_task
from mirascope.core.base._read_limit import ReadLimit, take_read_limit


class TookTooLong(Exception):
    """What an HTTP library raises."""


def reads(seconds: float) -> ReadLimit:
    """A limit on reads."""
    return ReadLimit(seconds=seconds, failure=TookTooLong)


def response(version: str = "HTTP/1.1", read: Any = 5.0, **extensions: Any) -> Any:
    """As much of a response of the HTTP library as is looked at."""
    import httpx

    request = httpx.Request("GET", "http://x", extensions={"timeout": {"read": read}})
    found = httpx.Response(200, request=request)
    found.extensions = {"http_version": version.encode(), "network_stream": object(), **extensions}
    return found


class Connection:
    """As much of a connection of `aiohttp` as is looked at."""

    def __init__(self, told: float | None = 5.0) -> None:
        self.told = self.timer = told

    @property
    def read_timeout(self) -> float | None:
        """The limit."""
        return self.told

    @read_timeout.setter
    def read_timeout(self, seconds: float | None) -> None:
        self.told = seconds

    def start_timeout(self) -> None:
        """Set the timer anew."""
        self.timer = self.told


def over_aiohttp(connection: Any) -> Any:
    """A response whose body is read from one of `aiohttp`, two bodies below."""
    import httpx

    class Body(httpx.AsyncByteStream):
        def __init__(self, below: Any) -> None:
            self.below = below

    kind = type("ClientResponse", (SimpleNamespace,), {"__module__": "aiohttp.client"})
    found = response(network_stream=None)
    found.stream = Body(Body(kind(connection=SimpleNamespace(protocol=connection))))
    return found


def test_a_limit_is_taken_off_to_be_kept() -> None:
    """It goes with what the HTTP library raises when it passes."""
    import httpx

    found = response()

    limit = take_read_limit(found)

    assert limit is not None
    assert (5.0, httpx.ReadTimeout) == (limit.seconds, limit.failure)
    assert found.request.extensions["timeout"]["read"] is None


@pytest.mark.parametrize(
    "found",
    [
        response("HTTP/2"),
        response(network_stream=None),
        response(read=None),
        response(read=float("inf")),
        SimpleNamespace(http_version="HTTP/1.1", extensions={"network_stream": object()}),
        SimpleNamespace(
            http_version="HTTP/1.1",
            extensions={"network_stream": object()},
            request=SimpleNamespace(extensions={"timeout": {"read": 5.0}}),
        ),
    ],
    ids=[
        "shared",
        "another's transport",
        "no limit",
        "endless",
        "no request",
        "another's response",
    ],
)
def test_a_limit_stays_where_it_cannot_be_kept(found: Any) -> None:
    """Where anything is not as with the HTTP library itself, that library goes on keeping it."""
    extensions = getattr(getattr(found, "request", None), "extensions", None)
    before = repr(extensions)

    assert take_read_limit(found) is None
    assert before == repr(extensions)


def test_a_limit_is_taken_off_a_connection_of_aiohttp() -> None:
    """The one it was given counts, whatever the request says; its timer runs."""
    connection = Connection(3.0)

    limit = take_read_limit(over_aiohttp(connection))

    assert limit is not None
    assert 3.0 == limit.seconds
    assert connection.told is None
    assert connection.timer is None


@pytest.mark.parametrize("told", [None, 0])
def test_a_connection_of_aiohttp_without_a_limit(told: float | None) -> None:
    """Nothing is kept that was not kept before."""
    assert take_read_limit(over_aiohttp(Connection(told))) is None


def test_a_connection_of_aiohttp_that_is_not_told_a_limit_so() -> None:
    """It goes on keeping what it was given in another way."""
    connection = SimpleNamespace(read_timeout=5.0)

    assert take_read_limit(over_aiohttp(connection)) is None
    assert 5.0 == connection.read_timeout


def test_an_alarm_that_was_not_heard_is_taken_back() -> None:
    """A wait that gives something all the same leaves no cancellation to the next one."""

    async def run() -> tuple[int, str]:
        alarm = Alarm(reads(0.01))
        alarm.begin(reading_task())
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(20)
        alarm.end()
        task = asyncio.current_task()
        assert task is not None
        left = task.cancelling()
        alarm.begin(reading_task())
        alarm.end()
        await asyncio.sleep(0.05)
        alarm.stop()
        return left, "undisturbed"

    assert (0, "undisturbed") == asyncio.run(run())


def test_an_alarm_counts_from_the_beginning_of_each_wait() -> None:
    """Waits that are each short enough may take longer together."""

    async def run() -> int:
        alarm = Alarm(reads(0.8))
        for _ in range(6):
            alarm.begin(reading_task())
            await asyncio.sleep(0.2)
            alarm.end()
        with pytest.raises(asyncio.CancelledError) as caught:
            alarm.begin(reading_task())
            await asyncio.sleep(20)
        assert isinstance(alarm.judged(caught.value), TookTooLong)
        task = asyncio.current_task()
        assert task is not None
        return task.cancelling()

    assert 0 == asyncio.run(run())


def test_pieces_under_an_alarm() -> None:
    """Each has the limit to itself; the failure of the pieces themselves is their own."""

    async def pieces(*waits: float) -> Any:
        for seconds in waits:
            await asyncio.sleep(seconds)
            yield b"a"
        raise ConnectionError

    async def read(*waits: float) -> bytes:
        got = b""
        alarm = Alarm(reads(1))
        with pytest.raises(TookTooLong if 20 in waits else ConnectionError):
            async for piece in alarm.over(pieces(*waits)):
                got += piece
        alarm.stop()
        return got

    assert b"aaaa" == asyncio.run(read(0.3, 0.3, 0.3, 0.3))
    assert b"aa" == asyncio.run(read(0, 0.1, 20))
