"""What a fold keeps of events that repeat the last one in everything but their text.

That is a piece of the answer, or of the arguments of a tool's call.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from ._fold import Step
from ._step_fold import StepFold
from ._text_pattern import Recognise

__all__ = ["Pattern", "RepeatedText", "TextFold"]

_TRIES = 8


class Pattern(Protocol):
    """What is known of events that bring text, before one has been seen."""

    def learn(self, raw: Any, text: str) -> Recognise | None:
        """Take an event as the pattern.

        Args:
            raw: The event's bytes, or the SDK's object.
            text: Its text, as parsed.

        Returns:
            What recognises the next ones that equal it in everything but their text; `None`
            where no pattern can be made of it.
        """
        ...


class _NoPattern:
    def learn(self, raw: Any, text: str) -> Recognise | None:  # noqa: ARG002  # a `Pattern`
        return None


def _unknown(raw: Any) -> None:  # noqa: ARG001  # recognises nothing
    return None


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
        self.text: Recognise = _unknown
        self.add: Callable[[str], None] = _unknown
        self._bytes = over_bytes
        self._objects = over_objects
        self._learnt: Recognise = _unknown
        self._tries = 0

    def learn(self, raw: Any, text: str, add: Callable[[str], None]) -> None:
        """Take an event that says nothing but a text as the pattern for the next ones.

        Args:
            raw: The event's bytes, or the SDK's object; nothing is learnt from `None`.
            text: The text.
            add: Where the next texts go.
        """
        self.text = _unknown
        if raw is None or self._tries >= _TRIES:
            return
        self._tries += 1
        pattern = self._bytes if raw.__class__ is bytes else self._objects
        learnt = pattern.learn(raw, text)
        if learnt is not None:
            self._learnt, self.add, self.text = learnt, add, self._first

    def _first(self, raw: Any) -> str | None:
        """Give the text of the first event after the one that was learnt."""
        text = self._learnt(raw)
        if text is not None:
            self._tries = 0
            self.text = self._learnt
        return text

    def forget(self) -> None:
        """Recognise nothing until the next event is learnt."""
        self.text = _unknown


class TextFold(StepFold):
    """What a fold does with events that repeat the last one in everything but their text.

    Args:
        texts: The patterns of events that bring a piece of the answer's text.
        arguments: Those of events that bring a piece of a tool's arguments, if any are known.
    """

    def __init__(self, texts: RepeatedText, arguments: RepeatedText | None = None) -> None:
        self._texts = texts
        self._arguments = arguments or RepeatedText(_NoPattern(), _NoPattern())

    def feed_text(self, raw: Any) -> Step | None:
        """Take the next event in, if it differs from the last one in its text alone."""
        texts = self._texts
        text = texts.text(raw)
        if text is None:
            return self._feed_arguments(raw)
        texts.add(text)
        view = self._last = self.view(None, text, raw)
        return view, None

    def _feed_arguments(self, raw: Any) -> Step | None:
        piece = self._arguments.text(raw)
        if piece is None or self._may_close(piece):
            return None
        self._arguments.add(piece)
        view = self._last = self.view(None, "", raw)
        return view, None

    def _may_close(self, piece: str) -> bool:  # noqa: ARG002  # for who can tell by the text
        """Whether a call may be complete with the next piece of its arguments."""
        return False

    def _forget(self) -> None:
        """Recognise nothing until the next event is learnt."""
        self._texts.forget()
        self._arguments.forget()
