"""Old defects of calls, one test each: clients, templates, parameters, tools, costs, imports."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mirascope.core import (
    BaseMessageParam,
    BaseToolKit,
    Messages,
    TextPart,
    ToolCallPart,
    ToolResultPart,
    costs,
    prompt_template,
    toolkit_tool,
)
from mirascope.core.errors import PromptError
from mirascope.core.testing import Answer, ToolCall, Usage, WireServer
from tests.support.playing import ask, play
from tests.support.providers import PROVIDERS, Provider
from tests.support.written import only

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


def run(
    provider: Provider, server: WireServer, prompt: Callable[..., Any], *args: Any, **options: Any
) -> Any:
    """Make one plain call of a prompt function."""
    server.play(Answer(text=["hi"], tools=options.pop("calls", ())))
    options = {"model": "test-model", **options}
    with provider.make_client(server, colour="sync") as client:
        return provider.module.call(client=client, **options)(prompt)(*args)


def messages_of(template: str, **values: Any) -> list[tuple[str, Any]]:
    """Role and content of the messages of a template that reads `selfish` or `o`."""

    @prompt_template(template)
    def prompt(selfish: Any, o: Any) -> Any: ...

    messages = prompt(values.get("selfish"), SimpleNamespace(**values))
    return [(message.role, message.content) for message in messages]


def test_a_client_returned_once_is_not_kept_for_later_calls(
    provider: Provider, server: WireServer
) -> None:
    """One tenant's client, and so its credentials, serve that tenant's call alone."""
    with ExitStack() as stack:
        one, two = (stack.enter_context(WireServer()) for _ in range(2))
        clients: dict[str, Any] = {}
        for name, each in {"one": one, "two": two, "nobody": server}.items():
            each.play(Answer(text=[name]))
            clients[name] = stack.enter_context(provider.make_client(each, colour="sync"))

        @provider.module.call(model="test-model", client=clients.pop("nobody"))
        def ask_as(name: str) -> Any:
            return {"messages": [Messages.User("hello")], "client": clients.get(name)}

        answers = [ask_as(name).content for name in ("one", "two", "nobody")]

    assert ["one", "two", "nobody"] == answers


def test_role_words_in_a_line_do_not_drop_text() -> None:
    """A role word opens a message at the start of a line only."""
    template = "The format is USER: name, SYSTEM: rules"

    assert [("user", template)] == messages_of(template)


def test_indentation_inside_a_template_is_kept() -> None:
    """What is indented more than the rest stays so."""
    template = """
        def f():
            return 1
        """

    assert [("user", "def f():\n    return 1")] == messages_of(template)


def test_literal_text_that_looks_like_a_specification_is_kept() -> None:
    """`:list` and `:lists` mean something inside braces only."""
    assert [("user", "a:list, b:lists")] == messages_of("a:list, b:lists")


def test_variables_may_begin_with_self() -> None:
    """`selfish` is a variable like any other."""
    assert [("user", "cats")] == messages_of("{selfish}", selfish="cats")


def test_specifications_work_on_dotted_names() -> None:
    """Attributes can be lists and images, and items are read by their index."""
    url = "https://host.example/cat.png"

    ((_, text),) = messages_of("{o.xs:list}|{o.xs[1]}", xs=["a", "b"])
    ((_, parts),) = messages_of("Look: {o.url:image}", url=url)

    assert "a\nb|b" == text
    assert [url] == [part.url for part in parts if part.type == "image_url"]


def test_function_tools_keep_their_defaults(provider: Provider, server: WireServer) -> None:
    """A parameter with a default is not required, and a call that leaves it out has it."""

    def shelve(title: str, row: int = 7) -> str:
        """Shelve a book."""
        return f"{title} in row {row}"

    calls = [ToolCall(name="shelve", arguments={"title": "Emma"})]
    response = run(provider, server, lambda: "Shelve", tools=[shelve], calls=calls)

    assert "Emma in row 7" == response.tool.call()
    assert ["title"] == response.tool_types[0].model_json_schema()["required"]
    assert '"required": ["title", "row"]' not in json.dumps(server.requests[0].json)


@only("anthropic")
def test_call_parameters_are_renamed_one_by_one(provider: Provider, server: WireServer) -> None:
    """A parameter of the provider's own beside common ones does not stop their renaming."""
    params = {"max_tokens": 5, "stop": "x", "top_k": 3}

    run(provider, server, lambda: "hello", call_params=params)

    sent = server.requests[0].json
    assert (5, 3, ["x"]) == (sent["max_tokens"], sent["top_k"], sent["stop_sequences"])
    assert "stop" not in sent


@only("openai")
@pytest.mark.parametrize("options", [{"include_usage": True}, {"include_obfuscation": False}])
def test_stream_options_of_the_users_are_merged(
    provider: Provider, options: dict[str, Any], server: WireServer
) -> None:
    """What the user asks for stands, usage is asked for besides, and the dictionary is the same."""
    params = {"stream_options": dict(options)}
    server.play(Answer(text=["hi"], usage=(10, 5)))

    outcome = play(provider, "sync", server, call_params=params)

    assert {"include_usage": True, **options} == server.requests[0].json["stream_options"]
    assert {"stream_options": options} == params
    assert (10, 5) == (outcome.response.input_tokens, outcome.response.output_tokens)


@only("anthropic", "groq", "mistral", "openai")
def test_raw_messages_do_not_grow_with_each_call(provider: Provider, server: WireServer) -> None:
    """JSON mode adds its words to the request, not to the user's messages."""
    messages = [{"role": "user", "content": "hello"}]

    for _ in range(2):
        run(provider, server, lambda: {"messages": messages}, json_mode=True)

    assert [{"role": "user", "content": "hello"}] == messages
    first, second = server.requests
    assert first.json == second.json


@only("google")
def test_a_shared_configuration_does_not_leak_into_other_calls(
    provider: Provider, server: WireServer
) -> None:
    """Neither the system instruction nor the tools of a call stay in a shared configuration."""
    from google.genai import types

    def now() -> str:
        """Tell the time."""
        return "noon"

    config = types.GenerateContentConfig(temperature=0.5)
    before = copy.deepcopy(config)
    history = [Messages.System("Be brief."), Messages.User("hello")]

    run(provider, server, lambda: history, tools=[now], call_params={"config": config})
    run(provider, server, lambda: "hello", call_params={"config": config})

    assert before == config
    assert {"systemInstruction", "tools"} <= set(server.requests[0].json)
    assert not {"systemInstruction", "tools"} & set(server.requests[1].json)


@only("gemini", "gemini-grpc")
def test_a_system_prompt_does_not_stay_with_the_client(
    provider: Provider, server: WireServer
) -> None:
    """Each call with one client sends its own system prompt, once."""
    server.play(Answer(text=["hi"]))
    with provider.make_client(server, colour="sync") as client:

        @provider.module.call(model="test-model", client=client)
        def ask_for(style: str) -> Any:
            return [Messages.System(style), Messages.User("hello")]

        ask_for("Be brief.")
        ask_for("Rhyme.")

    instructions = [json.dumps(each.json["systemInstruction"]) for each in server.requests]
    assert [1, 0] == [text.count("Be brief.") for text in instructions]
    assert [0, 1] == [text.count("Rhyme.") for text in instructions]


def test_arguments_may_be_called_like_parts_of_the_tool(
    provider: Provider, server: WireServer
) -> None:
    """Arguments named `id`, `delta`, `args`, `call` and `model_…` reach the function."""

    def odd(id: str, delta: str, args: str, call: str, model_name: str) -> str:  # noqa: A002
        """Take arguments of awkward names."""
        return id + delta + args + call + model_name

    arguments = {"id": "1", "delta": "2", "args": "3", "call": "4", "model_name": "5"}
    calls = [ToolCall(name="odd", arguments=arguments)]
    response = run(provider, server, lambda: "Try", tools=[odd], calls=calls)

    assert "12345" == response.tool.call()
    sent = json.dumps(server.requests[0].json)
    assert [] == [name for name in arguments if f'"{name}"' not in sent]


@only(*[provider.label for provider in PROVIDERS if "environment" not in provider.lacks])
def test_calls_without_a_client_share_one(provider: Provider, server: WireServer) -> None:
    """The default client is made once, so that calls in a row use one connection."""
    server.play(Answer(text=["hi"]))
    recommend = provider.module.call(model="test-model")(lambda: "Recommend a book")

    with server.patched_environ():
        for _ in range(5):
            recommend()

    assert (5, 1) == (len(server.requests), server.connections)


@only("openai")
def test_cached_tokens_are_not_charged_twice(provider: Provider, server: WireServer) -> None:
    """Cached tokens cost their own price alone; stream, response and plain call agree."""
    costs.register_price("openai", "mini", costs.Price(input=0.15, output=0.6, cached=0.075))
    server.play(Answer(text=["hi"], usage=Usage(input=10, output=5, cached=4)))

    outcome = play(provider, "sync", server, model="mini")
    plain = ask(provider, "sync", server, model="mini")

    assert pytest.approx(4.2e-6) == outcome.stream.cost
    assert outcome.stream.cost == outcome.response.cost == plain.cost


@only("anthropic", "openai", "openai.responses")
def test_reading_a_response_downloads_nothing(provider: Provider, server: WireServer) -> None:
    """An image of the prompt stays a URL in the request, the cost and the dump."""
    url = f"{server.url('openai')}/cat.png"
    costs.register_price(provider.adapter.name, "priced", costs.Price(input=1, output=1))

    @prompt_template("What is this? {picture:image}")
    def prompt(picture: str) -> Any: ...

    response = run(provider, server, prompt, url, model="priced")
    _ = (response.model_dump(), response.model_dump_json(), str(response))

    assert pytest.approx(15e-6) == response.cost
    assert 1 == len(server.requests)
    assert url in json.dumps(server.requests[0].json)


@pytest.mark.parametrize("form", ["{}", "file://{}"])
def test_an_untrusted_text_does_not_read_a_local_file(form: str, tmp_path: Path) -> None:
    """A text given as an image is a URL or an error, also where a file of that name is there."""
    path = tmp_path / "cat.png"
    path.write_bytes(PNG)

    with pytest.raises(PromptError, match="never read as a file"):
        messages_of("{o.picture:image}", picture=form.format(path))


def test_a_turn_with_text_and_tool_calls_keeps_both(provider: Provider, server: WireServer) -> None:
    """In a provider-neutral history neither the text nor the calls of a turn are lost."""
    call = ToolCallPart(name="shout", args={"text": "hey"}, id="call_0001")
    result = ToolResultPart(name="shout", content="HEY!", id="call_0001")
    history = [
        Messages.User("Shout."),
        BaseMessageParam(role="assistant", content=[TextPart(text="Shouting."), call]),
        BaseMessageParam(role="user", content=[result]),
    ]

    run(provider, server, lambda: history)

    sent = json.dumps(server.requests[0].json)
    assert [] == [each for each in ("Shouting.", "shout", "hey", "HEY!") if each not in sent]


IMPORTS = """
import sys
sys.modules["anthropic"] = None
import mirascope.core
print(sorted({"cohere", "google.genai", "groq", "mistralai", "openai"} & set(sys.modules)))
try:
    from mirascope.core import anthropic
except ImportError as error:
    print(type(error).__name__, "mirascope-core[anthropic]" in str(error))
"""


def test_imports_load_no_sdk_and_hide_no_reason() -> None:
    """The package loads without any SDK, and a missing one is named with what to install."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True
    )

    assert ["[]", "MissingExtra True"] == done.stdout.splitlines()


def test_tool_classes_are_made_once(provider: Provider, server: WireServer) -> None:
    """Two calls of one function offer the same classes, not new ones."""

    def now() -> str:
        """Tell the time."""
        return "noon"

    server.play(Answer(text=["hi"]))
    with provider.make_client(server, colour="sync") as client:
        call = provider.module.call(model="test-model", tools=[now], client=client)
        recommend = call(lambda: "Recommend a book")
        (first,), (second,) = recommend().tool_types, recommend().tool_types

    assert first is second
    assert first.tool_schema() == second.tool_schema()


@only("openai")
def test_docstrings_may_list_arguments_in_any_order(provider: Provider, server: WireServer) -> None:
    """Descriptions belong to their parameters by name."""

    def shelve(title: str, row: int) -> str:
        """Shelve a book.

        Args:
            row: Where.
            title: Which.
        """
        return f"{title} {row}"

    run(provider, server, lambda: "Shelve", tools=[shelve])

    properties = server.requests[0].json["tools"][0]["function"]["parameters"]["properties"]
    assert ["Which.", "Where."] == [properties[name]["description"] for name in ("title", "row")]


def test_toolkit_namespaces_can_be_used_again() -> None:
    """A kit that is defined again, as a reload does, may have the namespace it had."""

    def make() -> list[str]:
        class Library(BaseToolKit):
            __namespace__ = "library"

            @toolkit_tool
            def now(self) -> str:
                """Tell the time."""
                return "noon"

        return [tool._name() for tool in Library().create_tools()]

    assert ["library_now"] == make() == make()
