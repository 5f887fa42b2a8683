"""What a fold keeps of events that repeat the last one in everything but their text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from ._fold import Step
from ._step_fold import StepFold
from ._text_pattern import Recognise, unknown

__all__ = ["Pattern", "RepeatedText", "TextFold"]

_TRIES = 8


class Pattern(Protocol):
    """Recognises what equals the last one it learnt in everything but its text.

    Attributes:
        text: Gives the text of what fits the pattern that was learnt; `None` for anything else.
    """

    @property
    def text(self) -> Recognise: ...

    def learn(self, raw: Any, text: str) -> bool:
        """Take an event as the pattern.

        Args:
            raw: The event's bytes, or the SDK's object.
            text: Its text, as parsed.

        Returns:
            Whether a pattern could be made of it; otherwise nothing is recognised.
        """
        ...


class RepeatedText:
    """The patterns by which an event's text is recognised, and where that text goes.

    Nothing is learnt any more once several patterns in a row have recognised nothing: then events
    differ in more than their text, or their text has no certain place.

    Args:
        over_bytes: The pattern over an event's bytes.
        over_objects: The pattern over the SDK's objects.

    Attributes:
        text: Gives the text of an event's bytes or of an SDK's object that is recognised; `None`
            for any other.
        add: Takes a recognised text in.
    """

    __slots__ = ("_bytes", "_learnt", "_objects", "_tries", "add", "text")

    def __init__(self, over_bytes: Pattern, over_objects: Pattern) -> None:
        self.text: Recognise = unknown
        self.add: Callable[[str], None] = unknown
        self._bytes = over_bytes
        self._objects = over_objects
        self._learnt: Pattern = over_bytes
        self._tries = 0

    def learn(self, raw: Any, text: str, add: Callable[[str], None]) -> None:
        """Take an event that says nothing but a text as the pattern for the next ones.

        Args:
            raw: The event's bytes, or the SDK's object; nothing is learnt from `None`.
            text: The text.
            add: Where the next texts go.
        """
        self.text = unknown
        if raw is None or self._tries >= _TRIES:
            return
        self._tries += 1
        pattern = self._bytes if raw.__class__ is bytes else self._objects
        if pattern.learn(raw, text):
            self._learnt, self.add, self.text = pattern, add, self._first

    def _first(self, raw: Any) -> str | None:
        """Give the text of the first event after the one that was learnt."""
        text = self._learnt.text(raw)
        if text is not None:
            self._tries = 0
            self.text = self._learnt.text
        return text

    def forget(self) -> None:
        """Recognise nothing until the next event is learnt."""
        self.text = unknown


class TextFold(StepFold):
    """What a fold does with events that repeat the last one in everything but their text.

    Args:
        over_bytes: The pattern over an event's bytes.
        over_objects: The pattern over the SDK's objects.
    """

    def __init__(self, over_bytes: Pattern, over_objects: Pattern) -> None:
        self._texts = RepeatedText(over_bytes, over_objects)

    def feed_text(self, raw: Any) -> Sequence[Step] | None:
        """Take the next event in, if it differs from the last one in its text alone."""
        texts = self._texts
        text = texts.text(raw)
        if text is None:
            return None
        texts.add(text)
        self._last = (None, raw)
        return ((self.view(None, text, raw), None),)
