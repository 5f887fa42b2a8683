"""What the body of a prompt function returned, read as messages."""

from __future__ import annotations

from typing import Any

from ..errors import PromptError
from ._narrow import is_mapping, is_sequence
from ._parts import PART_CLASSES, is_answer, is_content, why_no_message
from .message_param import BaseMessageParam
from .messages import Messages

__all__ = ["messages_of", "refuse_answer"]


def refuse_answer(value: Any) -> None:
    """Refuse a response or a stream as a prompt.

    Raises:
        PromptError: It is one.
    """
    if is_answer(value):
        raise PromptError(
            f"the function returned {type(value).__name__}, which is no prompt: return what"
            " it says (its `content`), or a list of messages with its `message_param`"
        )


def messages_of(value: Any) -> list[Any]:
    """Give the messages that a body returned as its prompt: these, or the content of the user's.

    Raises:
        PromptError: It is nothing of the kind.
    """
    if isinstance(value, BaseMessageParam) or is_mapping(value) or _is_native(value):
        return [value]
    if is_content(value):
        return [Messages.User(value)]
    if not is_sequence(value):
        raise PromptError(
            f"the function returned {type(value).__name__}, which is no prompt: a text, a"
            " message, a message part, a list of these or a dynamic configuration is"
        )
    contents = [is_content(item) for item in value]
    if contents and all(contents):
        return [Messages.User(value)]
    for place, item in enumerate(value, start=1):
        if (problem := why_no_message(item)) is not None:
            raise PromptError(f"item {place} of the list that the function returned {problem}")
    return [*value]


def _is_native(value: Any) -> bool:
    return hasattr(value, "role") and not isinstance(value, (*PART_CLASSES, str))
