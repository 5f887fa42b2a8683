"""The laws of `base/_fold.py`, for every provider, on scripted answers and arbitrary events."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mirascope.core import BaseTool
from mirascope.core.base._assemble import JsonEnd
from mirascope.core.base._reader import EventReader
from mirascope.core.testing import Answer, ToolCall, Usage
from tests.support.providers import Provider
from tests.support.wire import Reading, events, fold, rendered, run

PROPERTY = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Note(BaseTool):
    """Takes a note."""

    text: str = ""
    tags: list[str] = []  # noqa: RUF012  # a field, which pydantic copies

    def call(self) -> str:
        return self.text


def now() -> str:
    """Tell the time."""
    return "noon"


TEXT = st.text(max_size=12)
PIECES = st.lists(TEXT, max_size=6)
NOTES = st.builds(
    lambda text, tags, pieces: ToolCall(
        name="Note", arguments={"text": text, "tags": tags}, pieces=pieces
    ),
    TEXT,
    st.lists(TEXT, max_size=2),
    st.integers(1, 9),
)
CALLS = st.lists(NOTES | st.just(ToolCall(name="now")), max_size=4)
ANSWERS = st.builds(
    Answer,
    text=PIECES,
    tools=CALLS,
    interleave=st.booleans(),
    usage=st.builds(Usage, input=st.integers(5, 90), output=st.integers(0, 90)),
    id=st.just("answer-1"),
)
_PARSED = ("cohere", "cohere-v1", "mistral", "openai.responses")
"""Providers of whose events no piece of a call's arguments is cut out."""

TEXTS = Answer(text=["Hel", "lo ", "\n", 'w"ö', "📖"], id="answer-1")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def said(provider: Provider, folding: Any) -> tuple[Any, ...]:
    """What a fold says of an answer, in a form that can be compared."""
    tools = [(type(tool).__name__, tool.args) for tool in folding.tools]
    dumped = provider.plain(folding.response())
    return (folding.content, folding.finish_reasons, tools, dumped)


@PROPERTY
@given(answer=ANSWERS)
def test_every_event_is_shown_and_text_is_the_responses(provider: Provider, answer: Answer) -> None:
    """No event is hidden, and the contents of the steps are the content of the response."""
    folding = fold(provider, [Note, now])
    events = rendered(provider, answer)

    steps = run(folding, events)

    shown = json.dumps([chunk._event for chunk, _ in steps])
    assert all(provider.is_shown(event, shown) for event in events)
    text = "".join(chunk.content for chunk, _ in steps)
    assert "".join(answer.text) == text == folding.content
    assert folding.complete


@PROPERTY
@given(answer=ANSWERS)
def test_tools_come_once_in_order_and_complete(provider: Provider, answer: Answer) -> None:
    """The tools of the steps are the calls of the answer."""
    folding = fold(provider, [Note, now])

    steps = run(folding, rendered(provider, answer))

    tools = [tool for _, tool in steps if tool is not None]
    assert [(call.name, call.object) for call in answer.tools] == [
        (tool._name(), tool.model_dump()) for tool in tools
    ]
    assert tools == folding.tools


@PROPERTY
@given(answer=ANSWERS, data=st.data())
def test_splitting_deltas_changes_nothing(
    provider: Provider, answer: Answer, data: st.DataObject
) -> None:
    """The same answer in other pieces gives the same response and the same tools."""
    text = "".join(answer.text)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    edges = [0, *cuts, len(text)]
    pieces = [text[a:b] for a, b in pairwise(edges)] if text else []
    tools = [
        ToolCall(name=call.name, arguments=call.object, pieces=7, id=f"call-{n}")
        for n, call in enumerate(answer.tools)
    ]
    one = fold(provider, [Note, now])
    two = fold(provider, [Note, now])
    same = {"id": "x", "usage": answer.usage, "finish": "stop"}
    whole = [ToolCall(name=call.name, arguments=call.object, id=call.id) for call in tools]

    run(one, rendered(provider, Answer(text=[text] if text else [], tools=whole, **same)))
    run(two, rendered(provider, Answer(text=pieces, tools=tools, **same)))

    assert said(provider, one) == said(provider, two)


@PROPERTY
@given(event=JSON, before=ANSWERS)
def test_feed_is_total(provider: Provider, event: Any, before: Answer) -> None:
    """An event of any form is shown, and nothing that came before it is lost."""
    folding = fold(provider, [Note, now])
    run(folding, rendered(provider, before))
    content = folding.content

    steps = [*folding.feed(event), *folding.finish()]

    assert steps
    assert folding.content.startswith(content)
    for chunk, _ in steps:
        assert isinstance(chunk.content, str)
        _ = (chunk.finish_reasons, chunk.usage, chunk.model, chunk.id, repr(chunk), chunk.chunk)
    folding.response()


@PROPERTY
@given(answer=ANSWERS, data=st.data())
def test_feed_is_total_on_damaged_events(
    provider: Provider, answer: Answer, data: st.DataObject
) -> None:
    """Events in which any one value was replaced by something else are shown all the same."""
    folding = fold(provider, [Note, now])
    for event in rendered(provider, answer):
        steps = folding.feed(_damaged(event, data))
        for chunk, _ in steps:
            _ = (chunk.content, chunk.finish_reasons, chunk.common_usage, chunk.reasoning)
    folding.finish()
    _ = (folding.usage, folding.common_usage, folding.reasoning, folding.model, folding.id)
    folding.response()


@PROPERTY
@given(answer=ANSWERS, data=st.data())
def test_bytes_and_objects_say_what_their_events_say(
    provider: Provider, answer: Answer, data: st.DataObject
) -> None:
    """However events are ordered and whatever a read brings, recognised text is parsed text."""
    blocks = _blocks(provider, TEXTS) + _blocks(provider, answer)
    some = st.lists(st.sampled_from(blocks), max_size=6)
    reads = data.draw(st.lists(some, max_size=6))

    reads = [[_moved(block, data) for block in read] for read in reads]

    _refuse_difference(provider, reads)
    _refuse_difference_of_objects(provider, [block for read in reads for block in read])


def test_text_of_another_place_in_one_read(provider: Provider) -> None:
    """What one read brings is folded in its order, and goes where it belongs."""
    blocks = _blocks(provider, TEXTS)
    at = next(number for number, block in enumerate(blocks) if b"Hel" in block)
    text = blocks[at]
    for change in (_at_another_index, _of_another_model):
        moved = change(text)
        for other in blocks:
            reads = [[*blocks[:at], text], [text], [other, moved, text, moved], [text]]
            _refuse_difference(provider, reads)
            _refuse_difference_of_objects(provider, [block for read in reads for block in read])


def test_objects_that_repeat_are_not_read(provider: Provider) -> None:
    """On the SDK's own path too, a text like the last one costs little: its JSON is left unmade."""
    blocks = _blocks(provider, TEXTS)
    at = next(number for number, block in enumerate(blocks) if b"Hel" in block)
    folding, read = fold(provider), provider.adapter.read
    first, second, third = _objects(provider, [*blocks[: at + 1], *[blocks[at]] * 2])[at:]
    for item in _objects(provider, blocks[:at]):
        folding.feed(*read(item))
    folding.feed(*read(first))

    steps = [folding.feed_text(item) for item in (second, third)]

    assert [("Hel", None)] * 2 == [step and (step[0].content, step[0]._data) for step in steps]
    assert "HelHelHel" in folding.content


def test_arguments_that_repeat_are_not_read(provider: Provider) -> None:
    """Pieces of a call's arguments cost as little as text, where they come as events like it."""
    if provider.name in _PARSED:
        pytest.skip("this provider sends arguments whole, or its calls are always parsed")
    given = {"text": 'She said "no", he \\ left.', "tags": ["a", "b"]}
    call = ToolCall(name="Note", arguments=given, pieces=12)
    blocks = _blocks(provider, Answer(text=[], tools=[call], id="answer-1"))
    for raws in ([block + b"\n\n" for block in blocks], _objects(provider, blocks)):
        folding = fold(provider, [Note])
        cut_out = 0
        for raw in raws:
            step = folding.feed_text(raw)
            if step is None:
                is_block = isinstance(raw, bytes)
                folding.feed(*((events(raw)[0], raw) if is_block else provider.adapter.read(raw)))
                continue
            cut_out += 1
            assert ("", None, None) == (step[0].content, step[0]._data, step[1])
        folding.finish()

        assert [given] == [tool.args for tool in folding.tools]
        # The first piece is learnt from, and one that may be the last is parsed.
        assert cut_out >= 9


def _blocks(provider: Provider, answer: Answer) -> list[bytes]:
    """The events of an answer on the wire, but for its end."""
    fast = provider.adapter.fast
    if fast is None or "fast_reader" in provider.lacks:
        pytest.skip("its SDK gives no way to the bytes")
    blocks = provider.body(answer).split(b"\n\n")[:-1]
    return [block for block in blocks if not block.startswith(fast.wire.end)]


def _refuse_difference(provider: Provider, reads: list[list[bytes]]) -> None:
    """Compare what is made of bytes, read by read, with what is made of their events.

    That the SDK's chunk was built first makes no difference to what the view says.
    """
    quick, slow = fold(provider, [Note, now]), fold(provider, [Note, now])
    fast = provider.adapter.fast
    assert fast is not None
    reading = Reading(quick)
    reader = EventReader(fast.wire, reading)
    for read in reads:
        found = list(reader.feed(b"".join(block + b"\n\n" for block in read)))
        told = [json.loads(raw[raw.index(b"{") :]) for raw in reading.taken]
        expected = [step for event in told for step in slow.feed(event)]
        reading.taken.clear()
        assert all(chunk.chunk is not None for chunk, _ in found)
        assert _told(expected) == _told(found)
    quick.finish()
    slow.finish()

    assert said(provider, slow) == said(provider, quick)


def _objects(provider: Provider, read: list[bytes]) -> list[Any]:
    """What the SDK's stream yields for events."""
    view = provider.cls("CallResponseChunk")
    items = [view(event).chunk for event in events(b"\n\n".join(read))]
    return [SimpleNamespace(data=item) if provider.name == "mistral" else item for item in items]


def _refuse_difference_of_objects(provider: Provider, read: list[bytes]) -> None:
    """Compare what is made of the SDK's objects with what is made of their events."""
    quick, slow = fold(provider, [Note, now]), fold(provider, [Note, now])
    adapter = provider.adapter
    for item in _objects(provider, read):
        step = quick.feed_text(item)
        found = quick.feed(*adapter.read(item)) if step is None else [step]
        assert _told(list(slow.feed(*adapter.read(item)))) == _told(list(found))
    quick.finish()
    slow.finish()

    assert said(provider, slow) == said(provider, quick)


def _told(steps: list[Any]) -> list[tuple[Any, ...]]:
    return [
        (chunk.content, chunk.model, chunk.id, chunk._event, tool and (tool._name(), tool.args))
        for chunk, tool in steps
    ]


def _moved(block: bytes, data: st.DataObject) -> bytes:
    same: Any = bytes
    return data.draw(st.sampled_from([same, same, _at_another_index, _of_another_model]))(block)


def _at_another_index(block: bytes) -> bytes:
    return re.sub(rb'index":( ?)0', rb'index":\g<1>1', block)


def _of_another_model(block: bytes) -> bytes:
    return re.sub(rb'(model":( ?)")', rb"\g<1>another-", block)


def _damaged(value: Any, data: st.DataObject) -> Any:
    if isinstance(value, dict) and value:
        key = data.draw(st.sampled_from(sorted(value)))
        return {**value, key: _damaged(value[key], data)}
    if isinstance(value, list) and value:
        return [_damaged(value[0], data), *value[1:]]
    return data.draw(JSON)


def test_a_fold_keeps_no_chunks(provider: Provider) -> None:
    """Memory grows with the text, not with the number of events that brought it."""
    import tracemalloc

    text = rendered(provider, Answer(text=["abcd"] * 3))
    piece = next(event for event in text if "abcd" in json.dumps(event))
    folding = fold(provider)
    for event in text[: text.index(piece) + 1]:
        folding.feed(event)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(20_000):
        folding.feed(piece)
    kept = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()

    assert 80_000 <= len(folding.content)
    assert kept < 4 * 80_000, "bytes kept for 80,000 characters"


def test_a_long_argument_is_put_together_exactly(provider: Provider) -> None:
    """However many pieces the arguments come in."""
    said = 'a"\\{[}]' * 400
    text = json.dumps({"text": said})
    call = ToolCall(name="Note", arguments=text, pieces=len(text))
    folding = fold(provider, [Note])

    run(folding, rendered(provider, Answer(tools=[call])))

    (tool,) = folding.tools
    assert said == tool.text


def test_arguments_are_scanned_once(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding the end of a call's arguments looks at each character once, not at all each time."""
    scanned = []
    feed = JsonEnd.feed
    monkeypatch.setattr(
        JsonEnd, "feed", lambda self, piece: (scanned.append(len(piece)), feed(self, piece))[1]
    )
    text = json.dumps({"text": "a" * 2000})
    folding = fold(provider, [Note])

    run(
        folding,
        rendered(provider, Answer(tools=[ToolCall(name="Note", arguments=text, pieces=400)])),
    )

    assert "a" * 2000 == folding.tools[0].text
    assert sum(scanned) <= len(text)
