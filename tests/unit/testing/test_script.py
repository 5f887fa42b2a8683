"""Scripts as values: what a tool call's arguments are, and what follows from an answer."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirascope.core.testing import Answer, ToolCall, Usage
from mirascope.core.testing._script import pieces


@given(st.text(), st.integers(min_value=-1, max_value=12))
def test_fragments_are_the_arguments(text: str, count: int):
    """However many pieces are asked for, they join to the text and none is empty."""
    fragments = ToolCall(name="f", arguments=text, pieces=count).fragments
    assert text == "".join(fragments)
    assert "" not in fragments
    assert len(fragments) == min(max(1, count), len(text))


def test_explicit_fragments_replace_the_arguments():
    """Given fragments are sent as they are, empty ones too."""
    tool = ToolCall(name="f", arguments={"never": "sent"}, pieces=['{"a', "", '": 1}'])
    assert tool.fragments == ('{"a', "", '": 1}')
    assert tool.text == '{"a": 1}'
    assert tool.object == {"a": 1}


@given(st.dictionaries(st.text(), st.integers() | st.text()))
def test_arguments_as_an_object(arguments: dict[str, int | str]):
    """An object becomes the text a model would write, and can be read back."""
    tool = ToolCall(name="f", arguments=arguments)
    assert arguments == json.loads(tool.text)
    assert arguments == tool.object


@pytest.mark.parametrize("text", ["", '{"a": ', "[1]", "null", "3"])
def test_arguments_that_are_no_object(text: str):
    """What cannot be sent as an object says so, with the text."""
    with pytest.raises(ValueError, match="have to be a JSON object") as caught:
        _ = ToolCall(name="f", arguments=text).object
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(text="a"), "stop"),
        (Answer(tools=[ToolCall(name="f")]), "tool_calls"),
        (Answer(tools=[ToolCall(name="f")], finish="length"), "length"),
        (Answer(finish="odd"), "odd"),
    ],
)
def test_finish_reason(answer: Answer, expected: str):
    """The finish reason follows from the content, unless it is given."""
    assert expected == answer.finish_reason


@pytest.mark.parametrize(
    ("usage", "expected"),
    [((3, 4), Usage(input=3, output=4)), (Usage(cached=1), Usage(cached=1)), (None, None)],
)
def test_counts(usage: Usage | tuple[int, int] | None, expected: Usage | None):
    """A pair is short for input and output."""
    assert expected == Answer(usage=usage).counts


@pytest.mark.parametrize(
    ("value", "expected"),
    [("", ()), ("ab", ("ab",)), (["a", "", "b"], ("a", "", "b")), ((), ())],
)
def test_pieces(value: str | list[str], expected: tuple[str, ...]):
    """A string is one delta, a list one each; an empty string in a list stays."""
    assert expected == pieces(value)


def test_frozen():
    """Scripts are values: nothing changes them once they are made."""
    with pytest.raises(FrozenInstanceError):
        Answer(text="a").text = "b"  # type: ignore[misc]
