"""Response models: the value of an answer, complete and while it is written; tools likewise."""

from __future__ import annotations

import asyncio
import enum
import gc
import json
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, ValidationError, field_validator
from typing_extensions import TypedDict

from mirascope.core import BaseTool, FromCallArgs, ResponseModelConfigDict, prompt_template
from mirascope.core.errors import (
    PromptError,
    StreamClosed,
    StreamError,
    StreamNotFinished,
    ToolArgumentsError,
)
from mirascope.core.testing import Answer, Cut, Pause, Request, ToolCall, WireServer
from tests.support.playing import ask, decorated, play
from tests.support.providers import PROVIDERS, Provider


class Author(BaseModel):
    """Who wrote a book."""

    name: str
    born: int | None = None


class Book(BaseModel):
    """A book.

    Args:
        title: Its title in English.
    """

    title: str
    author: Author
    tags: list[str] = Field(default_factory=list)

    @field_validator("title")
    @classmethod
    def is_title(cls, title: str) -> str:
        if title[-1:].isspace():
            raise ValueError("a title has no space at its end")
        return title


class Mood(enum.Enum):
    GOOD = "good"
    BAD = "bad"


@dataclass
class Point:
    x: int
    label: str = ""


class Movie(TypedDict):
    title: str
    year: int


class LookUp(BaseTool):
    """Looks a book up."""

    title: str
    pages: int = 1

    def call(self) -> str:
        return self.title.upper()


BOOK = {"title": "The Name of the Wind", "author": {"name": "Pat", "born": 1973}, "tags": ["a"]}

Script = Callable[[Request], Answer]


def answering(value: Any, *, name: str = "Book", pieces: int = 7, **options: Any) -> Script:
    """An answer with a value, in the form in which it is asked for."""
    text = value if isinstance(value, str) else json.dumps(value)
    call = ToolCall(name=name, arguments=text, pieces=pieces)

    def script(request: Request) -> Answer:
        if offered(request):
            return Answer(tools=[call], **options)
        return Answer(text=call.fragments, **options)

    return script


def offered(request: Request) -> str:
    """The tools that a request offers, as text."""
    tools = json.dumps((request.json or {}).get("tools") or "")
    return "" if tools == '""' else tools


def by_tool(provider: Provider) -> bool:
    """Whether the provider's answers to a response model are calls of a tool."""
    return not provider.adapter.answers_as_json & {provider.dialect.replace("grpc", "")}


def in_pieces(provider: Provider) -> bool:
    """Whether the provider sends the arguments of a call in pieces."""
    return provider.name not in ("google", "gemini")


def shown(value: Any) -> Any:
    """A partial value as plain data, without what is absent."""
    return value.model_dump(exclude_unset=True) if isinstance(value, BaseModel) else value


@pytest.mark.parametrize("json_mode", [False, True])
def test_partial_values_and_then_the_value(
    provider: Provider, colour: str, json_mode: bool, server: WireServer
) -> None:
    """Each step shows more of the value; the last is the value, with the response on it."""
    server.play(answering(BOOK, pieces=30))

    outcome = play(provider, colour, server, response_model=Book, json_mode=json_mode)

    assert outcome.error is None
    *partials, book = outcome.steps
    assert Book.model_validate(BOOK) == book
    assert type(book) is Book
    assert all(isinstance(each, Book) for each in partials)
    dumps = [shown(each) for each in partials]
    assert BOOK == dumps[-1]
    assert len(dumps) == len({json.dumps(dump) for dump in dumps})
    titles = [each.title or "" for each in partials]
    assert all(BOOK["title"].startswith(title) for title in titles)
    assert titles == sorted(titles, key=len)
    assert len(set(titles)) > 3
    stream = outcome.stream
    assert (Book, book) == (stream.response_model, stream.constructed_response_model)
    assert stream.construct_call_response().content == book._response.content
    assert (10, 5, 15) == (
        stream.input_tokens,
        stream.output_tokens,
        stream.common_usage.total_tokens,
    )
    assert stream.common_finish_reasons == stream.stream.common_finish_reasons
    assert "finished" == stream.state


def test_partials_are_separate_objects(provider: Provider, server: WireServer) -> None:
    """What was yielded stays as it was; asked for, it is one object that grows."""
    server.play(answering(BOOK, pieces=20), answering(BOOK, pieces=20))

    *separate, _ = play(provider, "sync", server, response_model=Book).steps
    *live, _ = play(
        provider, "sync", server, response_model=Book, stream={"live_partials": True}
    ).steps

    assert len(separate) == len({id(each) for each in separate}) > 3
    assert 1 == len({id(each) for each in live})
    assert separate[-1] == live[0]


def test_the_request_is_the_same_streamed_or_not(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """Both force the answer in the same way, and tell the model what it has to be."""
    server.play(answering(BOOK), answering(BOOK))

    value = ask(provider, colour, server, response_model=Book)
    play(provider, colour, server, response_model=Book)

    assert Book.model_validate(BOOK) == value
    plain, streamed = (dict(request.json or {}) for request in server.requests)
    for body in (plain, streamed):
        body.pop("stream", None)
        body.pop("stream_options", None)
    assert plain == streamed
    sent = json.dumps(plain)
    assert "Its title in English." in sent
    if by_tool(provider):
        choice = json.dumps(plain["tool_choice"])
        assert '"Book"' in choice or '"REQUIRED"' == choice


@pytest.mark.parametrize(
    ("annotation", "value", "expected"),
    [
        (list[Author], [{"name": "a"}, {"name": "b"}], [Author(name="a"), Author(name="b")]),
        (Author | None, None, None),
        (Mood, "bad", Mood.BAD),
        (str, "some text", "some text"),
    ],
    ids=str,
)
def test_types_that_are_no_object(
    provider: Provider, annotation: Any, value: Any, expected: Any, server: WireServer
) -> None:
    """They are asked for as the field of an object, and given without it."""
    wrapped = {"value": value}
    server.play(*[answering(wrapped, name="Answer", pieces=9)] * 2)

    plain = ask(provider, "sync", server, response_model=annotation)
    outcome = play(provider, "sync", server, response_model=annotation)

    assert outcome.error is None
    assert expected == plain == outcome.steps[-1]
    assert type(expected) is type(plain) is type(outcome.steps[-1])


@pytest.mark.parametrize(
    ("annotation", "value", "expected"),
    [
        (Point, {"x": 1, "label": "here"}, Point(1, "here")),
        (Movie, {"title": "Emma", "year": 1996}, Movie(title="Emma", year=1996)),
    ],
)
def test_classes_with_fields(
    provider: Provider, annotation: Any, value: Any, expected: Any, server: WireServer
) -> None:
    """Dataclasses and typed dictionaries are objects as well."""
    server.play(*[answering(value, name=annotation.__name__, pieces=9)] * 2)

    plain = ask(provider, "sync", server, response_model=annotation)
    *partials, last = play(provider, "sync", server, response_model=annotation).steps

    assert expected == plain == last
    assert partials
    assert plain is not last


def test_text_around_the_json(provider: Provider, colour: str, server: WireServer) -> None:
    """Prose and code fences in a JSON answer are passed over, streamed or not."""
    text = f"Sure! A set {{a, b}} is:\n```json\n{json.dumps(BOOK)}\n```\nAnything {{else}}?"
    server.play(Answer(text=text), answering(text, pieces=40))

    plain = ask(provider, colour, server, response_model=Book, json_mode=True)
    *partials, last = play(provider, colour, server, response_model=Book, json_mode=True).steps

    assert Book.model_validate(BOOK) == plain == last
    assert len(partials) > 3


@pytest.mark.parametrize("begin", ["<think>", ""], ids=["marked", "end_only"])
def test_thinking_in_the_text(
    provider: Provider, colour: str, begin: str, server: WireServer
) -> None:
    """An object in the thinking that a model wrote into its text is not the answer."""
    text = f"""{begin}\nI might say {{"title": "No"}}.\n</think>\n\n{json.dumps(BOOK)}"""
    server.play(Answer(text=text), answering(text, pieces=40))

    plain = ask(provider, colour, server, response_model=Book, json_mode=True)
    outcome = play(provider, colour, server, response_model=Book, json_mode=True)

    assert Book.model_validate(BOOK) == plain == outcome.steps[-1]
    titles = [title for step in outcome.steps if (title := getattr(step, "title", None))]
    assert begin == "" or "No" not in titles


def test_json_in_the_text_where_a_tool_was_asked_for(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A model that does not call the tool, but writes the JSON, is understood."""
    server.play(*[Answer(text=["Here: ", json.dumps(BOOK)])] * 2)

    plain = ask(provider, colour, server, response_model=Book)
    outcome = play(provider, colour, server, response_model=Book)

    assert Book.model_validate(BOOK) == plain == outcome.steps[-1]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"title": "Wind ", "author": {"name": "Pat"}}, "no space at its end"),
        ({"title": "Wind"}, "author"),
        ("I would rather not.", "I would rather not."),
        ("{not {json", "{not {json"),
    ],
    ids=["validator", "missing", "prose", "braces"],
)
def test_an_answer_that_does_not_fit(
    provider: Provider, colour: str, answer: Any, said: str, server: WireServer
) -> None:
    """It is pydantic's error, with the response on it, so that the model can be asked again."""
    script = Answer(text=answer) if isinstance(answer, str) else answering(answer)
    server.play(script, script)

    with pytest.raises(ValidationError) as caught:
        ask(provider, colour, server, response_model=Book)
    outcome = play(provider, colour, server, response_model=Book)

    for error in (caught.value, outcome.error):
        assert isinstance(error, ValidationError)
        assert said in str(error)
        assert "m" in error._response.model
    assert outcome.stream.state == "finished"
    with pytest.raises(ValidationError):
        _ = outcome.stream.constructed_response_model


def test_an_answer_that_was_cut_off(provider: Provider, colour: str, server: WireServer) -> None:
    """The error says that the limit on tokens was reached."""
    cut = json.dumps(BOOK)[:-30]

    def script(request: Request) -> Answer:
        if offered(request) and "cut_arguments" not in provider.lacks:
            return Answer(tools=[ToolCall(name="Book", arguments=cut)], finish="length")
        return Answer(text=[cut], finish="length")

    server.play(script)

    outcome = play(provider, colour, server, response_model=Book)

    assert isinstance(outcome.error, ValidationError)
    assert any("limit on output tokens" in note for note in outcome.error.__notes__)


def test_the_answer_is_a_tool_call_of_the_response(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A rebuilt response has the call as a call, and the stream's own tools leave it out."""
    if not by_tool(provider):
        pytest.skip(f"{provider.label} answers in JSON")
    server.play(answering(BOOK, pieces=9))

    outcome = play(provider, colour, server, response_model=Book)

    (tool,) = outcome.response.tools
    assert ("Book", BOOK) == (tool._name(), tool.args)
    assert "" == outcome.response.content
    assert outcome.stream.tools is None
    again = pickle.loads(pickle.dumps(tool))
    assert BOOK == again.args


def test_tools_beside_a_response_model(provider: Provider, colour: str, server: WireServer) -> None:
    """The model may call a tool first: then the response is what a call gives."""
    options: dict[str, Any] = {"response_model": Book, "tools": [LookUp]}
    call = Answer(tools=[ToolCall(name="LookUp", arguments={"title": "wind"}, pieces=3)])
    server.play(call, call, answering(BOOK), answering(BOOK))

    response = ask(provider, colour, server, **options)
    outcome = play(provider, colour, server, **options)
    book = ask(provider, colour, server, **options)
    streamed = play(provider, colour, server, **options)

    for tools in (response.tools, outcome.stream.tools):
        assert ["WIND"] == [tool.call() for tool in tools]
    assert ([], None) == (outcome.steps, outcome.error)
    with pytest.raises(StreamError, match="called a tool"):
        _ = outcome.stream.constructed_response_model
    assert Book.model_validate(BOOK) == book == streamed.steps[-1]
    for request in server.requests:
        assert '"LookUp"' in offered(request)
        assert '"Book"' in offered(request)


def test_items_of_a_list(provider: Provider, colour: str, server: WireServer) -> None:
    """Each item is there, validated, when it is complete, and the whole list at the end."""
    value = {"value": [{"name": f"author {n}", "born": n} for n in range(5)]}
    server.play(answering(value, name="Answer", pieces=60))
    client = provider.make_client(server, colour=colour)
    recommend = decorated(provider, colour, server, client=client, response_model=list[Author])
    stream = recommend("fantasy")
    seen: list[tuple[Any, str]] = []

    async def run() -> None:
        async with client:
            async for item in stream.items():
                seen.append((item, stream.state))

    if colour == "sync":
        with client:
            seen += [(item, stream.state) for item in stream.items()]
    else:
        asyncio.run(run())

    assert [Author(name=f"author {n}", born=n) for n in range(5)] == [item for item, _ in seen]
    assert "open" == seen[0][1]
    assert stream.constructed_response_model == [item for item, _ in seen]


def test_an_item_that_does_not_fit(provider: Provider, server: WireServer) -> None:
    """The items before it have been given; the error has what arrived."""
    server.play(answering({"value": [{"name": "a"}, {"born": 1}]}, name="Answer", pieces=20))
    with provider.make_client(server, colour="sync") as client:
        recommend = decorated(provider, "sync", server, client=client, response_model=list[Author])
        with recommend("fantasy") as stream:
            items = stream.items()
            assert Author(name="a") == next(items)
            with pytest.raises(ValidationError, match="name") as caught:
                next(items)

    assert "m" in caught.value._response.model


def test_items_are_a_lists(provider: Provider, server: WireServer) -> None:
    """Other types have none, and a stream that was started gives partial values."""
    server.play(answering({"value": [{"name": "a"}]}, name="Answer", pieces=9))
    with provider.make_client(server, colour="sync") as client:
        books = decorated(provider, "sync", server, client=client, response_model=Book)
        authors = decorated(provider, "sync", server, client=client, response_model=list[Author])
        with pytest.raises(TypeError, match="Only a list has items"):
            books("fantasy").items()
        with authors("fantasy") as stream:
            next(stream)
            with pytest.raises(StreamError, match="before the stream is started"):
                stream.items()


def test_a_field_from_the_calls_arguments(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """It is no part of the request, and is there from the first partial on."""

    class Found(BaseModel):
        genre: Annotated[str, FromCallArgs()]
        title: str

    server.play(*[answering({"title": "Wind"}, name="Found", pieces=6)] * 2)

    plain = ask(provider, colour, server, response_model=Found)
    *partials, last = play(provider, colour, server, response_model=Found).steps

    assert Found(genre="fantasy", title="Wind") == plain == last
    assert {"fantasy"} == {each.genre for each in partials}
    assert '"genre"' not in json.dumps(server.requests[0].json)


def test_a_field_from_an_argument_that_is_not_there(provider: Provider) -> None:
    """It is found where the function is decorated."""

    class Found(BaseModel):
        nowhere: Annotated[str, FromCallArgs()]

    with pytest.raises(PromptError, match="nowhere"):

        @provider.module.call("m", response_model=Found)
        @prompt_template("Recommend a {genre} book")
        def recommend(genre: str): ...


def test_a_parser_of_the_value(provider: Provider, colour: str, server: WireServer) -> None:
    """An output parser is given the value of the response model."""
    server.play(answering(BOOK))

    title = ask(
        provider, colour, server, response_model=Book, output_parser=lambda book: book.title
    )

    assert BOOK["title"] == title


def test_a_value_can_be_pickled(provider: Provider, server: WireServer) -> None:
    """It takes its response along."""
    server.play(answering(BOOK))
    book = ask(provider, "sync", server, response_model=Book)

    again = pickle.loads(pickle.dumps(book))

    assert book == again
    assert book._response.usage == again._response.usage
    assert (book._response.tools is None) == (again._response.tools is None)


@pytest.mark.parametrize("strict", [True, False, None])
@pytest.mark.parametrize("json_mode", [True, False])
def test_strict_is_asked_for(
    provider: Provider, strict: bool | None, json_mode: bool, server: WireServer
) -> None:
    """`strict` in a model's configuration reaches the providers that know it."""

    class Exact(BaseModel):
        model_config = ResponseModelConfigDict(strict=strict)

        title: str
        pages: int = 1

    server.play(answering({"title": "Wind", "pages": None}, name="Exact"))
    if strict:
        server.play(answering({"title": "Wind", "pages": None}, name="Exact"))

    value = ask(provider, "sync", server, response_model=Exact, json_mode=json_mode)

    assert ("Wind", 1) == (value.title, value.pages)
    sent = json.dumps(server.requests[0].json)
    in_tools = () if json_mode else ("anthropic",)
    if provider.name in ("openai", "openai.responses", "groq", "mistral", *in_tools) and strict:
        assert '"strict": true' in sent
        assert '"additionalProperties": false' in sent
    if strict is False:
        assert '"strict": true' not in sent


def test_a_pause_and_an_end(provider: Provider, colour: str, server: WireServer) -> None:
    """A stream that is kept goes on where it stopped; one that is closed has no value."""
    server.play(*[answering(BOOK, pieces=30)] * 2)
    client = provider.make_client(server, colour=colour)
    recommend = decorated(provider, colour, server, client=client, response_model=Book)

    async def run() -> tuple[list[Any], Any]:
        async with client:
            paused = recommend("fantasy")
            first = await anext(aiter(paused))
            values = [first, *[value async for value in paused]]
            async with recommend("fantasy") as closed:
                await anext(closed)
            return values, closed

    if colour == "sync":
        with client:
            paused = recommend("fantasy")
            first = next(iter(paused))
            values = [first, *paused]
            with recommend("fantasy") as closed:
                next(closed)
    else:
        values, closed = asyncio.run(run())

    assert Book.model_validate(BOOK) == values[-1]
    assert len(values) > 4
    assert "closed" == closed.state
    with pytest.raises(StreamNotFinished, match="closed"):
        _ = closed.constructed_response_model


def test_a_stream_that_is_dropped_closes_its_connection(
    provider: Provider, server: WireServer
) -> None:
    """Nothing waits for the garbage collector, and no cycle keeps the stream."""
    server.play(answering(BOOK, pieces=30, faults=[Pause(after=9, seconds=30)]))
    gc.disable()
    try:
        client = provider.make_client(server, colour="sync")
        recommend = decorated(provider, "sync", server, client=client, response_model=Book)
        for _ in recommend("fantasy"):
            break
        assert server.wait_closed(2)
    finally:
        gc.enable()
        client.__exit__(None, None, None)


def test_a_stream_that_was_cut_off(provider: Provider, colour: str, server: WireServer) -> None:
    """What was shown was shown; the error is the stream's own."""
    server.play(answering(BOOK, pieces=30, faults=[Cut(after=6, how="close")]))

    outcome = play(provider, colour, server, response_model=Book)

    assert outcome.error is not None
    assert not isinstance(outcome.error, ValidationError)
    with pytest.raises(StreamNotFinished):
        _ = outcome.stream.constructed_response_model


def test_asynchronous_forms(provider: Provider, server: WireServer) -> None:
    """An asynchronous structured stream is awaited, made a task, and entered."""
    server.play(*[answering(BOOK)] * 4)
    client = provider.make_client(server, colour="async")
    recommend = decorated(provider, "async", server, client=client, response_model=Book)

    async def run() -> list[Any]:
        async with client:
            values = []
            values.append([value async for value in recommend("fantasy")])
            values.append([value async for value in await recommend("fantasy")])
            task = asyncio.create_task(recommend("fantasy"))
            values.append([value async for value in await task])
            async with await asyncio.wait_for(recommend("fantasy"), 5) as stream:
                drained = await stream.drain()
                values.append([drained.constructed_response_model])
        return values

    assert [Book.model_validate(BOOK)] * 4 == [each[-1] for each in asyncio.run(run())]


def test_the_wrong_colour_is_refused(provider: Provider, server: WireServer) -> None:
    """A loop of the wrong kind says which one is right."""
    options = {"response_model": Book}
    sync_stream = decorated(provider, "sync", server, **options)("fantasy")
    async_stream = decorated(provider, "async", server, **options)("fantasy")

    with pytest.raises(TypeError, match="use `for"):
        sync_stream.__aiter__()
    with pytest.raises(TypeError, match="async for"):
        iter(async_stream)


def test_a_timeout_of_a_structured_stream(provider: Provider, server: WireServer) -> None:
    """Time limits hold for the stream below."""
    server.play(answering(BOOK, pieces=30, delay_headers=3))
    with provider.make_client(server, colour="sync") as client:
        recommend = decorated(provider, "sync", server, client=client, response_model=Book)
        stream = recommend("fantasy").with_timeout(first_chunk=0.2)
        with pytest.raises(TimeoutError):
            next(stream)

    assert "timed_out" == stream.state


def test_a_stream_closed_from_elsewhere_has_no_value(
    provider: Provider, server: WireServer
) -> None:
    """Half a value does not pass for a whole one."""
    server.play(answering(BOOK, pieces=30, faults=[Pause(seconds=20, after=6)]))

    async def run() -> Any:
        async with provider.make_client(server, colour="async") as client:
            recommend = decorated(provider, "async", server, client=client, response_model=Book)
            stream = recommend("fantasy")
            task = asyncio.create_task(stream.drain())
            await asyncio.sleep(0.5)
            await stream.aclose()
            with pytest.raises(StreamClosed, match="before its value was complete"):
                await task
            return stream

    assert "closed" == asyncio.run(run()).state


def test_the_name_of_the_answer_is_its_own(provider: Provider, server: WireServer) -> None:
    """A tool of the same name is refused before anything is sent."""

    class Book(BaseTool):
        title: str

    call = decorated(
        provider, "sync", server, stream=False, response_model=globals()["Book"], tools=[Book]
    )
    with pytest.raises(ValueError, match="both called `Book`"):
        call("fantasy")


# Tools while they are written.


@pytest.mark.parametrize("chunking", ["event", "byte", "whole"])
def test_partial_tools(provider: Provider, colour: str, chunking: Any, server: WireServer) -> None:
    """The partial grows with each piece of the arguments; then the tool itself comes, once."""
    calls = [
        ToolCall(name="LookUp", arguments={"title": "wind", "pages": 12}, pieces=15),
        ToolCall(name="LookUp", arguments={"title": "emma"}, pieces=7),
    ]
    server.play(Answer(text=["Let me see. "], tools=calls, chunking=chunking))

    outcome = play(provider, colour, server, tools=[LookUp], stream={"partial_tools": True})

    assert outcome.error is None
    assert "Let me see. " == outcome.text
    complete = [tool for tool in outcome.tools if tool.delta is None]
    partial = [tool for tool in outcome.tools if tool.delta is not None]
    assert ["WIND", "EMMA"] == [tool.call() for tool in complete]
    assert complete == outcome.stream.tools
    assert complete == outcome.response.tools
    assert all(isinstance(tool, LookUp) for tool in partial)
    texts = "".join(tool.delta for tool in partial)
    objects = [json.loads(text) for text in texts.replace("}{", "}\n{").splitlines()]
    assert [call.object for call in calls] == objects
    assert partial[-1].args == {"title": "emma"}
    with pytest.raises(ToolArgumentsError, match="still writing"):
        partial[0].call()
    if in_pieces(provider):
        assert len(partial) > 6
        titles = [tool.title for tool in partial if tool.title]
        assert "wind" in titles
        assert any(title in ("w", "wi", "win") for title in titles)


def test_partial_tools_of_parallel_calls(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """Pieces of several calls may take turns; each call has its own partial."""
    calls = [
        ToolCall(name="LookUp", arguments={"title": title, "pages": 3}, pieces=5)
        for title in ("wind", "emma")
    ]
    server.play(Answer(tools=calls, interleave=True))

    outcome = play(provider, colour, server, tools=[LookUp], stream={"partial_tools": True})

    assert ["WIND", "EMMA"] == [tool.call() for tool in outcome.tools if tool.delta is None]
    last = {tool.title: tool.args for tool in outcome.tools if tool.delta is not None}
    for title in ("wind", "emma"):
        assert {"title": title, "pages": 3} == last[title]


def test_without_the_option_no_tool_is_partial(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """Every tool of a stream is complete."""
    server.play(Answer(tools=[ToolCall(name="LookUp", arguments={"title": "wind"}, pieces=5)]))

    outcome = play(provider, colour, server, tools=[LookUp])

    assert [None] == [tool.delta for tool in outcome.tools]


def test_partial_tools_of_calls_that_were_not_offered(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """There is no partial of an unknown tool; its call comes in the end, with its error."""
    server.play(Answer(tools=[ToolCall(name="other", arguments={"a": "b"}, pieces=5)]))

    outcome = play(provider, colour, server, tools=[LookUp], stream={"partial_tools": True})

    (tool,) = outcome.tools
    assert tool.error is not None


def test_partial_tools_do_not_go_with_a_response_model() -> None:
    """The option would show nothing."""
    with pytest.raises(ValueError, match="partial_tools"):
        PROVIDERS[0].module.call("m", stream={"partial_tools": True}, response_model=Book)
