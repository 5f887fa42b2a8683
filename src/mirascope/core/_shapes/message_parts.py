"""Messages on their way to a provider: ids of calls, fields of any form, parts that do not go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from ..base._narrow import is_mapping
from ..base.message_param import ToolCallPart, ToolResultPart

__all__ = ["CallIds", "field_of", "place_of_last", "refused"]


class CallIds:
    """The ids of the tool calls and of the results in one prompt.

    Not every provider gives its calls ids, and some take ids of a certain form only; a history may
    come from any of them. A call without an id is given one, and a result without an id answers
    the first call of its tool that has no result yet.

    Args:
        prefix: What the ids that are made up begin with.
        form: Puts an id into the form that the provider takes: the same id always into the same.
    """

    __slots__ = ("_count", "_form", "_open", "_prefix")

    def __init__(self, prefix: str = "call_", *, form: Callable[[str], str] = str) -> None:
        self._prefix = prefix
        self._form = form
        self._count = 0
        self._open: list[tuple[str, str]] = []

    def of_call(self, part: ToolCallPart) -> str:
        """Give the id of a call; it is made up where it has none."""
        self._count += 1
        call_id = self._form(part.id or f"{self._prefix}{self._count}")
        self._open.append((part.name, call_id))
        return call_id

    def of_result(self, part: ToolResultPart) -> str:
        """Give the id of the call that a result answers.

        Raises:
            ValueError: The result has no id, and there is no unanswered call of its tool.
        """
        given = self._form(part.id) if part.id else None
        for place, (name, call_id) in enumerate(self._open):
            if given == call_id or (given is None and part.name in ("", name)):
                del self._open[place]
                return call_id
        if given is None:
            raise ValueError(
                f"A result of the tool {part.name!r} has no id, and no call before it waits for "
                "one: give the ToolResultPart the id of its call."
            )
        return given


def refused(part: Any, role: str, *, by: str) -> ValueError:
    """Make the error for a part that a provider does not take.

    Args:
        part: The part.
        role: The role of its message.
        by: Who does not take it, for a sentence that begins with it.
    """
    return ValueError(
        f"{by} does not take a {type(part).__name__} ({part.type!r}) in a {role!r} message: leave "
        "it out, or give the whole message in the provider's own form."
    )


def field_of(message: Any, *names: str) -> Any:
    """Give a field of a message, or of a part of one, in the provider's own form.

    Args:
        message: A dictionary or an object of the SDK.
        names: The names that the field goes by; the first that is there counts.
    """
    if not is_mapping(message):
        message = {name: getattr(message, name, None) for name in names}
    return next((message[name] for name in names if message.get(name) is not None), None)


def place_of_last(messages: Sequence[Any], roles: Collection[Any]) -> int | None:
    """Give the place of the last message of one of some roles; `None` if there is none."""
    places = range(len(messages) - 1, -1, -1)
    return next((at for at in places if field_of(messages[at], "role") in roles), None)
