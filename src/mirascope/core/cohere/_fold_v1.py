"""The fold of version 1 of Cohere's chat.

The wire (https://docs.cohere.com/v1/docs/streaming): one JSON object a line. Text is in
`text-generation`, and before tool calls in `tool-calls-chunk`: version 1 does not tell a plan from
other text. Calls have no ids; they come in pieces in `tool-calls-chunk`, by their index, and then
once more whole in `tool-calls-generation`. Citations, search queries, search results and documents
come in events of their own. `stream-end` brings the finish reason and the whole response, usage
included (`meta`); the answer is put together all the same, for the stream that never gets there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from cohere import ApiMeta, NonStreamedChatResponse, ToolCall
from pydantic_core import from_json

from ..base._assemble import CallParts, TextBuffer
from ..base._fold import FoldContext
from ..base._narrow import is_array, is_object, string
from ..base._tool_build import UNREADABLE
from ..base.types import Usage
from ._fold import EventFold, key_of
from ._typed import built
from ._wire import common_usage, reported

__all__ = ["CohereV1Fold"]

_LISTS = frozenset({"citations", "documents", "search_queries", "search_results"})
_OWN = frozenset(
    {
        "event_type",
        "finish_reason",
        "is_finished",
        "response",
        "text",
        "tool_call_delta",
        "tool_calls",
    }
)


class CohereV1Fold(EventFold):
    """Folds the events of version 1 into a `NonStreamedChatResponse`."""

    reasoning: str | None = None
    """Version 1 has no field for reasoning."""

    def __init__(self, context: FoldContext) -> None:
        super().__init__(context)
        self._text = TextBuffer()
        self._plan = TextBuffer()
        self._lists: dict[str, list[Any]] = {}
        self._final: dict[str, Any] = {}
        self._reason: Any = None

    def take(self, event: Mapping[str, Any]) -> str:
        """Take an event in; gives the text it brings."""
        for key, value in event.items():
            if key in _LISTS and is_array(value):
                self._lists.setdefault(key, []).extend(value)
            elif key not in _OWN and (value is not None or key not in self._top):
                self._top[key] = value
        text = ""
        match event.get("event_type"):
            case "text-generation":
                text = string(event.get("text")) or ""
            case "tool-calls-chunk":
                text = self._take_chunk(event)
            case "tool-calls-generation":
                text = self._rest_of_plan(event.get("text"))
                self._take_calls(event.get("tool_calls"))
            case "stream-end":
                text = self._take_end(event)
            case _:
                pass
        if text:
            self._text.append(text)
        return text

    def _take_chunk(self, event: Mapping[str, Any]) -> str:
        delta = event.get("tool_call_delta")
        delta = delta if is_object(delta) else {}
        text = string(event.get("text")) or string(delta.get("text")) or ""
        self._plan.append(text)
        name, piece = string(delta.get("name")), string(delta.get("parameters"))
        if name or piece:
            key = key_of(delta.get("index"))
            call = self._calls.get(key)
            if call is None:
                call = self._calls.open(key)
            call.name = call.name or name or ""
            call.append(piece or "")
        return text

    def _rest_of_plan(self, plan: Any) -> str:
        """What the plan, sent whole, has beyond the text that came before it."""
        said = self.content
        return "" if isinstance(plan, str) and said.endswith(plan) else _rest(plan, self._plan)

    def _take_calls(self, calls: Any) -> None:
        """Take the whole calls in, each of which may have come in pieces before."""
        for place, data in enumerate(calls if is_array(calls) else ()):
            if not is_object(data):
                continue
            known = self._calls.calls
            call = known[place] if place < len(known) else self._calls.open(place)
            call.name = call.name or string(data.get("name")) or ""
            call.extra = {**call.extra, **data}
            call.ended = True

    def _take_end(self, event: Mapping[str, Any]) -> str:
        response = event.get("response")
        self._final = response if is_object(response) else {}
        self._reason = event.get("finish_reason") or self._final.get("finish_reason")
        self._take_calls(self._final.get("tool_calls"))
        self._ended = True
        if self._reason == "ERROR":
            self.failure = {"finish_reason": self._reason, "error": self._final.get("error")}
        return _rest(self._final.get("text"), self._text)

    def call_arguments(self, call: CallParts) -> Any:
        """The arguments of a complete call: the object that was sent whole, else the text."""
        whole = call.extra.get("parameters")
        return whole if is_object(whole) else str(call.arguments)

    def native_call(self, call: CallParts) -> ToolCall:
        """Build the SDK's tool call object."""
        return built(ToolCall, self._call_data(call))

    def _call_data(self, call: CallParts) -> dict[str, Any]:
        parameters = self.call_arguments(call)
        if isinstance(parameters, str):
            # Those that were cut off stay the text that arrived.
            with contextlib.suppress(*UNREADABLE):
                parameters = from_json(parameters) if parameters.strip() else dict[str, Any]()
        return {**call.extra, "name": call.name, "parameters": parameters}

    # What has arrived.

    @property
    def content(self) -> str:
        """The text so far."""
        return str(self._text)

    @property
    def id(self) -> str | None:
        """The reply's id, which is known from its first event on."""
        return string(self._top.get("generation_id")) or string(self._final.get("generation_id"))

    @property
    def finish_reasons(self) -> list[Any] | None:
        """The finish reason, as a list of one."""
        reason = string(self._reason)
        return None if reason is None else [reason]

    @property
    def usage(self) -> ApiMeta | None:
        """The SDK's object for what is said about usage."""
        meta = reported(self._final.get("meta"))
        return None if meta is None else built(ApiMeta, meta)

    @property
    def common_usage(self) -> Usage | None:
        """The usage in provider-neutral terms."""
        return common_usage(reported(self._final.get("meta")))

    def response(self) -> NonStreamedChatResponse:
        """The full response of what has arrived."""
        data: dict[str, Any] = {"text": self.content, **self._top}
        data |= {key: list(value) for key, value in self._lists.items()}
        if self._calls.calls:
            data["tool_calls"] = [self._call_data(call) for call in self._calls.calls]
        if self._reason is not None:
            data["finish_reason"] = self._reason
        said = {key: value for key, value in self._final.items() if value is not None}
        # The text is what was shown, also where a failure ends it with another.
        whole = {**self._final, **data, **said, "text": self.content}
        return built(NonStreamedChatResponse, whole)


def _rest(text: Any, known: TextBuffer) -> str:
    """What a text that is sent whole has beyond what was sent of it in pieces."""
    before = str(known)
    return text[len(before) :] if isinstance(text, str) and text.startswith(before) else ""
