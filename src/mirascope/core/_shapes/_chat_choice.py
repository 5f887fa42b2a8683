"""One choice of a chat completion while it is streamed: its message, tool calls and finish."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from ..base._assemble import CallParts, ToolAssembler
from ..base._delta import add_delta, settled, settled_base64
from ..base._narrow import is_array, is_object
from ..base.tool import BaseTool
from ._chat_parts import ContentParts
from .chat_wire import is_cut_off

__all__ = ["ChatChoice", "call_data"]


class ChatChoice:
    """What has arrived of one choice.

    Attributes:
        index: The choice's number.
        finish_reason: The provider's finish reason, or `None` while it goes on.
        content: The message's content.
        has_message: Whether anything of its message has arrived.
        message: The message so far, as a tree of deltas, without its content and its tool calls.
        legacy: The `function_call` of older models: the one call without an id; `None` if there is
            none.
        fields: Further fields of the choice, the last value that was not null of each.
        tools: The tool calls.
    """

    __slots__ = (
        "content",
        "fields",
        "finish_reason",
        "has_message",
        "index",
        "legacy",
        "message",
        "tools",
    )

    numbers_calls: ClassVar[bool] = False
    """Whether a response without streaming numbers its tool calls too."""

    def __init__(self, index: int, build: Callable[[CallParts], BaseTool]) -> None:
        self.index: int = index
        self.finish_reason: Any = None
        self.content: ContentParts = ContentParts()
        self.message: dict[str, Any] = {}
        self.fields: dict[str, Any] = {}
        self.tools: ToolAssembler[BaseTool] = ToolAssembler(build)
        self.legacy: CallParts | None = None
        self.has_message: bool = False

    def add(self, choice: Mapping[str, Any], delta: Any) -> None:
        """Take in what an event says of this choice."""
        if is_object(delta):
            self._add_delta(delta)
        for key, value in choice.items():
            if key == "finish_reason":
                self.finish_reason = value or self.finish_reason
            elif key not in _APART:
                self._add_field(key, value)

    def _add_delta(self, delta: Mapping[str, Any]) -> None:
        self.has_message = True
        calls = delta.get("tool_calls")
        # Some servers give one call in both forms.
        if is_object(delta.get("function_call")) and not calls:
            self._add_legacy_call(delta["function_call"])
        if calls is None:
            self.add_message(delta)
            return
        self.add_message({key: value for key, value in delta.items() if key != "tool_calls"})
        for call in calls if is_array(calls) else [calls]:
            if is_object(call):
                self.add_call(call)

    def _add_field(self, key: str, value: Any) -> None:
        known = self.fields.get(key)
        if key == "logprobs" and is_object(value):
            if not is_object(known):
                known = self.fields[key] = dict[str, Any]()
            add_delta(known, value, nested=True)
        elif is_object(value) and is_object(known):
            self.fields[key] = {**known, **value}
        elif key == "token_ids" and is_array(value) and is_array(known):
            known += value
        elif value is not None or key not in self.fields:
            self.fields[key] = list(value) if is_array(value) else value

    def add_message(self, delta: Mapping[str, Any]) -> None:
        """Take in a delta of the message, without its tool calls."""
        add_delta(self.message, {key: delta[key] for key in delta if key != "content"})
        self.content.add(delta.get("content"))

    def add_call(self, delta: Mapping[str, Any]) -> None:
        """Take a tool call's delta in.

        A call is known by its index. A new id that comes with a name starts a new call even under
        an index that was used before: some servers number every parallel call 0, or none.
        """
        kind = "custom" if is_object(delta.get("custom")) else "function"
        given = delta.get(kind)
        inner: dict[str, Any] = given if is_object(given) else {}
        call_id, name = _text(delta.get("id")) or None, _text(inner.get("name"))
        index = delta.get("index")
        key = index if isinstance(index, int) else None
        call = self._known_call(key, call_id, name, is_empty=not inner.get(_TEXT[kind]))
        if call is None:
            call = self.tools.open("last" if key is None else key, id=call_id, name=name)
        else:
            call.id = call.id or call_id
            if name and name != call.name:
                # Most servers send the name once, some in pieces, some again and longer.
                call.name = name if name.startswith(call.name) else call.name + name
        rest = {key: value for key, value in inner.items() if key not in ("name", _TEXT[kind])}
        known = ("id", kind) if self.numbers_calls else ("index", "id", kind)
        outer = {key: value for key, value in delta.items() if key not in known}
        add_delta(call.extra, {**outer, kind: rest}, nested=True)
        text = inner.get(_TEXT[kind])
        if text is not None:
            piece = text if isinstance(text, str) else json.dumps(text)
            call.append(piece) if kind == "function" else call.arguments.append(piece)

    def _add_legacy_call(self, delta: Mapping[str, Any]) -> None:
        """Take in a piece of a `function_call`."""
        call = self.legacy
        if call is None:
            call = self.legacy = self.tools.open("function_call")
        call.name = call.name or _text(delta.get("name"))
        call.append(_text(delta.get("arguments")))

    def _known_call(
        self, index: int | None, call_id: str | None, name: str, *, is_empty: bool
    ) -> CallParts | None:
        """The call that a delta goes on with; `None` if it begins one."""
        calls = self.tools.calls
        call = self.tools.get("last" if index is None else index)
        if index is None and call_id is not None:
            call = next((each for each in reversed(calls) if each.id == call_id), call)
        if call is None and index is None and not name:
            call = calls[-1] if calls else None
        if call is None or not name:
            return call
        if call_id is not None and call.id is not None and call_id != call.id:
            return None
        is_new = (call_id is None or index is None) and (call.settled or call.closed)
        said_again = is_empty and index is not None and name == call.name
        return None if is_new and not said_again else call

    @property
    def is_cut(self) -> bool:
        """Whether the choice ended, if it did, before the model was done."""
        return not self.finish_reason or is_cut_off(self.finish_reason)

    def data(self) -> dict[str, Any]:
        """The choice as a response without streaming would have it."""
        said = {"index": self.index, "finish_reason": self.finish_reason, **settled(self.fields)}
        # A choice that a filter stopped before its first word has no message at all.
        return {**said, "message": self.message_data()} if self.has_message else said

    def message_data(self) -> dict[str, Any]:
        """The choice's message as a response without streaming would have it."""
        message = {"role": "assistant", "content": self.content.data(), **settled(self.message)}
        audio = message.get("audio")
        if is_object(audio) and isinstance(audio.get("data"), str):
            audio["data"] = settled_base64(audio["data"])
        calls = [call_data(call) for call in self.tools.calls if call is not self.legacy]
        return {**message, "tool_calls": calls} if calls else message


_APART = frozenset({"delta", "finish_reason", "index", "message"})
_TEXT = {"function": "arguments", "custom": "input"}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def call_data(call: CallParts) -> dict[str, Any]:
    """A tool call as a response without streaming would have it."""
    extra = settled(call.extra)
    kind = "custom" if extra.get("custom") is not None else "function"
    given: dict[str, Any] = extra.pop(kind, None) or {}
    inner = {**given, "name": call.name, _TEXT[kind]: str(call.arguments)}
    return {"id": call.id, "type": kind, **extra, kind: inner}
