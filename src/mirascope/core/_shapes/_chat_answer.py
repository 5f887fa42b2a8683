"""What has arrived of a streamed chat completion, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base._narrow import is_object, string
from ..base.types import Usage
from ._chat_choice import ChatChoice
from .chat_wire import common_usage, reasoning_of

__all__ = ["ChatAnswer"]


class ChatAnswer:
    """A chat completion on its way; a provider says which classes are its own."""

    def __init__(self) -> None:
        self._top: dict[str, Any] = {}
        self._choices: dict[int, ChatChoice] = {}

    def native_response(self, data: dict[str, Any]) -> Any:
        """Build the SDK's full response."""
        raise NotImplementedError

    def native_usage(self, data: Mapping[str, Any]) -> Any:
        """Build the SDK's usage object."""
        raise NotImplementedError

    @property
    def complete(self) -> bool:
        """Whether every choice that began has its finish reason."""
        return bool(self._choices) and all(
            choice.finish_reason for choice in self._choices.values()
        )

    @property
    def content(self) -> str:
        """The text of the first choice."""
        return self._choices[0].content.text if 0 in self._choices else ""

    @property
    def reasoning(self) -> str | None:
        """The reasoning of the first choice, in one of the places where servers put it."""
        choice = self._choices.get(0)
        return None if choice is None else reasoning_of(choice.message) or choice.content.reasoning

    @property
    def refusal(self) -> str | None:
        """The refusal of the first choice."""
        refusal = self._choices[0].message.get("refusal") if 0 in self._choices else None
        return str(refusal) if refusal else None

    @property
    def model(self) -> str | None:
        """The model's name on the wire."""
        return string(self._top.get("model"))

    @property
    def id(self) -> str | None:
        """The answer's id."""
        return string(self._top.get("id"))

    @property
    def finish_reasons(self) -> list[Any] | None:
        """The finish reasons of the choices, in their order."""
        choices = (self._choices[index] for index in sorted(self._choices))
        return [each.finish_reason for each in choices if each.finish_reason] or None

    @property
    def usage_data(self) -> Mapping[str, Any] | None:
        """The usage on the wire."""
        usage = self._top.get("usage")
        return usage if is_object(usage) else None

    @property
    def usage(self) -> Any:
        """The SDK's usage object."""
        data = self.usage_data
        return None if data is None else self.native_usage(data)

    @property
    def common_usage(self) -> Usage | None:
        """The usage in provider-neutral terms."""
        return common_usage(self.usage_data)

    def response(self) -> Any:
        """The full response of what has arrived."""
        choices = [self._choices[index].data() for index in sorted(self._choices)]
        return self.native_response({**self._top, "object": "chat.completion", "choices": choices})
