"""Several decorators as one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, overload

from ._decorator import CallDecorator

__all__ = ["merge_decorators"]

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])
ResultT = TypeVar("ResultT")
ClientT = TypeVar("ClientT")
SyncT = TypeVar("SyncT")
AsyncT = TypeVar("AsyncT")


@overload
def merge_decorators(
    decorator: CallDecorator[ClientT, SyncT, AsyncT], *additional: Callable[[Any], Any]
) -> Callable[[], CallDecorator[ClientT, SyncT, AsyncT]]: ...
@overload
def merge_decorators(
    decorator: Callable[[FunctionT], ResultT], *additional: Callable[[Any], Any]
) -> Callable[[], Callable[[FunctionT], ResultT]]: ...
def merge_decorators(decorator: Any, *additional: Callable[[Any], Any]) -> Callable[[], Any]:
    """Make one decorator of several.

    The first stands outermost, as if the others were written below it.

    Args:
        decorator: The outermost decorator, such as `openai.call(...)`.
        additional: The decorators below it, such as `prompt_template(...)`, from top to bottom.

    Returns:
        A function without arguments that gives the merged decorator: `@merged()`.
    """

    def merged() -> Any:
        def decorate(function: Any) -> Any:
            for each in reversed((decorator, *additional)):
                function = each(function)
            return function

        is_call = isinstance(decorator, CallDecorator)
        return CallDecorator[Any, Any, Any](decorate) if is_call else decorate

    return merged
