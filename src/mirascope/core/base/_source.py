"""What a driver reads from: the bytes under an SDK's stream, or what the stream itself yields.

Both give the same thing, the steps of a few wire events at a time. Where the fast reader stops, the
bytes it has not used are put back under the stream, and the SDK's own iterator, unstarted until
then, goes on.

Text that an SDK cannot read after the provider has ended the answer is no part of it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any, ClassVar

from ._alarm import Alarm, TimeLimit, reading_task
from ._connection import end_was_read, ends_marked, put_back, take_body
from ._deadline import Expired, Limits
from ._fold import Step
from ._narrow import is_object
from ._read_limit import ReadLimit, take_read_limit
from ._reader import EventReader
from ._run import StreamRun

__all__ = ["AsyncSource", "ObjectReader", "Source"]


class ObjectReader:
    """Gives the objects that an SDK yields to a fold; the counterpart of the reader of bytes.

    Args:
        run: The stream's run.

    Attributes:
        state: `more`: it wants more objects. `done`: the answer has ended, or failed.
        tail: Always empty: an object is a whole event.
    """

    __slots__ = ("_last", "_run", "state")

    tail: ClassVar[bytes] = b""

    def __init__(self, run: StreamRun) -> None:
        self.state = "more"
        self._run = run
        fast = run.adapter.fast
        self._last = "" if fast is None else fast.wire.last

    def feed(self, item: Any) -> Iterator[Step]:
        """Take an object in; it is folded when its steps are asked for."""
        self._run.events += 1
        event, raw = self._run.adapter.read(item)
        yield from self._run.fold.feed(event, raw)
        is_last = self._last and is_object(event) and event.get("type") == self._last
        if is_last or self._run.fold.failure is not None:
            self.state = "done"


class Source:
    """Reads the wire events of an open stream.

    Args:
        run: The stream's run.
        stream: The SDK's stream object.
        reader: The fast reader, where the stream is untouched.
        begin: Makes an iterator of the stream, or of the pieces below it.

    Attributes:
        reader: What the items are for: while its state is `more`, there is more to wait for.
        items: The iterator of what is waited for.
    """

    __slots__ = ("_begin", "_pieces", "_run", "_stream", "items", "reader")

    def __init__(
        self, run: StreamRun, stream: Any, reader: EventReader | None, begin: Callable[[Any], Any]
    ) -> None:
        self._run = run
        self._stream = stream
        self._begin = begin
        self._pieces: Any = None if reader is None else take_body(stream.response)
        self.reader: EventReader | ObjectReader = reader or ObjectReader(run)
        self.items: Any = begin(stream if reader is None else self._pieces)

    def goes_on(self) -> bool:
        """Whether there is more to wait for, now that the reader wants no more.

        Raises:
            ProviderStreamError: The provider reported a failure that the SDK does not raise.
        """
        if self._run.fold.failure is not None:
            self._run.raise_reported()
        if isinstance(self.reader, EventReader):
            self._hand_back(self.reader, None)
        return self.reader.state == "more"

    def take(self, item: Any) -> Iterable[Step]:
        """Give the steps of an item, maybe none of them yet.

        They have to be asked for, all of them, before the next item is waited for.

        Args:
            item: What was waited for; `None` if nothing is left.
        """
        reader = self.reader
        if item is not None:
            return reader.feed(item)
        if isinstance(reader, EventReader):
            self._hand_back(reader, None)
        else:
            reader.state = "done"
            self._run.marked = ends_marked(self._run.response)
        return ()

    def take_failure(self, error: BaseException) -> Iterable[Step]:
        """Take the failure of a wait, which need not be the stream's.

        Raises:
            Exception: The failure itself, where it is.
        """
        reader = self.reader
        if isinstance(reader, ObjectReader):
            if not (isinstance(error, ValueError) and self._run.fold.complete):
                raise error
            reader.state = "done"
        elif isinstance(error, Exception) and not isinstance(error, Expired):
            # Raised again where the SDK reads, which makes it its own.
            self._hand_back(reader, error)
        else:
            raise error
        return ()

    def _hand_back(self, reader: EventReader, error: Exception | None) -> None:
        """Let the SDK go on from where the reader stopped, if there is anything to go on with.

        An answer that was read to the end of its body without a rest is complete or cut off; the
        SDK could not tell more.
        """
        self.reader = ObjectReader(self._run)
        if reader.state == "done":
            end_was_read(self._stream.response)
            self._run.marked = True
            self.reader.state = "done"
            return
        unused = reader.unused
        if reader.state == "more" and not unused and error is None:
            self.reader.state = "done"
            return
        fast = self._run.adapter.fast
        marker = b"" if fast is None else fast.wire.end
        put_back(self._stream.response, unused, self._pieces, error=error, marker=marker)
        self._run.path = "handed_back"
        self.items = self._begin(self._stream)


class AsyncSource(Source):
    """Reads the wire events of an open asynchronous stream.

    Args:
        run: The stream's run.
        stream: The SDK's stream object.
        reader: The fast reader, where the stream is untouched.
        limits: The stream's time limits.
    """

    __slots__ = ("_alarm", "_feed_text")

    def __init__(
        self, run: StreamRun, stream: Any, reader: EventReader | None, limits: Limits | None
    ) -> None:
        super().__init__(run, stream, reader, aiter)
        self._feed_text = run.fold.feed_text
        limit: TimeLimit | None = limits
        if limits is None and reader is not None and run.waiting is not None:
            limit = take_read_limit(stream.response)
        self._alarm = None if limit is None else Alarm(limit)

    def wait(self) -> Awaitable[Any]:
        """Wait for the next item, with nothing between it and the caller.

        Raises:
            StopAsyncIteration: Nothing is left.
        """
        reading = self._run.waiting = reading_task()
        if self._alarm is not None:
            self._alarm.begin(reading)
        step: Awaitable[Any] = anext(self.items)
        return step

    def take(self, item: Any) -> Iterable[Step]:
        if self._alarm is not None:
            self._alarm.end()
        step = None if item is None or self.reader.tail else self._feed_text(item)
        if step is None:
            return super().take(item)
        self._run.events += 1
        return (step,)

    def take_failure(self, error: BaseException) -> Iterable[Step]:
        if isinstance(error, StopAsyncIteration):
            return self.take(None)
        return super().take_failure(error if self._alarm is None else self._alarm.judged(error))

    def _hand_back(self, reader: EventReader, error: Exception | None) -> None:
        if self._alarm is not None and isinstance(self._alarm.limit, ReadLimit):
            self._pieces = self._alarm.over(self._pieces)
        super()._hand_back(reader, error)

    def stop(self) -> None:
        """Leave nothing behind in the event loop."""
        if self._alarm is not None:
            self._alarm.stop()
