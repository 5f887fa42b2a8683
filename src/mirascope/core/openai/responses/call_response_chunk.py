"""One event of an answer streamed by OpenAI's Responses API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, get_args

from openai.types.responses import ResponseStreamEvent, ResponseUsage

from ...base._narrow import is_object, string
from ...base.call_response_chunk import BaseCallResponseChunk
from ...base.types import FinishReason as CommonFinishReason
from ...base.types import Usage
from .._typed import typed
from ._wire import common_finish_reasons, common_usage, finish_reason, is_called

__all__ = ["EVENTS", "CommentaryChunk", "FinishReason", "OpenAIResponsesCallResponseChunk"]

FinishReason: TypeAlias = Literal[
    "completed",
    "incomplete",
    "failed",
    "cancelled",
    "max_output_tokens",
    "max_messages",
    "content_filter",
    "steered",
]
"""Why the answer ended, in OpenAI's words: what made it incomplete, else its status."""

_MEMBERS: tuple[type[Any], ...] = get_args(get_args(ResponseStreamEvent)[0])

EVENTS: Mapping[str, type[Any]] = {
    get_args(member.model_fields["type"].annotation)[0]: member for member in _MEMBERS
}
"""The SDK's classes of events by the `type` that tells them apart."""

_REASONING = frozenset({"response.reasoning_summary_text.delta", "response.reasoning_text.delta"})


class OpenAIResponsesCallResponseChunk(BaseCallResponseChunk[ResponseStreamEvent, FinishReason]):
    """An event of a streamed answer; `chunk` is one of the `ResponseStreamEvent`s.

    An event of an unknown type gives what the SDK gives for it: an object of one of these classes
    with the fields it came with. Its `type` tells.
    """

    __slots__ = ()

    def _field(self, name: str) -> Any:
        return self._event.get(name) if is_object(self._event) else None

    def _response(self) -> Mapping[str, Any]:
        """The response that this event carries, if not yet shown."""
        response = None if self._echo else self._field("response")
        return response if is_object(response) else {}

    def _delta(self, *kinds: str) -> str | None:
        is_one = not self._echo and self._field("type") in kinds
        return string(self._field("delta")) if is_one else None

    @property
    def finish_reasons(self) -> list[FinishReason] | None:
        """Why the answer ended; `None` while it goes on."""
        reason: Any = finish_reason(self._response())
        return None if reason is None else [reason]

    @property
    def common_finish_reasons(self) -> list[CommonFinishReason] | None:
        """Why the generation finished, in provider-neutral words; `None` while it goes on."""
        response = self._response()
        called = is_called(response.get("output"))
        return common_finish_reasons(finish_reason(response), called=called)

    @property
    def model(self) -> str | None:
        """The name of the model that answers; the first event says it."""
        return string(self._response().get("model"))

    @property
    def id(self) -> str | None:
        """The response's unique id; the first event says it."""
        return string(self._response().get("id"))

    @property
    def usage(self) -> ResponseUsage | None:
        """The token usage, or `None` if this chunk has none; the last event has it."""
        usage = self._response().get("usage")
        return typed(ResponseUsage, usage) if is_object(usage) else None

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` if this chunk has none."""
        usage = self._response().get("usage")
        return common_usage(usage) if is_object(usage) else None

    @property
    def reasoning(self) -> str | None:
        """The reasoning in this chunk, or its summary; `None` if it has none."""
        return self._delta(*_REASONING)

    @property
    def refusal(self) -> str | None:
        """The model's refusal in this chunk, or `None` if it has none."""
        return self._delta("response.refusal.delta")

    def _build(self) -> ResponseStreamEvent:
        model = EVENTS.get(str(self._field("type")), _MEMBERS[0])
        event: ResponseStreamEvent = typed(model, self._as_json)
        return event


class CommentaryChunk(OpenAIResponsesCallResponseChunk):
    """An event with text that is not all the answer's: the model says what it is doing."""

    __slots__ = ("_answer",)

    def __init__(
        self,
        event: Any,
        content: str = "",
        raw: Any = None,
        *,
        echo: bool = False,
        answer: str = "",
    ) -> None:
        """Make a view, as of any event.

        Args:
            event: The wire event as plain JSON data; `None` if it is to be read from `raw`.
            content: The event's text.
            raw: What `chunk` is built from, if not from the event.
            echo: Whether an earlier step has shown this event already.
            answer: What of the text is the answer's.
        """
        super().__init__(event, content, raw, echo=echo)
        self._answer = answer

    @property
    def _answer_text(self) -> str:
        return "" if self._echo else self._answer
