"""Recognises an event that repeats the one before it in everything but its text.

Most events of a streamed answer are of this kind. Whether one is takes three comparisons of small
dictionaries, which run in C; what such an event says beyond its text is known already, so the rest
of the work on an event can be left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base._narrow import is_object
from ._chat_choice import ChatChoice

__all__ = ["TextRepeat"]


class TextRepeat:
    """The last event with text, as a pattern for the next.

    Attributes:
        choice: The choice the text belongs to; `None` where there is no pattern.
    """

    __slots__ = ("_choice", "_delta", "_event", "choice")

    def __init__(self) -> None:
        self.choice: ChatChoice | None = None
        self._event: dict[str, Any] = {}
        self._choice: dict[str, Any] = {}
        self._delta: dict[str, Any] = {}

    def learn(self, event: Mapping[str, Any], choice: ChatChoice | None) -> None:
        """Take an event as the pattern, if it says nothing but a piece of the first choice's text.

        Args:
            event: An event that was folded.
            choice: The state of the first choice.
        """
        self.choice = None
        choices: Any = event.get("choices")
        if choice is None or len(choices) != 1 or choice.tools.calls:
            return
        said = choices[0]
        delta = said.get("delta") if is_object(said) else None
        if not is_object(delta) or said.get("index") != 0 or said.get("logprobs"):
            return
        if delta.get("content").__class__ is not str or said.get("finish_reason"):
            return
        if any(v is not None for k, v in delta.items() if k not in ("content", "role")):
            return
        self._event, self._choice, self._delta = dict(event), dict(said), dict(delta)
        self.choice = choice

    def text(self, event: Any) -> str | None:
        """Give the text of an event that fits the pattern; `None` for any other."""
        try:
            choices = event["choices"]
            said = choices[0]
            delta = said["delta"]
            text = delta["content"]
            padding = event.get("obfuscation")
        except (AttributeError, KeyError, IndexError, TypeError):
            return None
        if text.__class__ is not str or len(choices) != 1:
            return None
        pattern = self._event
        pattern["choices"] = choices
        if padding is not None and "obfuscation" in pattern:
            pattern["obfuscation"] = padding
        self._choice["delta"] = delta
        self._delta["content"] = text
        same = self._delta == delta and self._choice == said and pattern == event
        return text if same else None
