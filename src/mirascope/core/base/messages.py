"""Short ways to write the messages of a prompt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from ._parts import content_part
from .message_param import BaseMessageParam, Part, TextPart, ToolCallPart

if TYPE_CHECKING:
    from .call_response import Said

__all__ = ["Messages", "answer_message"]

_Content: TypeAlias = "str | bytes | Part | Sequence[str | bytes | Part | Any]"


class Messages:
    """Makes messages: `Messages.User("hello")`.

    Content is a text, a part, or a sequence of texts, parts, bytes of a known media type, PIL
    images and `wave.Wave_read` objects.  A text alone stays a text; everything else becomes a list
    of parts.

    Attributes:
        Type: What a prompt function may return as its prompt: for annotations.
    """

    Type: TypeAlias = (
        str | Part | BaseMessageParam | Sequence[str | Part | BaseMessageParam | dict[str, Any]]
    )

    @staticmethod
    def System(content: _Content) -> BaseMessageParam:  # noqa: N802  # the name of the role
        """A message with the role `system`.

        Raises:
            PromptError: The content holds something that is no part.
        """
        return _message("system", content)

    @staticmethod
    def User(content: _Content) -> BaseMessageParam:  # noqa: N802  # the name of the role
        """A message with the role `user`.

        Raises:
            PromptError: The content holds something that is no part.
        """
        return _message("user", content)

    @staticmethod
    def Assistant(content: _Content) -> BaseMessageParam:  # noqa: N802  # the name of the role
        """A message with the role `assistant`.

        Raises:
            PromptError: The content holds something that is no part.
        """
        return _message("assistant", content)


def answer_message(said: Iterable[Said]) -> BaseMessageParam:
    """A message with the role `assistant`, of what a model said: a text unless it called tools."""
    pieces = list(said)
    texts = [piece for piece in pieces if isinstance(piece, str)]
    if len(texts) == len(pieces):
        return BaseMessageParam(role="assistant", content="".join(texts))
    return BaseMessageParam(role="assistant", content=[_part(piece) for piece in pieces if piece])


def _part(said: Said) -> Part:
    if isinstance(said, str):
        return TextPart(text=said)
    name, arguments, identity = said
    return ToolCallPart(name=name, args=arguments, id=identity)


def _message(role: str, content: _Content) -> BaseMessageParam:
    if isinstance(content, str):
        return BaseMessageParam(role=role, content=content)
    where = f"Messages.{role.capitalize()}"
    if isinstance(content, Sequence) and not isinstance(content, (bytes, bytearray)):
        return BaseMessageParam(role=role, content=[content_part(item, where) for item in content])
    return BaseMessageParam(role=role, content=[content_part(content, where)])
