"""Several decorators as one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["merge_decorators"]

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])
ResultT = TypeVar("ResultT")


def merge_decorators(
    decorator: Callable[[FunctionT], ResultT], *additional: Callable[[Any], Any]
) -> Callable[[], Callable[[FunctionT], ResultT]]:
    """Make one decorator of several.

    The first stands outermost, as if the others were written below it.

    Args:
        decorator: The outermost decorator, such as `openai.call(...)`.
        additional: The decorators below it, such as `prompt_template(...)`, from top to bottom.

    Returns:
        A function without arguments that gives the merged decorator: `@merged()`.
    """

    def merged() -> Callable[[FunctionT], ResultT]:
        def decorate(function: FunctionT) -> ResultT:
            inner: Any = function
            for each in reversed(additional):
                inner = each(inner)
            return decorator(inner)

        return decorate

    return merged
