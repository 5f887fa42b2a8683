"""`metadata`: notes that go with every call of a prompt, and reach its response."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from typing_extensions import TypedDict

from ._narrow import is_mapping
from ._prompt_function import decorated_prompt, prompt_function

__all__ = ["Metadata", "metadata"]

_F = TypeVar("_F", bound=Callable[..., Any])


class Metadata(TypedDict, total=False):
    """The metadata of a call; further keys are allowed.

    Attributes:
        tags: Labels for whoever looks at the calls.
    """

    tags: set[str] | list[str]


def metadata(notes: Metadata | Mapping[str, Any], /) -> Callable[[_F], _F]:
    """Attach metadata to a prompt function or a `BasePrompt` class, above or below its template.

    Args:
        notes: The metadata; copied.  Where the decorator stands twice, the upper one's keys win.

    Raises:
        PromptError: When it is put above a call decorator.
        TypeError: The notes are no dictionary, as when the decorator has no parentheses.
    """
    if not is_mapping(notes):
        raise TypeError(
            f'metadata takes a dictionary, as in `@metadata({{"tags": {{"a"}}}})`; got {notes!r}.'
        )
    given = dict(notes)

    def decorate(prompt: _F) -> _F:
        target: Any = prompt
        if isinstance(target, type) and _note_on_class(target, given):
            return prompt
        below = decorated_prompt(target, "metadata")
        merged = {**(below.metadata or {}), **given}
        decorated: _F = prompt_function(below.replaced(metadata=merged))
        return decorated

    return decorate


def _note_on_class(target: type[Any], notes: Mapping[str, Any]) -> bool:
    from ._base_prompt import BasePrompt

    if not issubclass(target, BasePrompt):
        return False
    target.prompt_metadata = {**(target.prompt_metadata or {}), **notes}
    return True
