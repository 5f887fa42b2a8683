"""How a stream of Cohere is folded.

The wire (https://docs.cohere.com/v2/docs/streaming): `message-start` brings the reply's id. Each
content block, known by its index, is a `content-start`, its `content-delta`s and a `content-end`:
text is in `delta.message.content.text`, reasoning in `.thinking`. Before it calls tools a model may
write what it is going to do, in `tool-plan-delta`: that plan is no part of the text. Each call is a
`tool-call-start` with its id and name, `tool-call-delta`s with pieces of its arguments' JSON text
(none at all is an empty object), and a `tool-call-end`. Citations come whole, in
`citation-start`. `message-end` brings the finish reason and the usage. The model's name is never
sent. A failure is a `message-end` with the finish reason `ERROR`; the SDK shows it like any other
event, and here it raises.

A client of version 1 (https://docs.cohere.com/v1/docs/streaming) is folded by `_fold_v1.py`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from cohere import ToolCallV2, V2ChatResponse
from cohere import Usage as CohereUsage

from .._shapes._chat_choice import call_data
from ..base._assemble import CallParts, TextBuffer
from ..base._delta import add_delta, settled
from ..base._fold import FoldContext, Step
from ..base._narrow import is_array, is_object, string
from ..base._object_pattern import ObjectPattern
from ..base._repeated_text import RepeatedText, TextFold
from ..base._text_pattern import TextPattern
from ..base.types import Usage
from ._fold import EventFold, key_of
from ._typed import built
from ._wire import common_usage, mere_text, reported

__all__ = ["CohereFold"]


_OWN = frozenset({"delta", "index", "logprobs", "type"})


class CohereFold(TextFold, EventFold):
    """Folds the events of version 2 into a `V2ChatResponse`.

    Events that repeat the last one but for its text are not parsed: the text is cut out.
    """

    def __init__(self, context: FoldContext) -> None:
        over_objects = ObjectPattern(("delta", "message", "content", "text"))
        TextFold.__init__(self, RepeatedText(TextPattern("text"), over_objects))
        EventFold.__init__(self, context)
        self._message: dict[str, Any] = {}
        self._blocks: dict[object, dict[str, Any]] = {}
        self._citations: list[Any] = []
        self._logprobs: list[Any] = []

    def feed(self, event: Any, raw: Any = None) -> Sequence[Step]:
        """Take the next event in."""
        steps = super().feed(event, raw)
        if is_object(event):
            self._learn(event, raw)
        return steps

    def _learn(self, event: Mapping[str, Any], raw: Any) -> None:
        """Take a delta that says nothing but text as the pattern for the next ones."""
        text = mere_text(event)
        block = None if text is None else self._blocks.get(key_of(event["index"]))
        buffer = None if block is None else block.get("text")
        if text is None or not isinstance(buffer, TextBuffer):
            self._texts.forget()
        else:
            self._texts.learn(raw, text, buffer.append)

    def take(self, event: Mapping[str, Any]) -> str:
        """Take an event in; gives the text it brings."""
        kind, index, delta = event.get("type"), event.get("index"), event.get("delta")
        delta = delta if is_object(delta) else {}
        self._note(event, _OWN)
        self._note(delta, ("message",))
        logprobs = event.get("logprobs")
        if logprobs is not None:
            self._logprobs += logprobs if is_array(logprobs) else [logprobs]
        message = delta.get("message")
        text = self._add(kind, index, message) if is_object(message) else ""
        if kind == "tool-call-end":
            call = self._calls.get(key_of(index))
            if call is not None:
                call.ended = True
        elif kind == "message-end":
            self._ended = True
            if delta.get("error") or delta.get("finish_reason") == "ERROR":
                self.failure: Any = delta
        elif kind == "error":
            self.failure = event
        return text

    def _note(self, said: Mapping[str, Any], own: Collection[str]) -> None:
        """Remember the reply's fields: of each, the last value that was not null; its first id."""
        top = self._top
        for key, value in said.items():
            if key in own or (key == "id" and top.get(key)):
                continue
            if value is not None or key not in top:
                top[key] = value

    def _add(self, kind: Any, index: Any, message: Mapping[str, Any]) -> str:
        """Add a delta of the message; gives its text."""
        text = ""
        for key, value in message.items():
            if key == "content":
                text += "".join(self._add_block(at, block) for at, block in _items(index, value))
            elif key == "tool_calls":
                for at, call in _items(index, value):
                    self._add_call(at, call, starts=kind != "tool-call-delta")
            elif key == "citations":
                self._citations += [citation for _, citation in _items(index, value)]
            else:
                add_delta(self._message, {key: value})
        return text

    def _add_block(self, key: object, delta: Mapping[str, Any]) -> str:
        block = self._blocks.get(key)
        if block is None:
            block = self._blocks[key] = dict[str, Any]()
        add_delta(block, delta, nested=True)
        return string(delta.get("text")) or ""

    def _add_call(self, key: object, delta: Mapping[str, Any], *, starts: bool) -> None:
        given = delta.get("function")
        function = given if is_object(given) else {}
        name, call = string(function.get("name")), self._calls.get(key)
        if call is None or starts:
            call = self._calls.open(key, id=string(delta.get("id")), name=name or "")
        else:
            call.name = call.name or name or ""
        outer = {key: value for key, value in delta.items() if key not in ("id", "function")}
        inner = {key: value for key, value in function.items() if key not in ("name", "arguments")}
        add_delta(call.extra, {**outer, "function": inner}, nested=True)
        piece = function.get("arguments")
        if piece is not None:
            call.append(piece if isinstance(piece, str) else json.dumps(piece))

    def call_arguments(self, call: CallParts) -> str:
        """The arguments of a complete call, as text."""
        return str(call.arguments)

    def native_call(self, call: CallParts) -> ToolCallV2:
        """Build the SDK's tool call object."""
        return built(ToolCallV2, call_data(call))

    # What has arrived.

    def _joined(self, field: str) -> str:
        texts = (block.get(field) for block in self._blocks.values())
        return "".join(str(text) for text in texts if isinstance(text, TextBuffer))

    @property
    def content(self) -> str:
        """The text of all text blocks."""
        return self._joined("text")

    @property
    def reasoning(self) -> str | None:
        """The thinking of all blocks."""
        return self._joined("thinking") or None

    @property
    def id(self) -> str | None:
        """The reply's id."""
        return string(self._top.get("id"))

    @property
    def finish_reasons(self) -> list[Any] | None:
        """The finish reason, as a list of one."""
        reason = string(self._top.get("finish_reason"))
        return None if reason is None else [reason]

    @property
    def usage(self) -> CohereUsage | None:
        """The SDK's usage object."""
        report = reported(self._top.get("usage"))
        return None if report is None else built(CohereUsage, report)

    @property
    def common_usage(self) -> Usage | None:
        """The usage in provider-neutral terms."""
        return common_usage(reported(self._top.get("usage")))

    def response(self) -> V2ChatResponse:
        """The full response of what has arrived."""
        message: dict[str, Any] = {"role": "assistant", **settled(self._message)}
        if not message.get("tool_plan"):
            message.pop("tool_plan", None)
        if self._blocks:
            message["content"] = [_block_data(block) for block in self._blocks.values()]
        if self._calls.calls:
            message["tool_calls"] = [call_data(call) for call in self._calls.calls]
        if self._citations:
            message["citations"] = list(self._citations)
        data = {**self._top, "message": message}
        return built(
            V2ChatResponse, {**data, "logprobs": list(self._logprobs)} if self._logprobs else data
        )


def _items(index: Any, value: Any) -> Iterator[tuple[object, dict[str, Any]]]:
    """The objects in a delta's field, each with what it is known by: one, or a list of them."""
    for place, item in enumerate(value) if is_array(value) else [(index, value)]:
        if is_object(item):
            yield key_of(place), item


def _block_data(block: Mapping[str, Any]) -> dict[str, Any]:
    # A block whose start was lost is of the kind that its deltas were of.
    kind = "thinking" if "thinking" in block and "text" not in block else "text"
    return {"type": kind, **settled(block)}
