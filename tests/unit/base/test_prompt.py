"""`prompt_template` on functions: what is decorated, and what a call gives."""

from __future__ import annotations

import asyncio
import functools
import inspect

import pytest

from mirascope.core.base.message_param import BaseMessageParam
from mirascope.core.base.metadata import metadata
from mirascope.core.base.prompt import Prompt, prompt_template
from mirascope.core.errors import PromptError


def user(content):
    return BaseMessageParam(role="user", content=content)


@prompt_template("Recommend a {genre} book")
def recommend(genre: str = "fantasy"):
    """Recommend a book."""


@prompt_template("Recommend a {genre} book")
async def arecommend(genre: str): ...


class Librarian:
    name = "Ada"

    @prompt_template("{self.name}, a {genre} book")
    def ask(self, genre): ...

    @classmethod
    @prompt_template("{cls.name}: {genre}")
    def ask_class(cls, genre): ...

    @staticmethod
    @prompt_template("A {genre} book")
    def ask_nobody(genre): ...


def test_function_stays_a_function():
    """The decorated function keeps name, docstring and signature, and gives the messages."""
    assert (
        recommend.__name__,
        recommend.__doc__,
        str(inspect.signature(recommend)),
    ) == ("recommend", "Recommend a book.", "(genre: 'str' = 'fantasy')")
    assert inspect.isfunction(recommend)
    assert [user("Recommend a horror book")] == recommend("horror")
    assert [user("Recommend a fantasy book")] == recommend()


def test_async_function():
    """An `async def` stays one, and is awaited for the messages."""
    assert inspect.iscoroutinefunction(arecommend)
    assert [user("Recommend a x book")] == asyncio.run(arecommend("x"))


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        (Librarian().ask, "Ada, a x book"),
        (Librarian.ask_class, "Ada: x"),
        (Librarian.ask_nobody, "A x book"),
        (prompt_template("<{genre}>")(lambda genre: None), "<x>"),
        (prompt_template("<{a}{b}>")(functools.partial(lambda a, b: None, b="B")), "<xB>"),
        (prompt_template("<{z}>")(lambda a, **more: more.clear()), None),
        (functools.partial(recommend), "Recommend a x book"),
    ],
)
def test_kinds_of_functions(ask, expected):
    """Methods, lambdas, partials and functions with `**kwargs` are prompts too."""
    messages = ask("x", z="x") if expected is None else ask("x")
    assert [user(expected or "<x>")] == messages


@pytest.mark.parametrize(
    ("fn", "args", "expected"),
    [
        (Librarian().ask, ("x",), "Ada, a x book"),
        (functools.partial(recommend, "early"), (), "Recommend a early book"),
        (functools.partial(Librarian.ask, genre="late"), (Librarian(),), "Ada, a late book"),
    ],
)
def test_prompt_of_methods_and_partials(fn, args, expected):
    """The prompt of a method or a partial knows what they hold on to."""
    prompt = Prompt.of(fn)
    returned = prompt.fn(*args)
    assert [user(expected)] == prompt.rendered(prompt.bind(args, {}), returned).messages


def test_prompt_of_decorated_function():
    """The prompt holds the user's own function and the template's text."""
    prompt = Prompt.of(recommend)
    assert recommend.__wrapped__ is prompt.fn
    assert (
        prompt.template.text,
        prompt.is_async,
        prompt.has_body,
    ) == ("Recommend a {genre} book", False, False)
    assert Prompt.of(arecommend).is_async


def test_prompt_of_plain_function():
    """A function without decorators is a prompt whose return value counts."""
    prompt = Prompt.of(lambda x: f"Hello {x}")
    assert (prompt.template, prompt.metadata, prompt.has_body) == (None, None, True)
    assert [user("Hello you")] == prompt.rendered({}, prompt.fn("you")).messages


@pytest.mark.parametrize("decorate", [metadata({}), prompt_template("T")])
def test_decorators_above_a_call(decorate):
    """A decorator in the wrong place says where it belongs."""

    def call(): ...

    call.__mirascope_call__ = True
    with pytest.raises(PromptError, match=r"stands above the call decorator of .*below the call"):
        decorate(call)


@pytest.mark.parametrize("make", [lambda f: f, metadata({})])
def test_unknown_variables_are_reported_at_decoration(make):
    """Where nothing but arguments can give a value, an unknown name is an error at once."""

    def fn(genre): ...

    with pytest.raises(PromptError, match=r"fn\(\): the template names gendre, .* are genre"):
        prompt_template("{gendre}")(make(fn))


def test_unknown_variables_are_reported_at_the_call():
    """Where the body might have given a value, an unknown name is an error of the call."""

    @prompt_template("{genre} {gendre}")
    def fn(genre):
        return {"computed_fields": {"author": "x"}}

    with pytest.raises(PromptError, match=r"names gendre, .*known variables: author, genre"):
        fn("x")


def test_malformed_template_is_reported_at_once():
    """A template is compiled before there is a function."""
    with pytest.raises(PromptError, match="line 1, column 1"):
        prompt_template("{}")


@pytest.mark.parametrize("thing", [recommend, 3, b"x"])
def test_template_that_is_no_text(thing):
    """Forgotten parentheses are recognised."""
    with pytest.raises(TypeError, match="takes the template's text"):
        prompt_template(thing)


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        (3, "takes a function, got int"),
        (classmethod(lambda cls: None), "got classmethod; @classmethod, .*go above"),
        (staticmethod(lambda: None), "got staticmethod; .*go above"),
        (int, "takes a BasePrompt class, got int"),
    ],
)
def test_decorated_nonsense(thing, message):
    """What is no function is refused, and the order with other decorators is told."""
    with pytest.raises(TypeError, match=message):
        prompt_template("T")(thing)


def test_second_template():
    """A function has one template."""
    with pytest.raises(PromptError, match="has a prompt template already"):
        prompt_template("T")(recommend)


def test_missing_argument():
    """A missing argument is Python's own error."""
    with pytest.raises(TypeError, match=r"arecommend\(\) missing 1 required positional argument"):
        asyncio.run(arecommend())


def shouting(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        return [user(m.content.upper()) for m in fn(*args, **kwargs)]

    return wrapper


def test_foreign_decorator_above_is_not_skipped():
    """What a decorator above the template makes of the messages is the prompt."""
    prompt = Prompt.of(shouting(metadata({"k": 1})(recommend)))
    rendered = prompt.rendered({}, prompt.fn("x"))
    assert ([user("RECOMMEND A X BOOK")], {"k": 1}) == (rendered.messages, rendered.metadata)


def test_foreign_decorator_above_a_body_is_refused():
    """A decorator that would lose the body's configuration is an error with the way out."""
    with pytest.raises(PromptError, match=r"another decorator stands above .*put it below them"):
        Prompt.of(shouting(prompt_template("T")(lambda: {"call_params": {}})))


def test_foreign_decorator_below():
    """A decorator below the template is part of the function."""

    def configured(fn):
        @functools.wraps(fn)
        def wrapper(*args, **kwargs):
            return {"computed_fields": {"more": fn(*args, **kwargs)}}

        return wrapper

    @prompt_template("{a} {more}")
    @configured
    def fn(a):
        return a * 2

    assert [user("x xx")] == fn("x")
