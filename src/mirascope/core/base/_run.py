"""One run of a stream: what its two drivers and its properties share.

The run belongs to the driver (a generator) and to the stream object alike, and refers to neither:
that way a stream that is dropped takes its generator with it, and the connection closes at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import (
    ProviderStreamError,
    StreamClosed,
    StreamError,
    StreamNotFinished,
    StreamTimeout,
    StreamTruncated,
)
from ._adapter import Adapter, CallContext, PreparedCall
from ._connection import cut, keep_alive
from ._deadline import Expired, Limits
from ._fold import Fold, FoldContext, Grown, Step
from ._http_response import response_under
from ._reader import EventReader
from .types import StreamPath, StreamState, Timeout

if TYPE_CHECKING:
    import asyncio

__all__ = ["StreamRun"]


class StreamRun:
    """The state of one stream: its call, its fold, and how far it is.

    Attributes:
        adapter: The provider.
        timeout: The time limits.
        state: How the stream stands.
        error: The exception that ended it, if one did.
        events: The number of wire events so far.
        marked: Whether the provider's end marker was read.
        start_time: When it was started, in milliseconds since the epoch; 0 before.
        end_time: When it ended, in milliseconds since the epoch; 0 before.
        source: The SDK's stream object while it is open.
        waiting: The asyncio task that reads, with the number of its cancellations before; `None`
            once the run is ending.
        stopped: The event of its end, where another task has stopped it; `None` else.
        path: How it is read.
        grown: The new pieces of tool calls' arguments; `None` if nobody asks for them.
    """

    __slots__ = (
        "_call",
        "_fold",
        "_response",
        "adapter",
        "end_time",
        "error",
        "events",
        "grown",
        "marked",
        "path",
        "source",
        "start_time",
        "state",
        "stopped",
        "timeout",
        "waiting",
    )

    def __init__(self, adapter: Adapter, call: PreparedCall | None = None) -> None:
        self.adapter: Adapter = adapter
        self.timeout: Timeout | None = None
        self.state: StreamState = "pending"
        self.error: BaseException | None = None
        self.events: int = 0
        self.marked: bool = False
        self.start_time: float = 0
        self.end_time: float = 0
        self.source: Any = None
        self.waiting: tuple[asyncio.Task[Any], int] | None = None
        self.stopped: asyncio.Event | None = None
        self.path: StreamPath = "sdk"
        self.grown: Grown | None = None
        self._call: PreparedCall | None = None
        self._fold: Fold | None = None
        self._response: Any = None
        if call is not None:
            self.prepare(call)

    def prepare(self, call: PreparedCall) -> None:
        """Take the call this is a run of."""
        self._call = call
        self.timeout = self.timeout or call.timeout
        context = call.context
        if call.grows or call.partial_tools:
            self.grown = []
        offered = context.tools
        self._fold = self.adapter.fold(
            FoldContext(
                model=context.model, tools=offered, dialect=context.dialect, grown=self.grown
            )
        )
        if call.partial_tools and offered and self.grown is not None:
            from ._partial_tools import PartialToolsFold

            wrapped: Any = PartialToolsFold(self._fold, self.grown, offered)
            self._fold = wrapped

    @property
    def prepared(self) -> PreparedCall:
        """The call this is a run of."""
        if self._call is None and self.state == "closed":
            raise StreamClosed(
                "This stream was closed before its prompt function ran: nothing is known of it."
            )
        if self._call is None:
            raise StreamNotFinished(
                "The prompt function of this stream has not run yet: `await` the stream, or "
                "iterate it with `async for`."
            )
        return self._call

    @property
    def model(self) -> str | None:
        """The model's name; `None` while the prompt function has not run."""
        return None if self._call is None else self.fold.model or self.context.model

    @property
    def context(self) -> CallContext:
        """What the call was made with."""
        return self.prepared.context

    @property
    def fold(self) -> Fold:
        """What has arrived."""
        if self._fold is None:
            _ = self.prepared
        assert self._fold is not None  # noqa: S101  # `prepared` has raised
        return self._fold

    def start(self) -> Limits | None:
        """Note the start; gives the time limits if there are any."""
        self.state = "open"
        self.start_time = time.time() * 1000
        if self.timeout is None:
            return None
        return Limits(self.timeout, time.monotonic())

    def kwargs(self, seconds_left: Callable[[], float] | None) -> dict[str, Any]:
        """The keyword arguments of the SDK's method, with its own time-out where limits hold."""
        kwargs = dict(self.context.call_kwargs)
        return kwargs if seconds_left is None else {**self.adapter.deadline(seconds_left), **kwargs}

    @property
    def response(self) -> Any:
        """The HTTP response of the open stream, or `None` where none was found."""
        return self._response or getattr(self.source, "response", None)

    def opened(
        self, client: Any, stream: Any, *, is_async: bool, limited: bool
    ) -> EventReader | None:
        """Prepare an open stream of the SDK for reading.

        Returns:
            A reader of the bytes under it, if it is untouched; `None` if it reads itself.
        """
        fast = self.adapter.fast
        if fast is not None:
            self._response = response_under(stream)
        if limited:
            from ._read_limit import wait_for_ever

            wait_for_ever(self.response)
        if fast is None:
            return None
        keep_alive(self.response, fast.wire.end)
        kind = fast.async_stream if is_async else fast.stream
        method = fast.async_method if is_async else fast.method
        if not self.prepared.fast or not fast.untouched(stream, kind, method(client)):
            return None
        self.path = "fast"
        return EventReader(fast.wire, self)

    def raise_reported(self) -> None:
        """Raise a failure that the provider reported as an event.

        Raises:
            ProviderStreamError: The SDK has no exception class for it.
        """
        report = self.fold.failure
        if report is None:
            return
        raise self.adapter.reported(report) or ProviderStreamError(
            f"{self.adapter.name} reported a failure inside the stream: {report}",
            body=report,
            rebuild=self.rebuild,
        )

    def finish(self) -> None:
        """Note the end of the input.

        Raises:
            ProviderStreamError: What came last was a failure, which only the end could show.
            StreamTruncated: The provider has not said that the answer is finished, neither by a
                finish reason nor by its end marker.
        """
        self.raise_reported()
        if self.fold.complete or (self.marked and self.events):
            self.state = "finished"
            return
        from ._failure import truncated

        raise truncated(self)

    def close(self) -> None:
        """Note that the owner ended the stream before its end."""
        if self.state in ("pending", "open"):
            self.state = "closed"

    def cut(self) -> None:
        """End the connection at once, while another thread may be reading it."""
        if self._response is None:
            self.adapter.cut(self.source)
        else:
            cut(self._response)

    def refuse_if_ended_early(self) -> None:
        """Refuse to begin an iteration that would silently look like an empty answer.

        Raises:
            StreamClosed: The stream ended before its answer did.
        """
        if self.state in ("pending", "open", "finished"):
            return
        why = "" if self.error is None else f" ({type(self.error).__name__}: {self.error})"
        raise StreamClosed(
            f"This stream cannot be iterated again: it is {self.state.replace('_', ' ')}{why}. "
            "What arrived is on the stream; call the function again for a new one.",
            rebuild=self.rebuild,
        )

    def end(self) -> None:
        """Note the time of the end; whoever waits for it is told."""
        self.source = self._response = None
        self.end_time = time.time() * 1000
        if self.stopped is not None:
            self.stopped.set()

    def held(self, error: BaseException) -> Sequence[Step]:
        """Give the steps that were held back when the input failed: they are shown all the same."""
        if self._fold is None or not isinstance(error, Exception):
            return ()
        return self._fold.release()

    def fail(self, error: BaseException) -> None:
        """Note what ended the stream, and raise it in the form the caller is promised.

        What ends a read of a stream that was closed meanwhile is no failure: it is its end.
        """
        if self.state == "closed" and isinstance(error, Exception):
            return
        if not isinstance(error, Exception):
            # Ctrl-C, or the cancellation of a task: the owner ended it.
            self.close()
            self.error = error
            raise error
        from ._failure import shown_failure

        shown = shown_failure(self, error)
        self.state = (
            "truncated"
            if isinstance(shown, StreamTruncated)
            else "timed_out"
            if isinstance(shown, StreamTimeout)
            else "failed"
        )
        self.error = shown
        if not isinstance(shown, StreamError):
            shown.add_note(
                f"{self.adapter.name} stream of model {self.context.model!r}, "
                f"{self.events} events received"
            )
        if shown is error:
            raise error
        raise shown from (error.__cause__ if isinstance(error, Expired) else error)

    def rebuild(self) -> Any:
        """Build the call response of what has arrived."""
        return self.adapter.response(
            self.fold.response(),
            self.context,
            tools=self.fold.tools,
            start_time=self.start_time,
            end_time=self.end_time or time.time() * 1000,
            state=self.state,
        )
