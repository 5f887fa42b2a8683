"""One chunk of an answer streamed by Cohere, in either version of its chat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, cast

from cohere import (
    ApiMeta,
    ChatCitation,
    Citation,
    StreamedChatResponse,
    V2ChatStreamResponse,
)
from cohere import Usage as CohereUsage

from ..base._narrow import is_array, is_object, string
from ..base.call_response_chunk import BaseCallResponseChunk
from ..base.types import FinishReason as CommonFinishReason
from ..base.types import Usage
from ._typed import built, built_event
from ._wire import common_finish_reasons, common_usage, reported

__all__ = ["CohereCallResponseChunk", "FinishReason"]

FinishReason: TypeAlias = Literal[
    "COMPLETE",
    "STOP_SEQUENCE",
    "MAX_TOKENS",
    "TOOL_CALL",
    "ERROR",
    "TIMEOUT",
    "ERROR_LIMIT",
    "ERROR_TOXIC",
    "USER_CANCEL",
]
"""Why a generation finished, in Cohere's words."""


class CohereCallResponseChunk(
    BaseCallResponseChunk[V2ChatStreamResponse | StreamedChatResponse, FinishReason]
):
    """An event of a streamed chat; `chunk` is one of the SDK's event objects."""

    __slots__ = ()

    def _object(self, *path: str) -> Mapping[str, Any]:
        """An object inside the event, if this event is not shown already."""
        found: Any = None if self._echo else self._event
        for name in path:
            found = found.get(name) if is_object(found) else None
        return found if is_object(found) else {}

    @property
    def finish_reasons(self) -> list[FinishReason] | None:
        """Why the generation finished, as a list of one; `None` while it goes on."""
        reason = string(self._object("delta").get("finish_reason"))
        reason = reason or string(self._object().get("finish_reason"))
        return None if reason is None else cast("list[FinishReason]", [reason])

    @property
    def common_finish_reasons(self) -> list[CommonFinishReason] | None:
        """Why the generation finished, in provider-neutral words; `None` while it goes on."""
        has_calls = bool(self._object("response").get("tool_calls"))
        return common_finish_reasons(self.finish_reasons, has_calls=has_calls)

    @property
    def model(self) -> str | None:
        """Always `None`: Cohere does not say which model answers."""
        return None

    @property
    def id(self) -> str | None:
        """The reply's unique id; only on the first and the last event."""
        event = self._event if is_object(self._event) else {}
        response = event.get("response")
        last = response.get("generation_id") if is_object(response) else None
        return string(event.get("id")) or string(event.get("generation_id")) or string(last)

    def _usage_data(self) -> dict[str, Any] | None:
        usage = reported(self._object("delta").get("usage"))
        return usage or reported(self._object("response").get("meta"))

    @property
    def usage(self) -> CohereUsage | ApiMeta | None:
        """The token usage (in version 1 the `meta` of the response); only on the last event."""
        usage = self._usage_data()
        if usage is None:
            return None
        return built(ApiMeta, usage) if "event_type" in self._event else built(CohereUsage, usage)

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` if this chunk has none."""
        return common_usage(self._usage_data())

    @property
    def reasoning(self) -> str | None:
        """The model's thinking in this chunk, or `None` if it has none."""
        return string(self._object("delta", "message", "content").get("thinking"))

    @property
    def tool_plan(self) -> str | None:
        """What the model writes about the tools it is about to call; no part of `content`.

        Version 1 has no such field: there the plan is text like any other.
        """
        return string(self._object("delta", "message").get("tool_plan"))

    @property
    def citations(self) -> list[Citation | ChatCitation] | None:
        """The citations in this chunk, or `None` if it has none."""
        found = self._object("delta", "message").get("citations")
        if found:
            return [built(Citation, each) for each in _objects(found)] or None
        return [
            built(ChatCitation, each) for each in _objects(self._object().get("citations"))
        ] or None

    def _build(self) -> V2ChatStreamResponse | StreamedChatResponse:
        event: V2ChatStreamResponse | StreamedChatResponse = built_event(self._event)
        return event


def _objects(value: Any) -> list[dict[str, Any]]:
    """The objects in a value that is one or a list of them."""
    return [each for each in (value if is_array(value) else [value]) if is_object(each)]
