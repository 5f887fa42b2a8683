"""Recognises an event that repeats the one before it in everything but a call's arguments.

Most events of a streamed tool call are of this kind. Whether one is takes a few comparisons of
small dictionaries, which run in C; what such an event says beyond its piece of the arguments is
known already, so the rest of the work on an event can be left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base._assemble import CallParts
from ..base._narrow import is_array, is_object
from ._chat_choice import ChatChoice

__all__ = ["CallRepeat", "says_only_text"]


class CallRepeat:
    """The last event with a piece of a tool call's arguments, as a pattern for the next.

    Args:
        padding: The field of an event that the provider fills with random padding.

    Attributes:
        call: The call the arguments belong to; `None` where there is no pattern.
    """

    __slots__ = ("_choice", "_delta", "_event", "_function", "_padding", "call")

    def __init__(self, padding: str) -> None:
        self.call: CallParts | None = None
        self._padding = padding
        self._event: dict[str, Any] = {}
        self._choice: dict[str, Any] = {}
        self._delta: dict[str, Any] = {}
        self._function: dict[str, Any] = {}

    def learn(self, event: Mapping[str, Any], choice: ChatChoice | None) -> None:
        """Take an event as the pattern, if it says nothing but a piece of one call's arguments.

        Args:
            event: An event that was folded.
            choice: The state of the first choice.
        """
        self.call = None
        said = _only_choice(event)
        if choice is None or said is None:
            return
        calls = said["delta"].get("tool_calls")
        if not is_array(calls) or not calls or not is_object(calls[0]):
            return
        index = calls[0].get("index")
        call = choice.tools.get(index) if index.__class__ is int else None
        if call is None or call.closed:
            return
        self._event, self._choice, self._function = dict(event), dict(said), dict[str, Any]()
        self._delta = {"tool_calls": [{"index": index, "function": self._function}]}
        if self.arguments(event) is not None:
            self.call = call

    def arguments(self, event: Any) -> str | None:
        """Give the piece of arguments of an event that fits the pattern; `None` for any other."""
        try:
            choices = event["choices"]
            said = choices[0]
            delta = said["delta"]
            text = delta["tool_calls"][0]["function"]["arguments"]
        except (KeyError, IndexError, TypeError):
            return None
        if text.__class__ is not str or len(choices) != 1:
            return None
        pattern = self._event
        pattern["choices"] = choices
        padding = event.get(self._padding)
        if padding is not None and self._padding in pattern:
            pattern[self._padding] = padding
        self._function["arguments"] = text
        self._choice["delta"] = delta
        return text if self._delta == delta and self._choice == said and pattern == event else None


_SAID_ANEW = ("finish_reason", "logprobs", "token_ids")
"""Fields of a choice that add to what was said before, though they may look the same."""


def says_only_text(event: Mapping[str, Any]) -> bool:
    """Whether an event says nothing but a piece of the first choice's text."""
    said = _only_choice(event)
    if said is None or not isinstance(said["delta"].get("content"), str):
        return False
    return all(v is None or k in ("content", "role") for k, v in said["delta"].items())


def _only_choice(event: Mapping[str, Any]) -> dict[str, Any] | None:
    """What an event says of the first choice, if that is a plain delta, and all that it says."""
    choices: Any = event.get("choices")
    said = choices[0] if is_array(choices) and len(choices) == 1 else None
    if not is_object(said) or not is_object(said.get("delta")):
        return None
    if said.get("index") != 0 or any(said.get(each) for each in _SAID_ANEW):
        return None
    return said
