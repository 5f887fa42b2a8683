"""The streamed chat completion: the shape OpenAI made and others speak with small changes.

The wire (https://platform.openai.com/docs/api-reference/chat-streaming): every event has the
answer's `id` and `model` and a list of `choices`, each with its `index`, a `delta` of the message
and, at its end, a `finish_reason`. Tool calls come as deltas known by their own `index`. Usage,
where it was asked for, comes in one more event with no choices.

A program that reads `chunk.chunk.choices[0]` in its loop must not meet an event without choices.
So the event that finishes a choice is held until the next one, and an event without choices is not
a step of its own: what it says is shown with the finish that is held, or with the next event. Text
is never held: a finish that comes with text is shown at once, and usage after it with an empty
delta.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ..base._assemble import CallParts
from ..base._fold import FoldContext, Step
from ..base._narrow import is_array, is_object
from ..base._object_pattern import ObjectPattern
from ..base._repeated_text import RepeatedText, TextFold
from ..base._text_pattern import TextPattern
from ..base._tool_build import build_tool
from ..base.tool import BaseTool
from ._chat_answer import ChatAnswer
from ._chat_choice import ChatChoice, call_data
from ._chat_repeat import only_arguments, says_only_text
from .chat_content import text_of
from .chat_wire import failure_in, made_id

__all__ = ["ChatFold"]

_CONTENT = ("choices", "delta", "content")
_ARGUMENTS = ("choices", "delta", "tool_calls", "function", "arguments")


class ChatFold(TextFold, ChatAnswer):
    """Folds a streamed chat completion; a provider says which classes are its own.

    Attributes:
        tools: The tools handed out so far.
        failure: What the provider reported as having gone wrong; the SDKs raise it themselves.
    """

    tool: type[BaseTool]
    """The provider's tool class."""

    padding: ClassVar[str] = ""
    """The field of an event that the provider fills with random padding."""

    choice: type[ChatChoice] = ChatChoice
    """The class that a choice is put together by."""

    usage_follows: bool = False
    """Whether an event without choices may follow even a finish that has its usage already."""

    def __init__(self, context: FoldContext) -> None:
        TextFold.__init__(self, self._repeated(*_CONTENT), self._repeated(*_ARGUMENTS))
        ChatAnswer.__init__(self)
        self.tools: list[BaseTool] = []
        self.failure: Any = None
        self._offered = context.tools
        self._grown = context.grown
        self._held: list[Step] = []
        self._pending: dict[str, Any] = {}
        self._call: CallParts = CallParts()

    @classmethod
    def _repeated(cls, *path: str) -> RepeatedText:
        over_objects = ObjectPattern(path, (cls.padding,))
        return RepeatedText(TextPattern(path[-1], cls.padding), over_objects)

    # What a provider says.

    def reported(self, event: Mapping[str, Any]) -> Any:
        """What an event says of a failure, or `None`; servers differ in how they say it."""
        return failure_in(event)

    def native_call(self, data: dict[str, Any]) -> Any:
        """Build the SDK's tool call object."""
        raise NotImplementedError

    # The fold.

    def feed(self, event: Any, raw: Any = None) -> Sequence[Step]:
        """Take the next event in."""
        self._forget()
        steps = self._feed(event, raw)
        if is_object(event) and (failure := self.reported(event)) is not None:
            self.failure = failure
            # Nothing more will come that a finish could wait for.
            return [*steps, *self.release()]
        return steps

    def _may_close(self, piece: str) -> bool:
        return self._call.may_close(piece)

    def _learn(self, event: Mapping[str, Any], text: str, raw: Any) -> None:
        """Recognise the events that equal this one in everything but the text it brings."""
        choice = self._choices.get(0)
        if choice is None:
            return
        if text and says_only_text(event) and not choice.tools.calls:
            self._texts.learn(raw, text, choice.content.text_adder())
        elif (said := only_arguments(event)) is not None:
            call = choice.tools.get(said[0])
            if call is not None and not call.closed:
                self._call = call
                self._arguments.learn(raw, said[1], call.append)

    def _feed(self, event: Any, raw: Any) -> Sequence[Step]:
        choices = event.get("choices") if is_object(event) else None
        if not choices and (is_array(choices) or (is_object(event) and event.get("usage"))):
            self._note(event)
            return self._without_choices(event)
        steps = self.release()
        if not is_array(choices):
            if is_object(event):
                self._note(event)
            return [*steps, (self._view(event, "", raw), None)]
        if self._pending:
            merged = self._pending
            self._pending = {}
            _update(merged, event)
            event, raw = merged, None
        self._note(event)
        text, tools, finished = self._add_choices(choices)
        new = self._steps(self._view(event, text, raw), tools)
        if finished and not text and (self.usage_follows or event.get("usage") is None):
            self._held = new
            return steps
        if not tools and not finished:
            self._learn(event, text, raw)
        return [*steps, *new] if steps else new

    def _add_choices(self, choices: list[Any]) -> tuple[str, list[BaseTool], bool]:
        text, finished = "", False
        tools: list[BaseTool] = []
        for data in choices:
            if not is_object(data):
                continue
            index = data.get("index")
            index = index if isinstance(index, int) else 0
            choice = self._choices.get(index)
            if choice is None:
                choice = self._choices[index] = self.choice(index, self._build)
                choice.tools.grown = self._grown
            delta = data.get("delta", None if choice.has_message else data.get("message"))
            choice.add(data, delta)
            ready = choice.tools.take_closed()
            if data.get("finish_reason"):
                finished = True
                ready += choice.tools.take_all(cut=choice.is_cut)
            if index == 0:
                # The other choices are in the response: tools, like the text, are the first one's.
                text += text_of(delta.get("content")) if is_object(delta) else ""
                tools += ready
        return text, tools, finished

    def _without_choices(self, event: Mapping[str, Any]) -> Sequence[Step]:
        if self._held:
            (view, tool), *others = self._held
            self._held = []
            merged = dict(view._event)  # noqa: SLF001  # our own view
            _update(merged, self._said(event))
            return [(self._view(merged, view.content, None), tool), *others]
        if event.get("usage") is not None and self._choices:
            return [(self._with_empty_delta(event), None)]
        self._pending.update(self._said(event))
        return []

    def _with_empty_delta(self, event: Mapping[str, Any]) -> Any:
        """The view of an event without choices, where nothing else can carry what it says."""
        empty: list[Any] = [
            {"index": each, "delta": {}, "finish_reason": None} for each in self._choices
        ]
        return self._view({**event, "choices": empty[:1]}, "", None)

    @staticmethod
    def _said(event: Mapping[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in event.items() if v is not None and k != "choices"}

    def finish(self) -> Sequence[Step]:
        """Give what is still held; calls that are still open are as complete as they get."""
        steps = list(self.release())
        if self._pending:
            steps.append((self._with_empty_delta(self._pending), None))
            self._pending = {}
        first = self._choices.get(0)
        tools: list[BaseTool] = []
        if first is not None:
            tools = first.tools.take_all(cut=first.is_cut)
        if tools and self._offered is not None:
            self.tools += tools
            steps += self._echoes(tools)
        return steps

    def _note(self, event: Mapping[str, Any]) -> None:
        """Remember the answer's own fields; its id is the first, also where later events differ."""
        top = self._top
        known = ("choices", self.padding, "id" if top.get("id") else "")
        # Some servers report with nothing in the fields that the events before had filled in.
        _update(
            top,
            {
                key: value
                for key, value in event.items()
                if key not in known and not (top.get(key) and _is_blank(key, value))
            },
        )

    def _view(self, event: Any, text: str, raw: Any) -> Any:
        view = self._last = self.view(event, text, raw)
        return view

    def _steps(self, view: Any, tools: Sequence[BaseTool]) -> list[Step]:
        if not tools or self._offered is None:
            return [(view, None)]
        self.tools += tools
        return super()._steps(view, tools)

    def release(self) -> Sequence[Step]:
        """Give what was held back."""
        held = self._held
        self._held = []
        return held

    def _build(self, call: CallParts) -> BaseTool:
        is_legacy = any(call is choice.legacy for choice in self._choices.values())
        return build_tool(
            self._offered or {},
            self.tool,
            name=call.name,
            arguments=str(call.arguments),
            tool_call=self.native_call(call_data(call)),
            id=None if is_legacy else call.id or made_id(self.id, call.place),
            whole=not call.cut,
        )


def _is_blank(key: str, value: Any) -> bool:
    return value == "" or (key == "created" and value == 0)


def _update(known: dict[str, Any], fields: Mapping[str, Any]) -> None:
    """Take fields in: of each, and of each part of an object, the last that was not null stands."""
    for key, value in fields.items():
        before = known.get(key)
        if is_object(value) and is_object(before):
            said = {part: item for part, item in value.items() if item is not None}
            known[key] = {**value, **before, **said}
        elif value is not None or key not in known:
            known[key] = value
