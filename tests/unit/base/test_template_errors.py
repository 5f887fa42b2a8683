"""What is said of malformed templates, and of values that do not fit."""

from __future__ import annotations

import enum
from types import SimpleNamespace

import pytest

from mirascope.core.base._template import compile_template
from mirascope.core.errors import PromptError


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ('{"a": 1}', r'line 1, column 1: .*"a".*double the braces'),
        ('\n    Answer in JSON:\n      {"a": 1}', r"line 3, column 7: .*double the braces"),
        ("SYSTEM: a\nUSER: b\n  c {}", r"line 3, column 5: '\{\}'.*name of a variable"),
        ("USER:   x {0}", r"line 1, column 11"),
        ("{0.name}", "name of a variable"),
        ("a } b", r"column 3: '\} b': no field ends here; double"),
        ("a {x", r"column 3: '\{x'.*double the braces"),
        ("a {x\n}", "line 1, column 3"),
        ("{ x }", "' x ' is not the name"),
        ("{a b}", "is not the name"),
        ("{x!}", "double the braces|conversion"),
        ("{x!d}", "conversion !d is not one of"),
        ("{x:{y:>3}}", "takes no specification of its own"),
        ("{x:{}}", "name of a variable"),
        ("{x._secret}", "'_secret' is private"),
        ("{x.__class__.__init__}", "'__class__' is private"),
        ("{x.a[0].__dict__:list}", "'__dict__' is private"),
        ("{x.}", "is not the name of an attribute"),
        ("{x[]}", "is not the name"),
        ("{x[0]y}", "is not the name"),
        ("{:image}", "name of a variable"),
        ("{x:cache_control}", r"write \{:cache_control\}"),
        ("{:cache_control(kind=a)}", "takes only type=..., got 'kind=a'"),
        ("{x:image(size=3)}", "image takes only detail=..., got 'size=3'"),
        ("{x:image(detail=)}", "takes only detail="),
        ("{x:audio(detail=low)}", "audio takes no options"),
        ("{x!r:list}", "!r and :list exclude each other"),
        ("hello\nUSER: hi", "line 1: text before the first role word: 'hello'; put it under USER:"),
        ("\n\n  hello {x}\n  USER: hi", "line 3: text before"),
        ("MESSAGES:", r"takes exactly one plain field, such as MESSAGES: \{history\}"),
        ("USER: a\nMESSAGES: {a} and {b}", "line 2: MESSAGES: takes exactly one"),
        ("MESSAGES: {a:list}", "takes exactly one plain field"),
        ("MESSAGES: {a!r}", "takes exactly one plain field"),
        ("MESSAGES: {:cache_control}", "takes exactly one plain field"),
    ],
)
def test_malformed_template(template, message):
    """The error says where, shows the fragment, and tells what to write."""
    with pytest.raises(PromptError, match=message):
        compile_template(template)


class Book:
    title = "Dune"

    def shout(self): ...

    @property
    def broken(self):
        return self.nothing


class Genre(enum.Enum):
    FANTASY = "fantasy"


VALUES = {"book": Book(), "d": {"a": 1}, "xs": [1], "n": 3, "none": None, "s": "text"}
CODE = {"genres": Genre, "f": len, "functions": [len], **VALUES}


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{book.titel}", r"\{book\.titel\}: Book has no attribute 'titel'"),
        ("{book.broken}", r"reading 'broken' of Book raised AttributeError: .*'nothing'"),
        ("{none.title}", r"\{none\.title\}: NoneType has no attribute 'title'"),
        ("{d[b]}", r"\{d\[b\]\}: dict has no key 'b'"),
        ("{d[0]}", r"dict has no key 0"),
        ("{xs[1]}", r"\{xs\[1\]\}: list has no item 1"),
        ("{xs[a]}", r"list cannot be asked for \['a'\]"),
        ("{xs[99999999999999999999]}", r"list cannot be asked for"),
        ("{n[0]}", r"int cannot be asked for \[0\]"),
        ("{s:.2f}", r"\{s:\.2f\}: str cannot be formatted with '\.2f'"),
        ("{d:>5}", r"dict cannot be formatted with '>5'"),
        ("{s:{n}{s}}", r"cannot be formatted with '3text'"),
        ("{s:list}", r"\{s:list\}: takes a list .*got str"),
        ("{d:list}", "got dict"),
        ("{n:list}", "got int"),
        ("{xs:lists}", r"\{xs:lists\}: takes a list .*got int"),
        ("MESSAGES: {none}", r"MESSAGES: \{none\} takes a list .*got None"),
        ("MESSAGES: {book.title}", r"MESSAGES: \{book\.title\} takes a list .*got str"),
        ("MESSAGES: {d}", "got dict"),
        ("{topic} {n} {genre:image}", "names genre, topic, .*known variables: book, d, n, none"),
    ],
)
def test_unfit_values(template, message):
    """The error names the whole field, the value's type, and what is wrong with it."""
    with pytest.raises(PromptError, match=message):
        compile_template(template).render(VALUES)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{s.title}", r"\{s\.title\}: this is a function, 'title', and not what it gives"),
        ("{f}", r"\{f\}: this is a function, 'len'"),
        ("{book.shout!r}", r"\{book\.shout!r\}: this is a function, 'shout'"),
        ("{functions:list}", "this is a function, 'len'"),
        ("{genres}", r"\{genres\}: this is the class 'Genre', and no value of it"),
    ],
)
def test_functions_and_classes_are_no_values(template, message):
    """Their text is a name and an address in memory, which nobody means to send."""
    with pytest.raises(PromptError, match=message):
        compile_template(template).render(CODE)


def test_the_members_of_a_class():
    """An enumeration is a list of its members."""
    (message,) = compile_template("{genres:list}").render(CODE)
    assert "Genre.FANTASY" == message.content


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ("SYSTEM: a\n  b\n    USER: {q}\nc", "line 3, column 5: USER: is indented deeper"),
        ("\n    SYSTEM:\n        a\n        USER: {q}\n    ", "line 4, column 9: USER: is"),
        ("USER: a\n\n\tMESSAGES: {h}\nASSISTANT: b", "line 3, column 2: MESSAGES: is"),
    ],
)
def test_a_role_word_that_is_indented_deeper(template, place):
    """It is not silently a text of the message before; the error says how to write it as one."""
    with pytest.raises(
        PromptError, match=place + r".*, or pass it as a value, such as \{example\}"
    ):
        compile_template(template)


def test_no_known_variables():
    """A missing variable among none says so."""
    with pytest.raises(PromptError, match="known variables: none"):
        compile_template("{x}").render({})


def test_error_of_a_property_passes():
    """An exception of the user's own code is not disguised."""

    class Broken:
        @property
        def x(self):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        compile_template("{o.x}").render({"o": Broken()})


def test_values_do_not_reach_private_names():
    """A key that looks like an attribute is only a key: no attribute is read through it."""
    with pytest.raises(PromptError, match="cannot be asked for"):
        compile_template("{o[__class__]}").render({"o": SimpleNamespace()})
