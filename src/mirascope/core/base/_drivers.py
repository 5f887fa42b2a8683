"""The two drivers of a stream: all the loops over a source there are, one for each colour.

A driver is a generator that opens the source at its first step, feeds its items to the fold and
closes it in `finally`. It holds the run, never the stream object: a stream that is dropped drops
its driver, and that closes the connection without waiting for a garbage collector.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Awaitable, Generator
from functools import partial
from typing import Any

from ._connection import wait_for_ever
from ._deadline import Expired, Limits, Worker, limited
from ._fold import Step
from ._run import StreamRun

__all__ = ["drive", "drive_async"]


def drive(run: StreamRun) -> Generator[Step]:
    """Drive a run: open its source at the first step, close it at the end, however it ends."""
    limits = run.start()
    worker = None
    try:
        kwargs = run.kwargs(limits)
        client = run.prepared.client()
        if limits is None:
            items = run.source = run.adapter.open(client, kwargs)
        else:
            worker = Worker()
            opening = partial(run.adapter.open, client, kwargs)
            source = run.source = worker.call(opening, limits, _discard)
            wait_for_ever(getattr(source, "response", None))
            items = limited(source, worker, limits, lambda _: _discard(source))
        for item in items:
            yield from run.feed(item)
            if run.fold.failure is not None:
                run.raise_reported()
        yield from run.fold.finish()
        run.finish()
    except GeneratorExit:
        run.close()
        raise
    except BaseException as error:  # noqa: BLE001  # raised again by `fail`
        run.fail(error)
    finally:
        if worker is not None and worker.abandoned:
            # The worker is still in a read of the connection, and closes it after that.
            run.adapter.cut(run.source)
        else:
            _discard(run.source)
        if worker is not None:
            worker.stop()
        run.end()


def _discard(source: Any) -> None:
    """Close what an SDK gave, if it can be closed; the answer is not affected by how that goes."""
    close = getattr(source, "close", None)
    if close is not None:
        with contextlib.suppress(Exception):
            close()


async def drive_async(run: StreamRun) -> AsyncGenerator[Step]:
    """Drive a run asynchronously; the twin of `drive`."""
    limits = run.start()
    try:
        kwargs = run.kwargs(limits)
        opening = run.adapter.aopen(run.prepared.client(), kwargs)
        source = run.source = await (opening if limits is None else _until(opening, limits))
        if limits is not None:
            wait_for_ever(getattr(source, "response", None))
        read = aiter(source).__anext__
        while True:
            try:
                item = await (read() if limits is None else _until(read(), limits))
            except StopAsyncIteration:
                break
            if limits is not None:
                limits.chunks += 1
            for step in run.feed(item):
                yield step
            if run.fold.failure is not None:
                run.raise_reported()
        for step in run.fold.finish():
            yield step
        run.finish()
    except GeneratorExit:
        run.close()
        raise
    except BaseException as error:  # noqa: BLE001  # raised again by `fail`
        run.fail(error)
    finally:
        await _adiscard(run.source)
        run.end()


async def _adiscard(source: Any) -> None:
    """Close what an asynchronous SDK gave."""
    close = getattr(source, "aclose", None) or getattr(source, "close", None)
    if close is not None:
        with contextlib.suppress(Exception):
            await close()


async def _until(step: Awaitable[Any], limits: Limits) -> Any:
    """Wait for a step of the source until the next limit passes.

    Raises:
        Expired: A limit passed first.
    """
    now = time.monotonic()
    due = limits.due(now)
    if due is None:
        item = await step
    else:
        scope = asyncio.timeout(max(due[0] - now, 0))
        try:
            async with scope:
                item = await step
        except TimeoutError:
            if scope.expired():
                raise Expired(due[1], due[2]) from None
            raise
    return item
