"""One chunk of an answer streamed by Anthropic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from anthropic.types import (
    MessageDeltaUsage,
    RawContentBlockDeltaEvent,
    RawContentBlockStartEvent,
    RawContentBlockStopEvent,
    RawMessageDeltaEvent,
    RawMessageStartEvent,
    RawMessageStopEvent,
    RawMessageStreamEvent,
)
from anthropic.types import Usage as AnthropicUsage

from ..base._narrow import is_object, string
from ..base._typed import typed
from ..base.call_response_chunk import BaseCallResponseChunk
from ..base.types import FinishReason as CommonFinishReason
from ..base.types import Usage
from ._wire import common_finish_reasons, common_usage, new_model

__all__ = ["AnthropicCallResponseChunk", "FinishReason"]

FinishReason: TypeAlias = Literal[
    "end_turn",
    "max_tokens",
    "stop_sequence",
    "tool_use",
    "pause_turn",
    "refusal",
    "model_context_window_exceeded",
]
"""Why the message ended, in Anthropic's words."""

_EVENTS: dict[str, type[Any]] = {
    "message_start": RawMessageStartEvent,
    "message_delta": RawMessageDeltaEvent,
    "message_stop": RawMessageStopEvent,
    "content_block_start": RawContentBlockStartEvent,
    "content_block_delta": RawContentBlockDeltaEvent,
    "content_block_stop": RawContentBlockStopEvent,
}
_SAID = {"message_start": "message", "message_delta": "delta"}
_BLOCK = {"content_block_start": "content_block", "content_block_delta": "delta"}


class AnthropicCallResponseChunk(BaseCallResponseChunk[RawMessageStreamEvent, FinishReason]):
    """An event of a streamed message; `chunk` is one of the `RawMessageStreamEvent`s.

    An event of an unknown type gives what the SDK gives for it: an object of one of these classes
    with the fields it came with. Its `type` tells.
    """

    __slots__ = ()

    def _of(self, places: Mapping[str, str]) -> Mapping[str, Any]:
        """The object that holds what an event of this type says, if not yet shown."""
        if self._echo or not is_object(self._event):
            return {}
        found = self._event.get(places.get(str(self._event.get("type")), ""))
        return found if is_object(found) else {}

    @property
    def finish_reasons(self) -> list[FinishReason] | None:
        """Why the message ended; `None` while it goes on."""
        reason: Any = string(self._of(_SAID).get("stop_reason"))
        return None if reason is None else [reason]

    @property
    def common_finish_reasons(self) -> list[CommonFinishReason] | None:
        """Why the generation finished, in provider-neutral words; `None` while it goes on."""
        return common_finish_reasons(self.finish_reasons)

    @property
    def model(self) -> str | None:
        """The name of the model that answers; the first event says it, and one that changes it."""
        return string(self._of(_SAID).get("model")) or new_model(self._of(_BLOCK))

    @property
    def id(self) -> str | None:
        """The message's unique id; the first event says it."""
        return string(self._of(_SAID).get("id"))

    @property
    def usage(self) -> AnthropicUsage | MessageDeltaUsage | None:
        """The token usage so far, or `None` if this chunk has none.

        The first event has the prompt's, the one with the stop reason the answer's.
        """
        usage = self._usage_data()
        if usage is None:
            return None
        if self._event.get("type") == "message_start":
            return typed(AnthropicUsage, usage, AnthropicUsage.construct)
        return typed(MessageDeltaUsage, usage, MessageDeltaUsage.construct)

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` if this chunk has none."""
        return common_usage(self._usage_data())

    def _usage_data(self) -> Mapping[str, Any] | None:
        said = self._of(_SAID)
        usage = said.get("usage", self._event.get("usage") if said else None)
        return usage if is_object(usage) else None

    @property
    def reasoning(self) -> str | None:
        """The model's reasoning in this chunk, or `None` if it has none."""
        return string(self._of(_BLOCK).get("thinking"))

    @property
    def thinking(self) -> str | None:
        """The model's thinking in this chunk: Anthropic's word for reasoning."""
        return self.reasoning

    @property
    def signature(self) -> str | None:
        """The signature of a block of thinking, or `None` if this chunk has none."""
        return string(self._of(_BLOCK).get("signature"))

    @property
    def refusal(self) -> str | None:
        """Why Anthropic had the model stop, or `None` if this chunk does not say."""
        details = self._of(_SAID).get("stop_details")
        return string(details.get("explanation")) if is_object(details) else None

    def _build(self) -> RawMessageStreamEvent:
        kind = str(self._event.get("type")) if is_object(self._event) else ""
        model = _EVENTS.get(kind, RawMessageStartEvent)
        event: RawMessageStreamEvent = typed(model, self._as_json, model.construct)
        return event
