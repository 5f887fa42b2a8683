"""How a call is made: configuration, clients, parameters, messages; and what a response keeps."""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
import re
import threading
from typing import Any

import pytest

from mirascope.core import (
    BaseMessageParam,
    BaseTool,
    Messages,
    TextPart,
    ToolCallPart,
    ToolResultPart,
    metadata,
    prompt_template,
)
from mirascope.core.errors import PromptError, ProviderStreamError, StreamTruncated
from mirascope.core.testing import Answer, ErrorEvent, Failure, Raw, ToolCall, WireServer
from tests.support.playing import ask, play
from tests.support.providers import Provider


def now() -> str:
    """Tell the time."""
    return "noon"


class Shout(BaseTool):
    """Shouts."""

    text: str

    def call(self) -> str:
        return self.text.upper()


def returning(
    provider: Provider, colour: str, server: WireServer, value: Any, **options: Any
) -> Any:
    """Call a function whose body returns the value; gives the plain response."""
    client = provider.make_client(server, colour=colour)
    decorator = provider.module.call(model="test-model", client=client, **options)

    @prompt_template("Hello {name}, it is {time}")
    async def aprompt(name: str) -> Any:
        return value

    @prompt_template("Hello {name}, it is {time}")
    def prompt(name: str) -> Any:
        return value

    async def run() -> Any:
        async with client:
            return await decorator(aprompt)("Ada")

    if colour == "async":
        return asyncio.run(run())
    with client:
        return decorator(prompt)("Ada")


def test_computed_fields_messages_and_metadata(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A dynamic configuration gives template variables, or the messages, and metadata."""
    server.play(Answer(text=["hi"]))

    computed = {"computed_fields": {"time": "noon"}, "metadata": {"tags": {"a"}}}
    response = returning(provider, colour, server, computed)
    returning(provider, colour, server, {"messages": [Messages.User("Bonjour")]})

    first, second = (json.dumps(request.json) for request in server.requests)
    assert "Hello Ada, it is noon" in first
    assert "Bonjour" in second
    assert "Hello" not in second
    assert {"tags": {"a"}} == response.metadata
    assert {"name": "Ada"} == response.fn_args
    assert "Hello {name}, it is {time}" == response.prompt_template


def test_a_client_of_one_call_is_used_for_that_call_alone(
    provider: Provider, server: WireServer
) -> None:
    """A client from a dynamic configuration does not stay with the function."""
    server.play(Answer(text=["hi"]))
    with WireServer() as other:
        other.play(Answer(text=["other"]))
        default = provider.make_client(server, colour="sync")
        tenant = provider.make_client(other, colour="sync")

        @provider.module.call(model="test-model", client=default)
        def ask_as(who: str) -> Any:
            config = {"messages": [Messages.User("hello")]}
            return {**config, "client": tenant} if who == "tenant" else config

        with default, tenant:
            answers = [ask_as(who).content for who in ("default", "tenant", "default")]

    assert ["hi", "other", "hi"] == answers


def test_common_parameters_are_renamed_one_by_one(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """Common names work beside the provider's own, in the decorator and for one call."""
    server.play(Answer(text=["hi"]))
    config = {"messages": [Messages.User("hello")], "call_params": {"max_tokens": 7}}
    params = provider.params(temperature=0.5, stop=["END"])

    response = returning(provider, colour, server, config, call_params=params)

    sent = json.dumps(server.requests[0].json)
    expected = ["0.5", "7", *params.get("stop", ())]
    assert [] == [value for value in expected if value not in sent]
    assert {**params, "max_tokens": 7} == response.call_params


def test_what_the_user_gave_is_not_changed(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """Messages, parameters, tools and configuration are the same after a call."""
    server.play(Answer(text=["hi"]))
    params = provider.params(temperature=0.5, stop=["END"])
    history = [Messages.System("Be brief."), Messages.User("hello")]
    config = {"messages": history, "call_params": {"max_tokens": 7}}
    before = copy.deepcopy((params, config))

    returning(provider, colour, server, config, call_params=params, json_mode=True)

    assert before == (params, config)


def test_tools_of_one_call(provider: Provider, colour: str, server: WireServer) -> None:
    """Tools from a dynamic configuration replace the decorator's."""
    server.play(Answer(tools=[ToolCall(name="Shout", arguments={"text": "hey"})]))
    config = {"messages": [Messages.User("hello")], "tools": [Shout]}

    response = returning(provider, colour, server, config, tools=[now])

    assert ["HEY"] == [tool.call() for tool in response.tools]
    assert '"now"' not in json.dumps(server.requests[0].json)


def test_output_parser(provider: Provider, colour: str, server: WireServer) -> None:
    """A parser gets the response, and a call gives what it makes of it."""
    server.play(Answer(text=["hi"]))

    length = ask(provider, colour, server, output_parser=lambda response: len(response.content))

    assert 2 == length
    with pytest.raises(ValueError, match="output_parser"):
        provider.module.call(model="m", stream=True, output_parser=str)


def test_json_mode_asks_for_json(provider: Provider, colour: str, server: WireServer) -> None:
    """JSON mode is asked for in the provider's own way."""
    server.play(Answer(text=["{}"]))

    ask(provider, colour, server, json_mode=True)

    assert "json" in json.dumps(server.requests[0].json).lower()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("streamed", [True, False])
def test_http_errors_are_the_sdks_own(
    provider: Provider, colour: str, status: int, streamed: bool, server: WireServer
) -> None:
    """A status that is an error raises the SDK's class, with a note that says which call."""
    server.play(Failure(status=status))

    if streamed:
        outcome = play(provider, colour, server)
        error = outcome.error
        assert "failed" == outcome.stream.state
        assert any("test-model" in note for note in error.__notes__)
        assert "" == outcome.response.content
    else:
        with pytest.raises(provider.sdk_error) as caught:
            ask(provider, colour, server)
        error = caught.value

    assert isinstance(error, provider.sdk_error)


def test_a_refused_connection_is_the_sdks_own_error(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """Nobody at the address raises the SDK's class."""
    make = provider.client if colour == "sync" else provider.async_client
    client = make(server.refused_url(provider.wire))

    outcome = play(provider, colour, server, client=client)

    assert provider.refused_error in {kind.__name__ for kind in type(outcome.error).__mro__}


def test_an_error_event_in_mid_stream_raises(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A failure the provider reports inside a stream raises, and what arrived is kept."""
    server.play(Answer(text=["a", "b", "c"], faults=[ErrorEvent(after=3, message="boom")]))

    outcome = play(provider, colour, server)

    assert outcome.error is not None
    assert "failed" == outcome.stream.state
    assert outcome.text == outcome.stream.content == outcome.response.content
    assert not outcome.response.complete


def test_a_server_that_sends_no_stream(provider: Provider, colour: str, server: WireServer) -> None:
    """A page in place of an answer is an error, which says what came where it can."""
    page = b"<html>It works!</html>"
    server.play(Raw(body=page, content_type="text/html; charset=utf-8"))

    outcome = play(provider, colour, server)

    assert "failed" == outcome.stream.state or isinstance(outcome.error, StreamTruncated)
    assert outcome.error is not None
    if isinstance(outcome.error, StreamTruncated) and outcome.stream.path != "sdk":
        assert "no stream, but 'text/html" in str(outcome.error)


def test_a_plain_answer_that_is_none(provider: Provider, colour: str, server: WireServer) -> None:
    """A page or a failure in place of an answer is not an empty answer."""
    page = Raw(body=b"<html>It works!</html>", content_type="text/html")
    failure = b'{"error": {"message": "no credits", "code": 402}}'
    server.play(page, Raw(body=failure, content_type="application/json"))

    with pytest.raises(Exception, match=r"(?s)."):
        ask(provider, colour, server)
    if provider.name in ("anthropic", "groq", "openai"):
        with pytest.raises(ProviderStreamError, match="no credits") as caught:
            ask(provider, colour, server)
        assert "no credits" == caught.value.body["message"]


def test_an_empty_prompt(provider: Provider, colour: str, server: WireServer) -> None:
    """A template that renders to nothing is told before anything is sent."""
    decorator = provider.module.call(
        "test-model", client=provider.make_client(server, colour=colour)
    )
    with pytest.raises(PromptError, match=r"prompt of .*ask\(\) is empty"):
        if colour == "sync":

            @decorator
            @prompt_template("{question}")
            def ask(question: str): ...

            ask("")
        else:

            @decorator
            @prompt_template("{question}")
            async def ask(question: str): ...

            asyncio.run(ask(""))
    assert [] == server.requests


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ([], "the function returned no messages"),
        ({"messages": []}, "the 'messages' of its dynamic configuration are"),
    ],
)
def test_no_messages(
    provider: Provider, colour: str, server: WireServer, value: Any, why: str
) -> None:
    """The error says where they were to come from, and nothing is sent."""
    with pytest.raises(PromptError, match=rf"prompt\(\) is empty: {why}"):
        returning(provider, colour, server, value)
    assert [] == server.requests


@pytest.mark.parametrize("item", [("user", "Hello"), ["Hello"], [Messages.User("Hello")]])
def test_a_list_among_the_messages(
    provider: Provider, colour: str, server: WireServer, item: Any
) -> None:
    """It was appended where its items were to be added; items of an answer are a list for some."""
    messages = [Messages.User("Hello"), item]
    if provider.name == "openai.responses" and isinstance(item[0], BaseMessageParam):
        server.play(Answer(text="Hi"))
        assert "Hi" == returning(provider, colour, server, messages).content
        return
    with pytest.raises(PromptError, match=r"item 2 of the messages is a (tuple|list): add its "):
        returning(provider, colour, server, messages)
    assert [] == server.requests


def test_a_stream_is_text_in_a_prompt(provider: Provider, colour: str, server: WireServer) -> None:
    """What one model wrote goes into the prompt of another."""
    server.play(Answer(text=["Dune ", "by Herbert"]))
    stream = play(provider, colour, server).stream

    @prompt_template("Summarize: {books:list} - {book}")
    def summarize(book: Any, books: Any): ...

    (message,) = summarize(stream, [stream, "Emma"])
    assert "Summarize: Dune by Herbert\nEmma - Dune by Herbert" == message.content
    assert "Dune by Herbert" == str(stream)


def test_the_object_of_a_method_is_no_part_of_its_call(
    provider: Provider, server: WireServer
) -> None:
    """An agent's secrets and locks stay with it: not in a dump, not in a pickle."""
    server.play(Answer(text=["a"]))
    client = provider.make_client(server, colour="sync")

    class Agent:
        def __init__(self) -> None:
            self.key = "sk-secret"
            self.lock = threading.Lock()

        @provider.module.call("test-model", client=client)
        @prompt_template("Recommend a {genre} book")
        def recommend(self, genre: str): ...

    with client:
        response = Agent().recommend("fantasy")

    assert {"self", "genre"} == response.fn_args.keys()
    assert {"genre": "fantasy"} == response.model_dump()["fn_args"]
    assert {"genre": "fantasy"} == pickle.loads(pickle.dumps(response)).fn_args
    assert "sk-secret" not in response.model_dump_json()


def test_chunks_and_responses_pickle(provider: Provider, colour: str, server: WireServer) -> None:
    """Chunks and responses can go to another process, without a credential in them."""
    server.play(Answer(text=["a", "b"], tools=[ToolCall(name="Shout", arguments={"text": "x"})]))
    params = provider.secret_params("SECRET-123")

    outcome = play(provider, colour, server, tools=[Shout], call_params=params)

    pickled = pickle.dumps((outcome.response, [chunk for chunk, _ in outcome.steps]))
    response, chunks = pickle.loads(pickled)
    assert outcome.response.content == response.content
    assert outcome.response.finish_reasons == response.finish_reasons
    assert ["X"] == [tool.call() for tool in response.tools]
    assert [chunk for chunk, _ in outcome.steps] == chunks
    assert b"SECRET-123" not in pickled
    for shown in (repr(outcome.stream), repr(outcome.response), outcome.response.model_dump_json()):
        assert "SECRET-123" not in shown


def test_a_dynamic_configuration_pickles_without_secrets(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """Credentials and owners in it stay behind; its tools are with the response."""
    server.play(Answer(text="a", tools=[ToolCall(name="Shout", arguments={"text": "x"})]))
    config = {
        "messages": [Messages.User("hello")],
        "call_params": provider.secret_params("SECRET-123"),
        "computed_fields": {"genre": "fantasy", "self": lambda: "SECRET-123"},
        "tools": [Shout],
    }

    response = returning(provider, colour, server, config)

    pickled = pickle.dumps(response)
    copy = pickle.loads(pickled)
    assert b"SECRET-123" not in pickled
    assert {"genre": "fantasy"} == copy.dynamic_config["computed_fields"]
    assert ["X"] == [tool.call() for tool in copy.tools]


def test_a_dump_has_everything(provider: Provider, colour: str, server: WireServer) -> None:
    """`model_dump` is plain data, whatever the function's arguments were."""
    server.play(Answer(text=["a", "b"]))

    response = play(provider, colour, server, tools=[Shout]).response

    dump = response.model_dump()
    assert dump == json.loads(response.model_dump_json())
    assert "ab" == dump["content"]
    assert ["Shout"] == dump["tool_types"]
    assert {"genre": "fantasy"} == dump["fn_args"]


def test_a_history_from_another_provider(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """Provider-neutral messages, with tool calls and results, reach the provider whole."""
    server.play(Answer(text=["Done."]))
    call = ToolCallPart(name="Shout", args={"text": "hey"}, id="call_1")
    result = ToolResultPart(name="Shout", content="HEY!", id="call_1")
    history = [
        Messages.System("Be brief."),
        Messages.User("Shout hey."),
        BaseMessageParam(role="assistant", content=[TextPart(text="Shouting."), call]),
        BaseMessageParam(role="user", content=[result]),
        Messages.User("And now?"),
    ]

    response = returning(provider, colour, server, history, tools=[Shout])

    assert "Done." == response.content
    sent = json.dumps(server.requests[0].json)
    for expected in ("Be brief.", "Shout hey.", "Shouting.", "HEY!", "And now?"):
        assert expected in sent


def test_a_history_without_ids(provider: Provider, colour: str, server: WireServer) -> None:
    """Results find their calls by the tools' names where a provider gave no ids."""
    server.play(Answer(text=["Done."]))
    calls = [ToolCallPart(name=name, args={"text": name}) for name in ("Shout", "Whisper")]
    results = [ToolResultPart(name=call.name, content=f"{call.name}!") for call in calls]
    history = [
        Messages.User("Say it."),
        BaseMessageParam(role="assistant", content=calls),
        BaseMessageParam(role="tool", content=[*reversed(results)]),
    ]

    returning(provider, colour, server, history)

    sent = json.dumps(server.requests[0].json)
    ids = re.findall(r'"(?:tool_call_id|tool_use_id|call_id)": "([^"]*)"', sent)
    assert all(ids)
    assert len(ids) in (0, 2, 4)
    if ids:
        assert 2 == len(set(ids))


def test_what_a_call_is_made_of_can_be_read(provider: Provider) -> None:
    """A decorated function tells its model, its template and its metadata."""

    @provider.module.call("test-model")
    @metadata({"tags": {"shelf"}})
    @prompt_template("One {genre} book")
    def recommend(genre: str) -> Any: ...

    known = (recommend._model, recommend._prompt_template, recommend._metadata)
    assert ("test-model", "One {genre} book", {"tags": {"shelf"}}) == known


def test_decorators_in_the_wrong_order(provider: Provider) -> None:
    """The order of decorators is checked where they are applied."""
    with pytest.raises(PromptError, match="below"):

        @prompt_template("Hello")
        @provider.module.call(model="m")
        def wrong() -> Any: ...


def test_methods_lambdas_and_metadata(provider: Provider, server: WireServer) -> None:
    """Methods see `self` in their template; lambdas return the prompt; metadata is kept."""
    server.play(Answer(text=["hi"]))
    client = provider.make_client(server, colour="sync")
    decorator = provider.module.call(model="test-model", client=client)

    class Shelf:
        genre = "fantasy"

        @decorator
        @metadata({"tags": {"shelf"}})
        @prompt_template("One {self.genre} book, {mood}")
        def recommend(self, mood: str) -> Any: ...

    with client:
        response = Shelf().recommend("dark")
        decorator(lambda: "A prompt of its own")()

    first, second = (json.dumps(request.json) for request in server.requests)
    assert "One fantasy book, dark" in first
    assert "A prompt of its own" in second
    assert {"tags": {"shelf"}} == response.metadata
    assert "recommend" == Shelf.recommend.__name__
