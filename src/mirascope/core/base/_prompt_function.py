"""What the decorators make of a prompt function: a function again, of the same colour.

The decorated function looks like the user's own and carries its `Prompt`.  Mistakes that can be
seen without a call are reported here, while the user's module is being imported.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from ..errors import PromptError
from ._prompt import CALL_ATTRIBUTE, PROMPT_ATTRIBUTE, Prompt

__all__ = ["constant_function", "decorated_prompt", "prompt_function"]


def decorated_prompt(fn: Any, decorator: str) -> Prompt:
    """The prompt of what a decorator was put on.

    Args:
        fn: A function, decorated before or not.
        decorator: The decorator's name, for the errors.

    Raises:
        PromptError: `fn` is a call of a model already.
        TypeError: `fn` is not callable.
    """
    kind = type(fn).__name__
    # A staticmethod can be called, but what comes out of here would then take `self`.
    if not callable(fn) or isinstance(fn, staticmethod):
        raise TypeError(
            f"@{decorator} takes a function, got {kind}; @classmethod, @staticmethod"
            f" and @property go above @{decorator}"
        )
    if hasattr(fn, CALL_ATTRIBUTE):
        raise PromptError(
            f"@{decorator} stands above the call decorator of {_name(fn)}(), where it has no"
            f" effect; put @{decorator} below the call decorator"
        )
    return Prompt.of(fn)


def prompt_function(prompt: Prompt) -> Any:
    """The function of a prompt.

    Args:
        prompt: What it carries.  If `prompt.renders`, a call gives the messages; otherwise it
            gives what the user's own function gives.

    Raises:
        PromptError: The template names a variable that can be neither an argument nor a computed
            field.
    """
    _check_variables(prompt)
    fn = prompt.fn

    @wraps(fn)
    def function(*args: Any, **kwargs: Any) -> Any:
        return _result(prompt, args, kwargs, fn(*args, **kwargs))

    @wraps(fn)
    async def async_function(*args: Any, **kwargs: Any) -> Any:
        return _result(prompt, args, kwargs, await fn(*args, **kwargs))

    made = async_function if prompt.is_async else function
    made.__dict__[PROMPT_ATTRIBUTE] = prompt
    return made


def constant_function(name: str, result: Callable[[], Any], *, is_async: bool) -> Any:
    """A function without parameters that gives `result()`, under the given name.

    Args:
        name: Its name.
        result: What it gives, worked out at each call.
        is_async: Whether it is an `async def`.
    """

    def function() -> Any:
        return result()

    async def async_function() -> Any:
        return result()

    made = async_function if is_async else function
    made.__name__ = made.__qualname__ = name
    return made


def _result(prompt: Prompt, args: tuple[Any, ...], kwargs: dict[str, Any], returned: Any) -> Any:
    if not prompt.renders:
        return returned
    return prompt.rendered(prompt.bind(args, kwargs), returned).messages


def _check_variables(prompt: Prompt) -> None:
    # A body may return computed fields, and `**kwargs` may catch any name: then only a call tells.
    if prompt.template is None or prompt.has_body or prompt.signature.takes_any_name:
        return
    unknown = prompt.template.variables - prompt.signature.names
    if unknown:
        raise PromptError(
            f"{prompt.signature.name}(): the template names {', '.join(sorted(unknown))}, but the"
            f" function's arguments are {', '.join(sorted(prompt.signature.names)) or 'none'}"
        )


def _name(fn: Any) -> str:
    return getattr(fn, "__qualname__", None) or type(fn).__name__
