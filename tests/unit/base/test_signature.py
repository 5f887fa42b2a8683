"""What inspection finds out about functions, and how it binds their arguments."""

from __future__ import annotations

import asyncio
import functools
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirascope.core.base._signature import inspect_function


def plain(a, b=1): ...


def rich(p, /, q, *args, w=2, **more): ...


async def coloured(a): ...


@functools.wraps(coloured)
def wrapper(*args, **kwargs):
    return coloured(*args, **kwargs)


class Caller:
    def method(self, a):
        """Do nothing."""

    def with_cell(self, a):
        return __class__

    async def __call__(self, a): ...


def closure():
    value = 1

    def inner(a): ...

    def user(a):
        return value

    return inner, user


@pytest.mark.parametrize(
    ("fn", "is_async"),
    [
        (plain, False),
        (coloured, True),
        (wrapper, True),
        (functools.partial(coloured, 1), True),
        (functools.partial(wrapper), True),
        (functools.partial(plain, 1), False),
        (Caller(), True),
        (Caller().method, False),
        (Caller().__call__, True),
        (lambda: None, False),
    ],
)
def test_colour(fn, is_async):
    """A function is asynchronous if anything behind it is an `async def`."""
    assert is_async is inspect_function(fn).is_async


def documented(a):
    """Have a docstring only."""


def passing(a):
    pass


def returning_ellipsis(a):
    return ...


async def documented_async(a):
    """Have a docstring only."""


def returning_text(a):
    return "hi"


def returning_argument(a):
    return a


def raising(a):
    raise NotImplementedError


async def awaiting(a):
    await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("fn", "is_empty"),
    [
        (plain, True),
        (rich, True),
        (documented, True),
        (passing, True),
        (returning_ellipsis, True),
        (coloured, True),
        (documented_async, True),
        (Caller().method, True),
        (closure()[0], True),
        (functools.partial(plain, 1), True),
        (lambda a: None, True),
        (returning_text, False),
        (returning_argument, False),
        (raising, False),
        (awaiting, False),
        (wrapper, False),
        (Caller().with_cell, False),
        (closure()[1], False),
        (Caller(), False),
        (lambda a: {"computed_fields": {}}, False),
    ],
)
def test_empty_body(fn, is_empty):
    """A body counts as empty only if it certainly does nothing."""
    assert is_empty is inspect_function(fn).has_empty_body


@pytest.mark.parametrize(
    ("fn", "args", "kwargs", "expected"),
    [
        (plain, (1, 2), {}, {"a": 1, "b": 2}),
        (plain, (1,), {}, {"a": 1, "b": 1}),
        (plain, (), {"b": 3, "a": 2}, {"a": 2, "b": 3}),
        (plain, (1,), {"b": 3}, {"a": 1, "b": 3}),
        (rich, (1, 2), {}, {"p": 1, "q": 2, "args": (), "w": 2}),
        (rich, (1, 2, 3), {"z": 4}, {"p": 1, "q": 2, "args": (3,), "w": 2, "z": 4}),
        (rich, (1, 2), {"p": "caught"}, {"p": 1, "q": 2, "args": (), "w": 2}),
        (functools.partial(plain, 7), (8,), {}, {"a": 7, "b": 8}),
        (functools.partial(plain, b=7), (8,), {}, {"a": 8, "b": 7}),
        (functools.partial(plain, b=7), (8,), {"b": 9}, {"a": 8, "b": 9}),
        (wrapper, (1,), {}, {"a": 1}),
        (lambda: None, (), {}, {}),
    ],
)
def test_bind(fn, args, kwargs, expected):
    """Arguments are bound by name, defaults and early arguments included."""
    assert expected == inspect_function(fn).bind(args, kwargs)


def test_bind_method():
    """`self` is an argument like any other."""
    caller = Caller()
    assert {"self": caller, "a": 1} == inspect_function(caller.method).bind((1,), {})


def two(a, b): ...


@given(
    st.sampled_from([plain, rich, two]),
    st.lists(st.integers(), max_size=4),
    st.dictionaries(st.sampled_from(["a", "b", "p", "q", "w", "z"]), st.integers()),
)
def test_bind_agrees_with_python(fn, args, kwargs):
    """A call is bound exactly if Python accepts it, and to the same values."""
    try:
        bound = inspect.signature(fn).bind(*args, **kwargs)
    except TypeError:
        bound = None
    if bound is None:
        with pytest.raises(TypeError):
            inspect_function(fn).bind(args, kwargs)
        return
    bound.apply_defaults()
    expected = dict(bound.arguments)
    expected = {**expected.pop("more", {}), **expected}
    assert expected == inspect_function(fn).bind(args, kwargs)


@pytest.mark.parametrize(
    ("fn", "args", "kwargs", "message"),
    [
        (plain, (), {}, r"plain\(\) missing 1 required positional argument: 'a'"),
        (plain, (1, 2, 3), {}, r"plain\(\) takes from 1 to 2 positional arguments but 3"),
        (plain, (1,), {"c": 1}, r"plain\(\) got an unexpected keyword argument 'c'"),
        (coloured, (), {}, r"coloured\(\) missing 1 required positional argument: 'a'"),
        (wrapper, (), {}, r"coloured\(\) missing 1 required"),
        (Caller(), (), {}, r"Caller\(\) missing a required argument: 'a'"),
        (Caller().method, (), {}, r"Caller\.method\(\) missing 1 required"),
    ],
)
def test_wrong_arguments(fn, args, kwargs, message):
    """The error is Python's own, with the function's name, and nothing is run."""
    with pytest.raises(TypeError, match=message):
        inspect_function(fn).bind(args, kwargs)


@pytest.mark.parametrize(
    ("fn", "names", "takes_any_name"),
    [(plain, {"a", "b"}, False), (rich, {"p", "q", "args", "w"}, True)],
)
def test_names(fn, names, takes_any_name):
    """The names are those `bind` gives; `**kwargs` stands for any further one."""
    signature = inspect_function(fn)
    assert (names, takes_any_name) == (signature.names, signature.takes_any_name)


def test_repr_does_not_show_early_arguments():
    """What a method or a partial holds on to may be a secret."""
    assert "hunter2" not in repr(inspect_function(functools.partial(plain, "hunter2")))
