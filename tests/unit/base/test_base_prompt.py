"""`BasePrompt`: fields and properties as variables, and calls through decorators."""

from __future__ import annotations

import asyncio
import functools
import inspect
from typing import Any, ClassVar

import pytest
from pydantic import ConfigDict, computed_field

from mirascope.core import BasePrompt, openai
from mirascope.core.base.message_param import BaseMessageParam, ImageURLPart
from mirascope.core.base.prompt import Prompt, prompt_template
from mirascope.core.errors import PromptError


@prompt_template("""
    SYSTEM: Speak {LANGUAGE}.
    USER: A {genre} book, {length} pages, {self.genre} or {upper}, {name.title}
    """)
class Recommendation(BasePrompt):
    LANGUAGE: ClassVar[str] = "English"
    genre: str
    pages: int = 100

    @computed_field
    @property
    def length(self) -> int:
        return self.pages * 2

    @property
    def upper(self) -> str:
        return self.genre.upper()

    @functools.cached_property
    def name(self) -> Any:
        return type("Name", (), {"title": "t"})


class Plain(BasePrompt):
    prompt_template = "Hello {name}"
    name: str


SYSTEM = BaseMessageParam(role="system", content="Speak English.")
USER = BaseMessageParam(role="user", content="A x book, 200 pages, x or X, t")


def test_messages():
    """Fields, computed fields, properties and class variables are the template's variables."""
    assert Recommendation(genre="x").message_params() == [SYSTEM, USER]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (Plain(name="Ada"), "Hello Ada"),
        (Recommendation(genre="x"), f"SYSTEM: {SYSTEM.content}\n\nUSER: {USER.content}"),
    ],
)
def test_text(prompt, expected):
    """One user message is its content, several messages name their roles."""
    assert expected == str(prompt)


def test_text_of_parts_and_foreign_messages():
    """Parts without text and messages in a provider's dialect have a text as well."""

    class Foreign:
        """A message of a provider's that has no parts."""

        def __str__(self):
            return "8"

    class Mixed(BasePrompt):
        prompt_template = "MESSAGES: {history}\nASSISTANT: see {url:image} there"
        history: list[Any]
        url: str

    prompt = Mixed(history=[{"role": "tool", "content": "7"}, Foreign()], url="https://x.org/a.png")
    assert str(prompt) == "TOOL: 7\n\n8\n\nASSISTANT: see\n[image_url]\nthere"
    assert ImageURLPart(url="https://x.org/a.png") == prompt.message_params()[2].content[1]


def test_dump():
    """A prompt as data holds its text, template, fields and metadata."""
    assert Plain(name="Ada").dump() == {
        "metadata": {},
        "prompt": "Hello Ada",
        "template": "Hello {name}",
        "inputs": {"name": "Ada"},
    }


class Configured(BasePrompt):
    prompt_template = "{greeting} {name}"
    name: str

    def dynamic_config(self):
        return {
            "computed_fields": {"greeting": f"Hi {self.name},", "name": "computed"},
            "metadata": {"k": 1},
            "call_params": {"n": 1},
        }


def test_dynamic_configuration():
    """The hook's computed fields win over the fields; all its keys reach the call."""
    prompt = Configured(name="Ada")
    assert (str(prompt), prompt.dump()["metadata"]) == ("Hi Ada, computed", {"k": 1})
    assert prompt.run(called)["config"]["call_params"] == {"n": 1}


def test_messages_of_dynamic_configuration():
    """A prompt class may do without a template."""

    class Free(BasePrompt):
        def dynamic_config(self):
            return {"messages": [SYSTEM]}

    assert Free().message_params() == [SYSTEM]
    assert None is Free().dump()["template"]


def called(fn):
    """Do with a prompt function what a call decorator does."""
    prompt = Prompt.of(fn)

    def finish(returned):
        rendered = prompt.rendered(prompt.bind((), {}), returned)
        return {"messages": rendered.messages, "config": rendered.config, "fn": fn}

    @functools.wraps(fn)
    def call():
        return finish(fn.__wrapped__())

    @functools.wraps(fn)
    async def acall():
        return finish(await fn.__wrapped__())

    return acall if prompt.is_async else call


def test_run():
    """A call decorator gets a function without arguments that is the prompt."""
    result = Recommendation(genre="x").run(called)
    assert (result["messages"], result["fn"].__name__) == ([SYSTEM, USER], "Recommendation")
    assert result["fn"]() == [SYSTEM, USER]


def test_run_with_a_call_of_another_prompt():
    """What is decorated already has a prompt of its own."""

    @openai.call("a-model")
    def ask():
        return "Hello"

    with pytest.raises(TypeError, match=r"ask\(\) is a call of a prompt of its own"):
        Recommendation(genre="x").run(ask)


def test_run_async():
    """`run_async` hands the call decorator an `async def`."""
    result = asyncio.run(Recommendation(genre="x").run_async(called))
    assert result["messages"] == [SYSTEM, USER]
    assert inspect.iscoroutinefunction(result["fn"])


def test_run_with_further_decorators():
    """Further decorators stand around the call, each around those before it."""

    def marking(mark):
        return lambda fn: lambda: [*fn(), mark]

    def call(fn):
        return lambda: ["call"]

    assert Plain(name="x").run(call, marking("a"), marking("b")) == ["call", "a", "b"]


def test_unknown_variables_in_the_class_body():
    """A template that names what the class does not have is reported when the class is made."""
    with pytest.raises(PromptError, match=r"Broken: the template names nope, .*has genre, name$"):

        class Broken(Plain):
            prompt_template = "{nope} {name}"
            genre: str


@pytest.mark.parametrize(
    "name", ["nope", "dump", "message_params", "prompt_template", "model_config", "_x", "__class__"]
)
def test_unknown_variables(name):
    """Methods, private names and the class's own configuration are no variables."""
    with pytest.raises(PromptError, match=rf"Plain: the template names {name}"):
        prompt_template(f"{{{name}}}")(Plain)
    assert Plain.prompt_template == "Hello {name}"


def test_malformed_template():
    """A malformed template is reported when the class is made."""
    with pytest.raises(PromptError, match="line 1, column 1"):

        class Broken(BasePrompt):
            prompt_template = "{}"


def test_undeclared_fields():
    """A class that allows further fields may have them as variables."""

    class Open(BasePrompt):
        model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow")
        prompt_template = "{a} {b}"
        a: int

    assert str(Open(a=1, b=2)) == "1 2"
    with pytest.raises(PromptError, match=r"names b, .*known variables: a"):
        str(Open(a=1))


def test_no_template():
    """Without template and messages there is no prompt."""

    class Nothing(BasePrompt): ...

    with pytest.raises(PromptError, match="no prompt"):
        Nothing().message_params()


def test_subclass_inherits_the_template():
    """A subclass has its parent's template and its own values."""

    class Child(Plain):
        @property
        def more(self) -> str:
            return "!"

    assert str(Child(name="x")) == "Hello x"
    assert str(prompt_template("Hello {name}{more}")(Child)(name="x")) == "Hello x!"
