"""Templates rendered to text: roles, indentation, fields, and values that stay as they are."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mirascope.core.base._template import compile_template
from mirascope.core.base.message_param import BaseMessageParam
from mirascope.core.errors import PromptError

ROLE_LINE = re.compile(r"^(SYSTEM|USER|ASSISTANT|MESSAGES):", re.MULTILINE)
# Text made of what a template gives a meaning to, far more often than chance would.
TRICKY = st.lists(
    st.sampled_from([
        "{", "}", "{{", "}}", "{x}", "\n", "\r\n", " ", "\t", "USER:", "SYSTEM: ", "MESSAGES:", ":",
        "!r", "{x:list}", "{:cache_control}", "[0]", "._a", "é", "a",
    ])
).map("".join)  # fmt: skip
TEXT = st.one_of(st.text(), TRICKY)


def rendered(template, **values):
    return [(m.role, m.content) for m in compile_template(template).render(values)]


def text_of(template, **values):
    ((role, content),) = rendered(template, **values)
    assert role == "user"
    return content


def escaped(text):
    return text.replace("{", "{{").replace("}", "}}")


@given(TEXT)
def test_values_come_out_verbatim(value):
    """Whatever a value holds, it is only text: no braces, roles or blank space are looked at."""
    assert f"a{value}b" == text_of("a{x}b", x=value)
    if value.strip():
        assert value == text_of("\n  {x}\n  ", x=value)
        assert [("system", value), ("user", value)] == rendered(
            "SYSTEM: {x}\nUSER:\n {x} ", x=value
        )


@given(TEXT)
def test_escaped_text_comes_back(text):
    """A template of escaped text gives the text, line ends made uniform."""
    assume(not ROLE_LINE.search(text))
    expected = text.replace("\r\n", "\n")
    assert f"<{expected}>" == text_of(f"<{escaped(text)}>")


@given(TEXT, TEXT)
def test_compiling_is_total(text, value):
    """Any text compiles or is refused with a PromptError, and so is any rendering of it."""
    try:
        template = compile_template(text)
        template.render(dict.fromkeys(template.variables, value))
    except PromptError as error:
        assert str(error)  # noqa: PT017  # both outcomes are right


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("hi", [("user", "hi")]),
        ("", []),
        (" \n\t\n ", []),
        ("SYSTEM: a\nUSER: b\nASSISTANT: c", [("system", "a"), ("user", "b"), ("assistant", "c")]),
        ("\n    SYSTEM:\n    a\n\n    USER:b\n", [("system", "a"), ("user", "b")]),
        ("USER: a\nUSER: b", [("user", "a"), ("user", "b")]),
        ("SYSTEM: \nUSER: b", [("user", "b")]),
        ("SYSTEM: a\r\nUSER: b\r\n", [("system", "a"), ("user", "b")]),
        # A role word counts at the start of a line only.
        ("SUPERUSER: hello", [("user", "SUPERUSER: hello")]),
        ("The format is USER: name", [("user", "The format is USER: name")]),
        ("USER: a\n - USER: b\nc", [("user", "a\n - USER: b\nc")]),
        ("The form is:\n  USER: a", [("user", "The form is:\n  USER: a")]),
        ("user: a", [("user", "user: a")]),
        # The first line stands behind the quotes: the others' indentation is common.
        ("SYSTEM: a\n    b\n    USER: c\n    ", [("system", "a\nb"), ("user", "c")]),
    ],
)
def test_roles(template, expected):
    """Role words cut the template into messages."""
    assert expected == rendered(template)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("\n    def f():\n        return 1\n", "def f():\n    return 1"),
        ("def f():\n    return 1", "def f():\n    return 1"),
        ("USER:\n  def f():\n      return 1", "def f():\n    return 1"),
        ("USER: a\n      b\n        c", "a\nb\n  c"),
        ("USER: a\n  b\nc", "a\n  b\nc"),
        ("  a\n\n  b", "a\n\nb"),
        ("\ta\n\t  b", "a\n  b"),
        ("\ta\n  b", "a\n  b"),
        ("a  \nb\t\nc  ", "a  \nb\t\nc"),
    ],
)
def test_indentation(template, expected):
    """Common indentation goes, relative indentation and trailing blanks inside stay."""
    assert expected == text_of(template)


@pytest.mark.parametrize("value", ["\n  x\n", "x\n    y", "    x"])
def test_indentation_of_values_stays(value):
    """A value is neither dedented nor stripped, and does not change its surroundings."""
    assert f"a:\n{value}\nb" == text_of("\n    a:\n    {x}\n    b\n", x=value)


@pytest.mark.parametrize(
    ("template", "expected"),
    [("{q}\n{none}", "Q"), ("{none}\n\n{q}", "Q"), ("{none} - {q} {none}", "- Q")],
)
def test_blank_space_beside_empty_values_goes(template, expected):
    """Blank space of the template goes from the ends of a message, empty values or not."""
    assert expected == text_of(template, q="Q", none=None)


@pytest.mark.parametrize("value", [None, "", "  ", "\n"])
def test_message_without_content_is_left_out(value):
    """A message in which nothing is left is not sent."""
    assert rendered("SYSTEM: {x} \nUSER: b", x=value) == [("user", "b")]


VALUES = {
    "p": 3.14159,
    "s": "é'",
    "none": None,
    "width": 6,
    "fill": "*",
    "day": dt.datetime(2024, 5, 6, 7, 8, tzinfo=dt.UTC),
    "book": SimpleNamespace(title="Dune", authors=[SimpleNamespace(name="Frank")]),
    "d": {"key": "v", "0": "zero", "a.b": "dotted", "with space": "spaced", "{": "brace"},
    "xs": ["a", "b"],
    "by_number": {7: "seven"},
}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{p:.2f}", "3.14"),
        ("{s:>4}|", "  é'|"),
        ("{s!r}", '"é\'"'),
        ("{s!a}", '"\\xe9\'"'),
        ("{p!s:>8}", " 3.14159"),
        ("{s:{fill}^{width}}", "**é'**"),
        ("{p:{width}.3f}", " 3.142"),
        ("{day:%Y-%m-%d %H:%M}", "2024-05-06 07:08"),
        ("{none}", None),
        ("{none:>8}.", "."),
        ("{none!r}", "None"),
        ("{book.title}", "Dune"),
        ("{book.authors[0].name:>6}", " Frank"),
        ("{d[key]}", "v"),
        ("{d[0]}", "zero"),
        ("{d[a.b]} {d[with space]} {d[{]}", "dotted spaced brace"),
        ("{xs[1]}", "b"),
        ("{by_number[7]}", "seven"),
        ("{{{s}}}", "{é'}"),
        ('{{"a": {{"b": "{s}"}}}}', '{"a": {"b": "é\'"}}'),
        (":list {xs}:list", ":list ['a', 'b']:list"),
    ],
)
def test_fields(template, expected):
    """Paths, conversions and specifications work as in `str.format`, and further."""
    messages = rendered(template, **VALUES)
    assert ([] if expected is None else [("user", expected)]) == messages


@pytest.mark.parametrize(
    ("template", "value", "expected"),
    [
        ("{x:list}", ["a", 1, None], "a\n1\nNone"),
        ("{x:list}", ("a", "b"), "a\nb"),
        ("{x: list }", {"k": 1}.keys(), "k"),
        ("{x:list}", (c for c in "ab"), "a\nb"),
        ("-{x:list}-", None, "--"),
        ("{x:lists}", [["a", "b"], ("c",), {"d"}], "a\nb\n\nc\n\nd"),
        ("{x.ys:list}", SimpleNamespace(ys=["a", "b"]), "a\nb"),
        ("{x[0]:list}", [["a", "b"]], "a\nb"),
        ("{x:list}", ["{x}", "USER: y"], "{x}\nUSER: y"),
    ],
)
def test_lists(template, value, expected):
    """Lists are joined by lines, lists of lists by blank lines, wherever the value is found."""
    assert expected == text_of(template, x=value)


def test_spliced_messages_are_the_same_objects():
    """`MESSAGES:` passes on what is in the list, of whatever kind, as it is."""
    history = [
        {"role": "user", "content": "{x} USER: hi"},
        BaseMessageParam(role="tool", content=""),
    ]
    template = compile_template("SYSTEM: a\nMESSAGES: {h.turns}\nUSER: b")
    messages = template.render({"h": SimpleNamespace(turns=tuple(history))})
    assert [messages[0].role, messages[3].role] == ["system", "user"]
    assert history[0] is messages[1]
    assert history[1] is messages[2]


def test_spliced_empty_history():
    """An empty history is no message at all."""
    assert rendered("MESSAGES: {h}\nUSER: b", h=[]) == [("user", "b")]


def test_variables():
    """The names a template needs are those at the root of its fields, nested ones too."""
    template = compile_template(
        "SYSTEM: {a.b} {c[d]:{e}} {f:image} {{g}}\nMESSAGES: {h}\nUSER: {a} {:cache_control}"
    )
    assert {"a", "c", "e", "f", "h"} == template.variables


def test_rendering_leaves_values_alone():
    """Rendering changes nothing it is given, and gives a new list each time."""
    history = [{"role": "user", "content": "x"}]
    values = {"h": history, "unused": 1}
    template = compile_template("MESSAGES: {h}")
    assert template.render(values) is not template.render(values)
    assert values == {"h": [{"role": "user", "content": "x"}], "unused": 1}
    assert history is values["h"]
