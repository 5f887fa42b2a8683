"""A stream's life: lazy start, pause, end, close; what stays; and what becomes of connections."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from mirascope.core import errors
from mirascope.core.testing import Answer, Cut, Pause, WireServer
from tests.support.playing import ask, decorated, play
from tests.support.providers import Provider

LONG = Answer(text=[f"{n} " for n in range(40)], faults=[Pause(seconds=20, after=12)])
SHORT = Answer(text=["a", "b", "c", "d"])


@pytest.fixture
def no_collector() -> Iterator[None]:
    """The garbage collector is off: what is freed is freed by reference counts."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()
    gc.collect()


def test_nothing_is_sent_before_the_first_step(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """Neither the call nor `await` sends a request; the first step sends one."""
    server.play(SHORT)

    async def run() -> list[int]:
        async with provider.make_client(server, colour="async") as client:
            stream = decorated(provider, "async", server, client=client)("x")
            before = len(server.requests)
            stream = await stream
            awaited = len(server.requests)
            await stream.__anext__()
            await stream.aclose()
            return [before, awaited, len(server.requests)]

    if colour == "async":
        assert [0, 0, 1] == asyncio.run(run())
        return
    with provider.make_client(server, colour="sync") as client:
        stream = decorated(provider, "sync", server, client=client)("x")
        assert [] == server.requests
        next(stream)
        assert 1 == len(server.requests)
        stream.close()


def test_errors_of_the_prompt_are_raised_at_the_call(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """Wrong arguments are reported where the function is called, as Python does."""
    recommend = decorated(provider, colour, server)

    with pytest.raises(TypeError, match=r"recommend\(\)"):
        recommend()
    assert [] == server.requests


@pytest.mark.usefixtures("no_collector")
def test_break_out_of_the_loop_closes_the_connection_at_once(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A stream dropped by `break` frees its connection with the collector off."""
    server.play(LONG)

    async def run() -> bool:
        client = provider.make_client(server, colour="async")
        recommend = decorated(provider, "async", server, client=client)
        async for chunk, _ in recommend("x"):
            if chunk.content:
                break
        closed = await asyncio.to_thread(server.wait_closed, 2)
        await client.__aexit__(None, None, None)
        return closed

    if colour == "async":
        assert asyncio.run(run())
        return
    with provider.make_client(server, colour="sync") as client:
        for chunk, _ in decorated(provider, "sync", server, client=client)("x"):
            if chunk.content:
                break
        assert server.wait_closed(2)


def test_close_from_elsewhere_ends_the_loop(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A stop button: another thread or task closes a stream that waits for its next chunk."""
    server.play(LONG)
    seen: list[str] = []

    async def read(stream: Any, waiting: asyncio.Event) -> str:
        async for chunk, _ in stream:
            seen.append(chunk.content)
            if len("".join(seen)) > 10:
                waiting.set()
        return "read"

    async def run() -> tuple[Any, bool]:
        async with provider.make_client(server, colour="async") as client:
            stream = decorated(provider, "async", server, client=client)("x")
            waiting = asyncio.Event()
            task = asyncio.create_task(read(stream, waiting))
            await waiting.wait()
            await asyncio.sleep(0.1)
            await asyncio.wait_for(stream.aclose(), 5)
            assert "read" == await asyncio.wait_for(task, 5)
            assert not task.cancelling()
            return stream, await asyncio.to_thread(server.wait_closed, 5)

    if colour == "async":
        stream, closed = asyncio.run(run())
    else:
        with provider.make_client(server, colour="sync") as client:
            stream = decorated(provider, "sync", server, client=client)("x")

            def read_all() -> None:
                seen.extend(chunk.content for chunk, _ in stream)

            thread = threading.Thread(target=read_all)
            thread.start()
            while len("".join(seen)) <= 10:
                time.sleep(0.01)
            time.sleep(0.1)
            stream.close()
            thread.join(5)
            assert not thread.is_alive()
            closed = server.wait_closed(5)

    assert closed
    assert ("closed", None) == (stream.state, stream.error)
    assert "".join(seen) == stream.content == stream.construct_call_response().content


def test_who_closes_does_not_take_a_cancellation_away(
    provider: Provider, server: WireServer
) -> None:
    """A task that is cancelled while its stream is closed from elsewhere stays cancelled."""
    server.play(LONG)

    async def run() -> Any:
        async with provider.make_client(server, colour="async") as client:
            stream = decorated(provider, "async", server, client=client)("x")
            await anext(stream)
            task = asyncio.create_task(stream.drain())
            await asyncio.sleep(0.1)
            task.cancel()
            await stream.aclose()
            with pytest.raises(asyncio.CancelledError):
                await task
            return stream

    assert "closed" == asyncio.run(run()).state


def test_a_stream_that_is_closed_while_it_opens(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """The request cannot be taken back by a thread, but its answer is not read."""
    server.play(Answer(text=["a", "b", "c"], delay_headers=0.6))

    async def run() -> Any:
        async with provider.make_client(server, colour="async") as client:
            stream = decorated(provider, "async", server, client=client)("x")
            reader = asyncio.create_task(stream.drain())
            assert await asyncio.to_thread(server.wait_requests, 1)
            await asyncio.wait_for(stream.aclose(), 5)
            await asyncio.wait_for(reader, 5)
            return stream

    if colour == "async":
        stream = asyncio.run(run())
    else:
        with provider.make_client(server, colour="sync") as client:
            stream = decorated(provider, "sync", server, client=client)("x")
            thread = threading.Thread(target=stream.drain)
            thread.start()
            assert server.wait_requests(1)
            stream.close()
            thread.join(5)
            assert not thread.is_alive()

    assert "closed" == stream.state
    # Google's SDK sends nothing before the first chunk is asked for, which then is on its way.
    assert stream.content in ("", "a")


def test_a_task_that_was_cancelled_before_can_be_stopped(
    provider: Provider, server: WireServer
) -> None:
    """A stream that is read in a clean-up after a cancellation ends quietly, too."""
    server.play(LONG)

    async def clean_up(stream: Any) -> str:
        try:
            await asyncio.sleep(9)
        except asyncio.CancelledError:
            await stream.drain()
        return "cleaned up"

    async def run() -> str:
        async with provider.make_client(server, colour="async") as client:
            stream = decorated(provider, "async", server, client=client)("x")
            task = asyncio.create_task(clean_up(stream))
            await asyncio.sleep(0)
            task.cancel()
            await asyncio.sleep(0.3)
            await stream.aclose()
            return await task

    assert "cleaned up" == asyncio.run(run())


def test_closing_twice_at_once_cancels_nobody(provider: Provider, server: WireServer) -> None:
    """Two tasks close a stream, one of them its reader: both go on, the connection is closed."""
    server.play(LONG)

    async def run() -> tuple[Any, bool]:
        async with provider.make_client(server, colour="async") as client:
            stream = decorated(provider, "async", server, client=client)("x")
            await anext(stream)
            reader = asyncio.create_task(stream.drain())
            await asyncio.sleep(0.1)
            closing = [asyncio.create_task(stream.aclose()) for _ in range(3)]
            await asyncio.wait_for(asyncio.gather(reader, *closing), 5)
            assert not any(task.cancelling() for task in (reader, *closing))
            return stream, await asyncio.to_thread(server.wait_closed, 5)

    stream, closed = asyncio.run(run())
    assert closed
    assert "closed" == stream.state


def test_two_readers(provider: Provider, server: WireServer) -> None:
    """A stream is read from one place: the second reader is told so, the first goes on."""
    server.play(SHORT)

    async def run() -> list[Any]:
        async with provider.make_client(server, colour="async") as client:
            stream = decorated(provider, "async", server, client=client)("x")
            return await asyncio.gather(stream.drain(), stream.drain(), return_exceptions=True)

    first, second = asyncio.run(run())
    assert "finished" == first.state
    assert isinstance(second, errors.StreamError)
    assert "another task" in str(second)


def test_a_kept_stream_is_paused_by_break(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A stream in a variable goes on where `break` stopped it, and loses nothing."""
    server.play(SHORT)

    async def run() -> tuple[str, str, Any]:
        async with provider.make_client(server, colour="async") as client:
            stream = decorated(provider, "async", server, client=client)("x")
            first, second = "", ""
            async for chunk, _ in stream:
                first += chunk.content
                if first == "ab":
                    break
            async for chunk, _ in stream:
                second += chunk.content
            return first, second, stream

    if colour == "async":
        first, second, stream = asyncio.run(run())
    else:
        first, second = "", ""
        with provider.make_client(server, colour="sync") as client:
            stream = decorated(provider, "sync", server, client=client)("x")
            for chunk, _ in stream:
                first += chunk.content
                if first == "ab":
                    break
            for chunk, _ in stream:
                second += chunk.content

    assert ("ab", "cd") == (first, second)
    assert "abcd" == stream.content == stream.construct_call_response().content


def test_a_second_iteration_yields_nothing_and_erases_nothing(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A finished stream keeps what it has."""
    server.play(SHORT)
    outcome = play(provider, colour, server)

    async def again() -> list[Any]:
        return [step async for step in outcome.stream]

    second = list(outcome.stream) if colour == "sync" else asyncio.run(again())

    assert [] == second
    assert "abcd" == outcome.stream.content == outcome.response.content
    assert "finished" == outcome.stream.state


def test_close_ends_the_stream_and_keeps_what_arrived(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A closed stream gives an incomplete response, and refuses to look like an empty one."""
    server.play(LONG)

    outcome = play(provider, colour, server, limit=5)

    assert server.wait_closed(2)
    assert "closed" == outcome.stream.state
    assert outcome.text == outcome.stream.content == outcome.response.content
    assert not outcome.response.complete
    with pytest.raises(errors.StreamClosed, match="closed"):
        _ = iter(outcome.stream) if colour == "sync" else outcome.stream.__aiter__()


def test_a_with_block_closes_the_stream(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """`with` and `async with` close the connection however the block is left."""
    server.play(LONG)

    async def run() -> bool:
        async with (
            provider.make_client(server, colour="async") as client,
            decorated(provider, "async", server, client=client)("x") as stream,
        ):
            await stream.__anext__()
        return await asyncio.to_thread(server.wait_closed, 2)

    if colour == "async":
        assert asyncio.run(run())
        return
    with provider.make_client(server, colour="sync") as client:
        with decorated(provider, "sync", server, client=client)("x") as stream:
            next(stream)
        assert server.wait_closed(2)


def test_a_response_of_an_unread_stream(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A synchronous stream is read to its end; an asynchronous one says how to."""
    server.play(SHORT)

    async def run() -> str:
        async with provider.make_client(server, colour="async") as client:
            stream = decorated(provider, "async", server, client=client)("x")
            with pytest.raises(errors.StreamNotFinished, match=r"await stream\.drain\(\)"):
                stream.construct_call_response()
            return (await stream.drain()).construct_call_response().content

    if colour == "async":
        assert "abcd" == asyncio.run(run())
        return
    with provider.make_client(server, colour="sync") as client:
        stream = decorated(provider, "sync", server, client=client)("x")
        assert "abcd" == stream.construct_call_response().content


def test_a_wrong_loop_names_the_right_one(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """The loop of the other colour is an error that says which to use."""
    stream = decorated(provider, colour, server)("x")

    async def wrong() -> None:
        async for _ in stream:
            pass

    with pytest.raises(errors.SyncAsyncMismatch, match="for chunk, tool in"):
        asyncio.run(wrong()) if colour == "sync" else list(stream)


def test_a_client_of_the_wrong_kind_is_refused_at_decoration(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A client that cannot work is refused where it is given."""
    with pytest.raises(TypeError, match="is no client of"):
        decorated(provider, colour, server, client=object())
    if "one_client" in provider.lacks:
        return
    other = provider.make_client(server, colour="async" if colour == "sync" else "sync")
    with pytest.raises(errors.SyncAsyncMismatch, match="does not fit"):
        decorated(provider, colour, server, client=other)


@pytest.mark.parametrize("streamed", [True, False])
def test_calls_in_a_row_use_one_connection(
    provider: Provider, colour: str, streamed: bool, server: WireServer
) -> None:
    """Five calls, read to their ends, use one connection."""
    server.play(SHORT)

    async def run() -> None:
        async with provider.make_client(server, colour="async") as client:
            recommend = decorated(provider, "async", server, client=client, stream=streamed)
            for _ in range(5):
                result = await recommend("x")
                if streamed:
                    await result.drain()

    if colour == "async":
        asyncio.run(run())
    else:
        with provider.make_client(server, colour="sync") as client:
            recommend = decorated(provider, "sync", server, client=client, stream=streamed)
            for _ in range(5):
                result = recommend("x")
                if streamed:
                    result.drain()

    assert (5, 1) == (len(server.requests), server.connections)


def test_a_default_client_is_made_once(provider: Provider, colour: str, server: WireServer) -> None:
    """Without a client, calls share one that is made from the environment, and its connection."""
    if "environment" in provider.lacks:
        pytest.skip(f"{provider.name}'s SDK reads no address from the environment")
    server.play(SHORT)

    async def arecommend() -> str:
        return "Recommend a book"

    async def run() -> None:
        call = provider.module.call(model="test-model", stream=True)(arecommend)
        for _ in range(3):
            await call().drain()

    with server.patched_environ():
        if colour == "async":
            asyncio.run(run())
        else:
            call = provider.module.call(model="test-model", stream=True)(lambda: "Recommend")
            for _ in range(3):
                call().drain()

    assert (3, 1) == (len(server.requests), server.connections)


@pytest.mark.parametrize("how", ["close", "reset"])
def test_a_cut_connection_is_the_sdks_own_error(
    provider: Provider, colour: str, how: Any, server: WireServer
) -> None:
    """A connection that breaks raises what the SDK raises for it; what arrived is kept."""
    server.play(Answer(text=["a", "b", "c", "d"], faults=[Cut(after=4, how=how)]))

    outcome = play(provider, colour, server)

    assert provider.connection_error == type(outcome.error).__name__
    assert outcome.text == outcome.stream.content == outcome.response.content
    assert "failed" == outcome.stream.state
    assert outcome.stream.error is outcome.error
    assert not outcome.response.complete


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_clean_end_without_a_finish_is_an_error(
    provider: Provider, colour: str, after: int, server: WireServer
) -> None:
    """Input that stops without a finish raises, after all that arrived was yielded."""
    server.play(Answer(text=["a", "b", "c", "d"], faults=[Cut(after=after, how="clean")]))

    outcome = play(provider, colour, server)

    assert isinstance(outcome.error, errors.StreamTruncated)
    assert outcome.text == outcome.error.response.content == outcome.response.content
    assert "truncated" == outcome.stream.state
    assert not outcome.response.complete


def test_a_page_that_is_no_stream_is_an_error(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A proxy's HTML page with status 200 does not look like an empty answer."""
    from mirascope.core.testing import Raw

    server.play(Raw(body=b"<html>Sign in</html>", content_type="text/html"))

    outcome = play(provider, colour, server)

    assert isinstance(outcome.error, (errors.StreamError, provider.sdk_error))


def test_cancellation_closes_the_connection(provider: Provider, server: WireServer) -> None:
    """A cancelled task's stream frees its connection, and keeps what arrived."""
    server.play(LONG)

    async def run() -> Any:
        async with provider.make_client(server, colour="async") as client:
            stream = decorated(provider, "async", server, client=client)("x")
            late = asyncio.get_running_loop().time() + 10
            with pytest.raises(TimeoutError):
                async with asyncio.timeout_at(late) as limit:
                    async for _ in stream:
                        if limit.when() == late and stream.content.startswith("0 1 2 "):
                            limit.reschedule(0)
            assert await asyncio.to_thread(server.wait_closed, 2)
            return stream

    stream = asyncio.run(run())

    assert stream.content.startswith("0 1 2 ")
    assert "closed" == stream.state
    assert not stream.construct_call_response().complete


def test_an_async_stream_is_taken_wherever_a_coroutine_is(
    provider: Provider, server: WireServer
) -> None:
    """`wait_for`, `gather`, `create_task`, task groups and `async with` take the call's result."""
    server.play(SHORT)

    async def run() -> list[str]:
        async with provider.make_client(server, colour="async") as client:
            recommend = decorated(provider, "async", server, client=client)
            first = await asyncio.wait_for(recommend("x"), 5)
            second, third = await asyncio.gather(recommend("x"), recommend("x"))
            async with asyncio.TaskGroup() as group:
                task = group.create_task(recommend("x"))
            return [(await s.drain()).content for s in (first, second, third, task.result())]

    assert ["abcd"] * 4 == asyncio.run(run())


def test_two_threads_on_one_stream(provider: Provider, server: WireServer) -> None:
    """A second thread that reads a stream while one is reading gets a clear error."""
    server.play(Answer(text=["a", "b"], faults=[Pause(seconds=1, after=1)]))
    with provider.make_client(server, colour="sync") as client:
        stream = decorated(provider, "sync", server, client=client)("x")
        reader = threading.Thread(target=stream.drain)
        reader.start()
        assert server.wait_requests(1)
        with pytest.raises(errors.StreamError, match="another thread"):
            while True:
                next(stream)
        reader.join()

    assert "ab" == stream.content


def test_times_are_stamped(provider: Provider, colour: str, server: WireServer) -> None:
    """A stream and a response know when they began and ended."""
    server.play(SHORT)

    outcome, plain = play(provider, colour, server), ask(provider, colour, server)

    for each in (outcome.stream, outcome.response, plain):
        assert 0 < each.start_time <= each.end_time
