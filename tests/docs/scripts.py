"""What the server plays while a page or an example runs: a model that knows one book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mirascope.core.testing import (
    Answer,
    Cut,
    ErrorEvent,
    Failure,
    Pause,
    Request,
    Step,
    ToolCall,
    Usage,
)

__all__ = ["BOOK", "SCRIPTS", "answer"]

BOOK = "The Name of the Wind by Patrick Rothfuss"

_TEXT = ("The Name", " of the Wind", " by Patrick", " Rothfuss")
_JSON = ('{"title": "The Name', ' of the Wind", ', '"author": "Patrick Rothfuss"}')
_REASONING = ("They like", " fantasy.")
_KNOWN = {
    "author": "Patrick Rothfuss",
    "city": "Paris",
    "genre": "fantasy",
    "title": "The Name of the Wind",
}
_MESSAGES = ("messages", "contents", "input")
_BY_TYPE = {"array": [], "boolean": True, "integer": 1, "number": 1.0, "object": {}, "string": "x"}


def answer(request: Request) -> Answer:
    """Answer as a well-behaved model would: offered tools are called, their outputs are used."""
    asked: dict[str, Any] = request.json or {}
    tools = list(_offered(asked))
    if tools and not _answers_tools(asked):
        calls = [
            ToolCall(name=name, arguments=_arguments(schema), pieces=3) for name, schema in tools
        ]
        return Answer(tools=calls, usage=Usage(input=40, output=20))
    if _wants_json(asked):
        return Answer(text=_JSON, usage=Usage(input=20, output=15))
    further = [Answer(text="Dune by Frank Herbert") for _ in range(1, asked.get("n") or 1)]
    return Answer(text=_TEXT, choices=further, usage=Usage(input=12, output=9, cached=4))


def _offered(asked: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    # Each provider describes a tool in its own words.
    for tool in asked.get("tools") or ():
        for offered in tool.get("functionDeclarations") or [tool.get("function") or tool]:
            if "name" not in offered:
                continue  # a tool that runs at the provider
            schemas = ("parameters", "input_schema", "parametersJsonSchema")
            schema = next((offered[key] for key in schemas if offered.get(key)), {})
            yield offered["name"], schema


def _arguments(schema: Mapping[str, Any]) -> dict[str, Any]:
    properties: Mapping[str, Any] = schema.get("properties") or {}
    required = schema.get("required") or ()
    return {name: _value(name, properties[name]) for name in properties if name in required}


def _value(name: str, schema: Mapping[str, Any]) -> Any:
    if name in _KNOWN:
        return _KNOWN[name]
    return _BY_TYPE.get(str(schema.get("type")).lower(), "x")


def _answers_tools(asked: Mapping[str, Any]) -> bool:
    # Outputs of tools are messages of a role of their own, items, or parts of a user's message.
    messages: Sequence[Any] = next(filter(None, map(asked.get, _MESSAGES)), [{}])
    last: Mapping[str, Any] = messages[-1]
    parts: Sequence[Any] = last.get("content") or last.get("parts") or ()
    is_output = last.get("type") == "function_call_output"
    return (
        is_output
        or last.get("role") in {"tool", "function"}
        or any(
            part.get("type") == "tool_result" or "functionResponse" in part
            for part in parts
            if isinstance(part, dict)
        )
    )


def _wants_json(asked: Mapping[str, Any]) -> bool:
    text: Mapping[str, Any] = asked.get("text") or {}
    form: Mapping[str, Any] = asked.get("response_format") or text.get("format") or {}
    config: Mapping[str, Any] = asked.get("generationConfig") or {}
    return str(form.get("type")).startswith("json") or "json" in str(config.get("responseMimeType"))


_HALF = _TEXT[:2]
_WRONG_CALLS = (
    ToolCall(name="get_time", arguments={"city": "Paris"}),
    ToolCall(name="FormatBook", arguments={"title": "Dune"}),
    ToolCall(name="get_weather", arguments='{"city":'),
)
_STALLED = Answer(text=_TEXT, faults=[Pause(seconds=30, after=3)])

_BOOKS = (
    {"title": "Emma", "author": "Jane Austen", "year": 1815},
    {"title": "Dune", "author": "Frank Herbert", "year": 1965},
)
_LOOK_UP = Answer(tools=[ToolCall(name="look_up", arguments={"title": "Emma"})])


def _book(pieces: int = 1, **arguments: Any) -> Answer:
    return Answer(tools=[ToolCall(name="Book", arguments=arguments, pieces=pieces)])


SCRIPTS: dict[str, tuple[Step, ...]] = {
    "answer": (answer,),
    # A model that gives answers of a form.
    "book": (_book(**_BOOKS[0]),),
    "growing": (_book(5, **_BOOKS[0]),),
    "books": (
        Answer(tools=[ToolCall(name="Answer", arguments={"value": list(_BOOKS)}, pieces=30)]),
    ),
    "mood": (Answer(tools=[ToolCall(name="Answer", arguments={"value": "sad"})]),),
    "story": (Answer(tools=[ToolCall(name="Story", arguments={"title": "The End", "length": 3})]),),
    "json_book": (Answer(text=['{"title": "Emma", "author": ', '"Jane Austen", "year": 1815}']),),
    "wrong_book": (_book(title="Emma", author="Jane Austen", year=-1),),
    "better_book": (_book(title="Emma", author="Jane Austen", year=-1), _book(**_BOOKS[0])),
    "looks_up": (_LOOK_UP, _book(**_BOOKS[0])),
    "writes": (
        Answer(
            tools=[
                ToolCall(
                    name="FormatBook",
                    arguments={"title": "Emma", "author": "Jane Austen"},
                    pieces=4,
                )
            ]
        ),
    ),
    # What goes wrong.
    "cut": (Answer(text=_TEXT, faults=[Cut(after=3)]),),
    "truncated": (Answer(text=_TEXT, faults=[Cut(after=3, how="clean")]),),
    "overloaded": (Answer(text=_TEXT, faults=[ErrorEvent(after=3, status=503)]),),
    "refused": (Failure(status=401),),
    # What takes too long.
    "stalled": (_STALLED,),
    "silent": (Answer(text=_TEXT, faults=[Pause(seconds=30)]),),
    "hurried": (Answer(text=_TEXT, faults=[Pause(seconds=30)]), answer),
    # What a model says besides plain text.
    "length": (Answer(text=_HALF, finish="length"),),
    "refusal": (Answer(refusal=("I cannot", " help with that.")),),
    "wrong_calls": (Answer(tools=_WRONG_CALLS),),
    "reasoning": (Answer(reasoning=_REASONING, text=_TEXT),),
}
