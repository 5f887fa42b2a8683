"""The two drivers of a stream: all the loops over a source there are, one for each colour.

A driver is a generator that opens the source at its first step, feeds its events to the fold and
closes it in `finally`. It holds the run, never the stream object: a stream that is dropped drops
its driver, and that closes the connection without waiting for a garbage collector.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from ._deadline import Limits, Worker, limited
from ._fold import Step
from ._run import StreamRun

if TYPE_CHECKING:
    from ._source import AsyncSource, Source

__all__ = ["drive", "drive_async", "stop"]


def drive(run: StreamRun) -> Generator[Step]:
    """Drive a run: open its source at the first step, close it at the end, however it ends."""
    limits = run.start()
    worker = None if limits is None else Worker()
    try:
        source = _opened(run, limits, worker)
        # Another thread can have closed the stream at any time.
        while run.state == "open" and (source.reader.state == "more" or source.goes_on()):
            try:
                item = yield from _texts(run, source)
            except Exception as error:  # noqa: BLE001  # raised again where it ends the stream
                steps = source.take_failure(error)
            else:
                steps = source.take(item) if run.state == "open" else ()
            yield from steps
        if run.state == "open":
            yield from run.fold.finish()
            run.finish()
    except GeneratorExit:
        run.close()
        raise
    except BaseException as error:  # noqa: BLE001  # raised again by `fail`
        try:
            yield from run.held(error)
        except GeneratorExit:
            run.close()
            raise
        run.fail(error)
    finally:
        if worker is not None and worker.abandoned:
            # The worker is still in a read of the connection, and closes it after that.
            run.cut()
        else:
            _discard(run.source)
        if worker is not None:
            worker.stop()
        run.end()


def _texts(run: StreamRun, source: Source) -> Generator[Step, None, Any]:
    """Give the steps of items that bring a piece of text each and no more, as most of them do.

    Returns:
        The first other item; `None` if nothing is left, or another thread has closed the stream.
    """
    if not source.reader.tail:
        feed_text = run.fold.feed_text
        for item in source.items:
            step = feed_text(item)
            if step is None:
                return item
            run.events += 1
            yield step
            if run.state != "open":
                return None
    return next(source.items, None)


def _opened(run: StreamRun, limits: Limits | None, worker: Worker | None) -> Source:
    from ._source import Source

    client = run.prepared.client()
    kwargs = run.kwargs(None if limits is None else limits.seconds_left)
    opening = partial(run.adapter.open, client, kwargs)
    begin: Callable[[Any], Iterator[Any]] = iter
    if worker is None or limits is None:
        stream = run.source = opening()
    else:
        stream = run.source = worker.call(opening, limits, _discard)
        begin = partial(
            limited,
            worker=worker,
            limits=limits,
            events=lambda: run.events,
            discard=lambda _: _discard(stream),
        )
    reader = run.opened(client, stream, is_async=False, limited=limits is not None)
    return Source(run, stream, reader, begin)


def _discard(source: Any) -> None:
    """Close what an SDK gave, if it can be closed; the answer is not affected by how that goes."""
    close = getattr(source, "close", None)
    if close is not None:
        with contextlib.suppress(Exception):
            close()


async def drive_async(run: StreamRun) -> AsyncGenerator[Step]:
    """Drive a run asynchronously; the twin of `drive`."""
    limits = run.start()
    source: AsyncSource | None = None
    try:
        source = await _opened_async(run, limits)
        while run.state == "open" and (source.reader.state == "more" or source.goes_on()):
            try:
                item = await source.wait()
            except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001  # as above
                steps = source.take_failure(error)
            else:
                steps = source.take(item)
            for step in steps:
                yield step
            if limits is not None:
                limits.arrived(run.events)
        if run.state == "open":
            for step in run.fold.finish():
                yield step
            run.finish()
    except GeneratorExit:
        run.close()
        raise
    except BaseException as error:  # noqa: BLE001  # raised again by `fail`
        try:
            for step in run.held(error):
                yield step
        except GeneratorExit:
            run.close()
            raise
        if not _is_stop(run):
            run.fail(error)
    finally:
        await _ended_async(run, source)


async def _opened_async(run: StreamRun, limits: Limits | None) -> AsyncSource:
    from ._alarm import check_loop, reading_task, until
    from ._source import AsyncSource
    from ._turns import in_turn

    run.waiting = reading_task()
    if limits is not None:
        check_loop()
    client = run.prepared.client()
    kwargs = run.kwargs(None if limits is None else limits.seconds_allowed)
    opening = in_turn(run.adapter.aopen, client, kwargs)
    stream = run.source = await (opening if limits is None else until(opening, limits))
    reader = run.opened(client, stream, is_async=True, limited=limits is not None)
    return AsyncSource(run, stream, reader, limits)


async def _ended_async(run: StreamRun, source: AsyncSource | None) -> None:
    run.waiting = None
    try:
        await _aclose(run)
    finally:
        if source is not None:
            source.stop()
        run.end()


def stop(run: StreamRun) -> asyncio.Event:
    """End a run that another task is in: if that task waits for the provider, its wait is over.

    A run that is ending by itself is left to do so.

    Returns:
        What is set when the run has ended and its connection is closed.
    """
    if run.stopped is None:
        run.stopped = asyncio.Event()
        if run.waiting is not None:
            run.waiting[0].cancel()
    return run.stopped


def _is_stop(run: StreamRun) -> bool:
    """Whether what ended a wait is the cancellation by `stop`, and nobody else's; takes it back."""
    if run.stopped is None or run.waiting is None:
        return False
    task, cancellations = run.waiting
    return task.uncancel() <= cancellations


async def _aclose(run: StreamRun) -> None:
    """Close what an asynchronous SDK gave; the answer is not affected by how that goes."""
    close = getattr(run.source, "aclose", None) or getattr(run.source, "close", None)
    if close is None:
        return
    with contextlib.suppress(Exception):
        try:
            await close()
        except BaseException:
            # An event loop that ends drops what is still closing, and the answer would run on.
            run.cut()
            raise
