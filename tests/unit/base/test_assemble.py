"""Text buffers, the end of a JSON value, and tool calls put together from pieces."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirascope.core.base._assemble import CallParts, JsonEnd, TextBuffer, ToolAssembler, UsageMeter

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=10,
)


@given(st.lists(st.text(max_size=5), max_size=1200), st.sets(st.integers(0, 1200), max_size=5))
def test_a_buffer_is_its_pieces_joined(pieces: list[str], looks: set[int]) -> None:
    """The text is the pieces joined, whenever it is looked at."""
    buffer = TextBuffer()
    for number, piece in enumerate(pieces):
        buffer.append(piece)
        if number in looks:
            assert str(buffer) == "".join(pieces[: number + 1])
    assert str(buffer) == "".join(pieces)
    assert bool(buffer) == bool("".join(pieces))


@given(st.dictionaries(st.text(max_size=4), JSON), st.data())
def test_an_object_closes_with_its_last_character(
    value: dict[str, object], data: st.DataObject
) -> None:
    """No proper prefix of an object is closed, the whole is, however it is cut."""
    text = json.dumps(value, ensure_ascii=data.draw(st.booleans()))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    end, at = JsonEnd(), 0
    for cut in [*cuts, len(text)]:
        may_close = end.may_close(text[at:cut])
        end.feed(text[at:cut])
        at = max(at, cut)
        assert end.closed == (at == len(text))
        assert may_close or not end.closed


@pytest.mark.parametrize("text", ['{"a": "\\\\"}', '{"a": "}\\"{"}', '{"a": [{"b": "]"}]}'])
def test_one_character_at_a_time(text: str) -> None:
    """Escapes and brackets inside strings do not count, also when cut apart."""
    end = JsonEnd()
    for character in text[:-1]:
        end.feed(character)
        assert not end.closed
    end.feed(text[-1])
    assert end.closed


def assembler() -> ToolAssembler[str]:
    """An assembler whose tools are their name and arguments."""
    return ToolAssembler(lambda call: f"{call.name}({call.arguments})")


def test_calls_are_handed_out_in_order() -> None:
    """A call that closes early waits for the calls before it."""
    tools = assembler()
    first, second = tools.open(0, name="a"), tools.open(1, name="b")
    first.append('{"x":')
    second.append("{}")
    assert [] == tools.take_closed()
    first.append("1}")
    assert ['a({"x":1})', "b({})"] == tools.take_closed()
    assert [] == tools.take_all(cut=True)


def test_what_is_open_at_the_end_is_handed_out() -> None:
    """Nothing is lost at the end of input, complete or not."""
    tools = assembler()
    tools.open(0, name="a").append('{"x":')
    tools.open(1, name="b").append("{}")
    tools.open(2, name="c")
    assert ['a({"x":)', "b({})", "c()"] == tools.take_all(cut=True)
    assert all(call.settled for call in tools.calls)
    # Those that another call followed were over.
    assert [False, False, True] == [call.cut for call in tools.calls]


def test_what_is_open_at_a_finish_is_not_cut() -> None:
    """An answer that ended by itself has ended its calls, also those without arguments."""
    tools = assembler()
    call = tools.open(0, name="a")
    assert ["a()"] == tools.take_all(cut=False)
    assert not call.cut


def test_a_call_without_a_name_is_not_complete() -> None:
    """Arguments alone do not make a tool."""
    tools = assembler()
    call = tools.open(0)
    call.append("{}")
    assert [] == tools.take_closed()
    call.name = "late"
    assert ["late({})"] == tools.take_closed()


def test_a_key_can_be_used_again() -> None:
    """A new call under a known key leaves the earlier one in its place."""
    tools = assembler()
    one = tools.open(0, name="a")
    two = tools.open(0, name="b")
    assert tools.get(0) is two
    assert [one, two] == tools.calls
    assert isinstance(one, CallParts)


def test_usage_keeps_the_last_value_of_each_field() -> None:
    """Cumulative reports overwrite; a null says nothing."""
    meter = UsageMeter()
    meter.update({"input": 10, "output": 1, "cached": None})
    meter.update({"input": None, "output": 42, "extra": 3})
    assert {"input": 10, "output": 42, "cached": None, "extra": 3} == meter.report
