"""Tools that are shown while they are written."""

from __future__ import annotations

from typing import Any

from mirascope.core import BaseTool
from mirascope.core.base._json import MAX_DEPTH
from mirascope.core.base._partial_tools import PartialToolsFold
from mirascope.core.base.call_response_chunk import BaseCallResponseChunk


class Note(BaseTool):
    text: str = ""
    more: list[Any] = []  # noqa: RUF012  # a field, which pydantic copies


class Call:
    """A call on its way."""

    def __init__(self, name: str = "Note") -> None:
        self.name, self.id = name, "call-1"


class Scripted:
    """A fold that says what it is told to."""

    content = "text"

    def __init__(self, grown: list[Any]) -> None:
        self._grown = grown

    def feed(self, event: Any, raw: Any = None) -> Any:
        pieces, steps = event
        self._grown += pieces
        return steps

    def finish(self) -> Any:
        return []


def chunk(content: str = "", *, echo: bool = False) -> BaseCallResponseChunk[Any, Any]:
    """A chunk."""
    return BaseCallResponseChunk({}, content, echo=echo)


def folded(*events: Any) -> list[list[tuple[Any, Any]]]:
    """The steps of each event, as (content, is an echo) and what is said of the tool."""
    grown: list[Any] = []
    fold: Any = PartialToolsFold(Scripted(grown), grown, {"Note": Note})  # type: ignore[arg-type]
    steps = [fold.feed(event) for event in events]
    return [[((view.content, view.is_echo), said(tool)) for view, tool in each] for each in steps]


def said(tool: Any) -> Any:
    """What a partial tool shows; the name of anything else."""
    return (tool.delta, tool.text) if isinstance(tool, Note) else tool


def test_a_piece_is_shown_with_its_chunk() -> None:
    """The chunk is shown once; further pieces and the complete tool come with its echoes."""
    call = Call()
    pieces = [(call, '{"text": "a'), (call, "b"), (call, '"}')]

    assert [
        [
            (("hi", False), ('{"text": "a', "a")),
            (("", True), ("b", "ab")),
            (("", True), ('"}', "ab")),
            (("", True), "complete"),
        ]
    ] == folded((pieces, [(chunk("hi"), "complete")]))


def test_pieces_belong_to_the_newest_event() -> None:
    """A chunk that was held, and the echoes of earlier tools, stay as they are."""
    call = Call()
    steps = [(chunk("held"), None), (chunk("new"), "one"), (chunk(echo=True), "two")]

    assert [
        [
            (("held", False), None),
            (("new", False), ('{"', None)),
            (("", True), "one"),
            (("", True), "two"),
        ]
    ] == folded(([(call, '{"')], steps))


def test_pieces_of_an_event_without_steps_wait() -> None:
    """They come with the next chunk there is."""
    call = Call()

    assert [[], [(("late", False), ('{"text": "a', "a"))]] == folded(
        ([(call, '{"text": "a')], []), ([], [(chunk("late"), None)])
    )


def test_what_cannot_be_shown_is_left_out() -> None:
    """Tools that were not offered, spaces before the object, arguments nested too deep."""
    deep = '{"more": ' + "[" * (MAX_DEPTH + 1)
    pieces = [(Call("other"), "{}"), (Call(), " "), (Call(), deep)]

    assert [[(("hi", False), None)]] == folded((pieces, [(chunk("hi"), None)]))


def test_it_is_the_fold_it_wraps_in_all_else() -> None:
    """What else a fold says goes through."""
    fold: Any = PartialToolsFold(Scripted([]), [], {})  # type: ignore[arg-type]

    assert "text" == fold.content
    assert [] == fold.finish()


def test_partials_are_separate_objects() -> None:
    """Also when a piece changes nothing, and when the arguments are complete."""
    call = Call()
    grown: list[Any] = []
    fold: Any = PartialToolsFold(Scripted(grown), grown, {"Note": Note})  # type: ignore[arg-type]
    tools = [
        tool
        for piece in ('{"text": "a', 'b"', " ", "}", " ")
        for _, tool in fold.feed(([(call, piece)], [(chunk(), None)]))
    ]

    assert ['{"text": "a', 'b"', " ", "}", " "] == [tool.delta for tool in tools]
    assert ["a", "ab", "ab", "ab", "ab"] == [tool.text for tool in tools]
    assert {"call-1"} == {tool.id for tool in tools}
    assert 5 == len({id(tool) for tool in tools})
    assert {"text": "ab"} == tools[-1].args
