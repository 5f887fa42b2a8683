"""What a fold keeps of events that repeat the last one in everything but their text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ._object_pattern import ObjectPattern
from ._pattern import Pattern

__all__ = ["RepeatedText"]


class RepeatedText:
    """The patterns by which an event's text is recognised, and where that text goes.

    Args:
        over_bytes: The pattern over an event's bytes.
        over_objects: The pattern over the SDK's objects.

    Attributes:
        add: Takes a recognised text in; `None` while nothing is recognised.
        text_of: Gives the text of an event's bytes if they are recognised.
        text_in: Gives the text of an SDK's object if it is recognised.
    """

    __slots__ = ("_bytes", "_objects", "add", "text_in", "text_of")

    def __init__(self, over_bytes: Pattern, over_objects: ObjectPattern) -> None:
        self.add: Callable[[str], None] | None = None
        self.text_of: Callable[[bytes], str | None] = over_bytes.text
        self.text_in: Callable[[Any], str | None] = over_objects.text
        self._bytes = over_bytes
        self._objects = over_objects

    def knows(self, raw: Any) -> bool:
        """Whether an object is of the class that is recognised."""
        return raw.__class__ is self._objects.kind

    def learn(self, raw: Any, text: str, add: Callable[[str], None]) -> None:
        """Take an event that says nothing but a text as the pattern for the next ones.

        Args:
            raw: The event's bytes, or the SDK's object; nothing is learnt from `None`.
            text: The text.
            add: Where the next texts go.
        """
        pattern: Pattern = self._bytes if raw.__class__ is bytes else self._objects
        if raw is not None and pattern.wanted:
            self.add = add if pattern.learn(raw, text) else None

    def forget(self) -> None:
        """Recognise nothing until the next event is learnt."""
        self.add = None
        self._bytes.forget()
        self._objects.forget()
