"""What is known of a decorated function: its parameters, its colour, whether its body is empty.

Bound methods and `functools.partial` objects are looked through, so that what they hold on to
(`self`, the arguments given early) is bound like every other argument.
"""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import CodeType
from typing import Any, Final

from ._record import Record

__all__ = ["FunctionSignature", "inspect_function"]

_KINDS: Final = inspect.Parameter
# What the compiler emits for `...`, `pass`, a docstring or `return None`, `async` or not.  An
# instruction unknown here only means that the body counts as not empty.
_EMPTY_BODY: Final = frozenset({
    "CALL_INTRINSIC_1",
    "COPY_FREE_VARS",
    "LOAD_CONST",
    "MAKE_CELL",
    "NOP",
    "POP_TOP",
    "RERAISE",
    "RESUME",
    "RETURN_CONST",
    "RETURN_GENERATOR",
    "RETURN_VALUE",
})  # fmt: skip


class FunctionSignature(Record):
    """A function, inspected once.

    Attributes:
        name: How to call it in an error.
        signature: Its parameters; those a method or a partial has filled are among them.
        is_async: Whether its result has to be awaited.
        has_empty_body: Whether it certainly does nothing and returns `None` (or `...`).
        names: The names of its arguments, as `bind` gives them.
        takes_any_name: Whether it has a `**kwargs`, so that any name may become an argument.
    """

    name: str
    signature: inspect.Signature
    is_async: bool
    has_empty_body: bool
    names: frozenset[str]
    takes_any_name: bool
    _innermost: Callable[..., Any] | None
    _early: tuple[tuple[Any, ...], Mapping[str, Any]]
    _plain: tuple[str, ...] | None

    def bind(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """The function's arguments by name, for a call with `args` and `kwargs`.

        Defaults are filled in, `*args` stands under its own name, what `**kwargs` caught stands
        beside the named arguments, and `self` is an argument like any other.

        Raises:
            TypeError: The call does not fit; worded as Python words it.
        """
        early_args, early_kwargs = self._early
        given = (*early_args, *args)
        named = {**early_kwargs, **kwargs}
        if self._plain is not None and len(given) + len(named) == len(self._plain):
            values = dict(zip(self._plain, given, strict=False)) | named
            # As many values as parameters, and all of them named: each was given exactly once.
            if values.keys() == self.names:
                return values
        return self._bound(given, named)

    def _bound(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        try:
            bound = self.signature.bind(*args, **kwargs)
        except TypeError as error:
            if self._innermost is not None:
                # The arguments do not fit, so this raises Python's own words and runs nothing.
                self._innermost(*args, **kwargs)
            raise TypeError(f"{self.name}() {error}") from error
        bound.apply_defaults()
        values = dict(bound.arguments)
        for parameter in self.signature.parameters.values():
            if parameter.kind is _KINDS.VAR_KEYWORD:
                # A positional-only parameter may share its name with a keyword: the parameter wins.
                values = values.pop(parameter.name) | values
        return values


def inspect_function(fn: Callable[..., Any]) -> FunctionSignature:
    """Inspect a function, method, lambda, partial or callable object.

    Args:
        fn: What is called; the original behind `__wrapped__` tells the parameters.

    Raises:
        TypeError: `fn` is not callable.
        ValueError: `fn` is a builtin that does not tell its parameters.
    """
    base, args, kwargs = _without_early_arguments(fn)
    signature = inspect.signature(base)
    parameters = signature.parameters.values()
    plain = all(p.kind is _KINDS.POSITIONAL_OR_KEYWORD for p in parameters)
    return FunctionSignature(
        name=getattr(base, "__qualname__", type(base).__name__),
        signature=signature,
        is_async=_is_async(fn),
        has_empty_body=_has_empty_body(base),
        names=frozenset(p.name for p in parameters if p.kind is not _KINDS.VAR_KEYWORD),
        takes_any_name=any(p.kind is _KINDS.VAR_KEYWORD for p in parameters),
        _innermost=_innermost(base, signature),
        _early=(args, kwargs),
        _plain=tuple(signature.parameters) if plain else None,
    )


def _without_early_arguments(
    fn: Callable[..., Any],
) -> tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]:
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = {}
    while True:
        if isinstance(fn, partial):
            args, kwargs = (*fn.args, *args), {**fn.keywords, **kwargs}
            fn = fn.func
        elif inspect.ismethod(fn):
            args, fn = (fn.__self__, *args), fn.__func__
        else:
            return fn, args, kwargs


def _innermost(fn: Callable[..., Any], signature: inspect.Signature) -> Callable[..., Any] | None:
    # The user's own function, if it is one and takes exactly what the outermost says it takes.
    innermost = inspect.unwrap(fn)
    is_same = inspect.isfunction(innermost) and inspect.signature(innermost) == signature
    return innermost if is_same else None


def _is_async(fn: Any) -> bool:
    while fn is not None:
        if inspect.iscoroutinefunction(fn) or inspect.iscoroutinefunction(type(fn).__call__):
            return True
        fn = fn.func if isinstance(fn, partial) else getattr(fn, "__wrapped__", None)
    return False


def _has_empty_body(fn: Callable[..., Any]) -> bool:
    # What a decorator in between does is its own business: only the very function is looked at.
    code = getattr(fn, "__code__", None)
    if not isinstance(code, CodeType):
        return False
    for instruction in dis.get_instructions(code):
        if instruction.opname not in _EMPTY_BODY:
            return False
        is_constant = instruction.opname in {"LOAD_CONST", "RETURN_CONST"}
        if is_constant and instruction.argval not in (None, ...):
            return False
    return True
