"""The streamed generateContent answer: the shape that both of Google's SDKs speak.

The wire (https://ai.google.dev/api/generate-content): every event is a whole response of its own,
with what is new in `candidates[].content.parts`: text, thoughts (text marked `thought`), function
calls, code, media. `finishReason` ends a candidate. `usageMetadata` is cumulative, so the last one
stands. A prompt that was blocked has no candidate, but a `promptFeedback.blockReason`, which counts
as the finish reason here: a blocked answer does not look like an empty one.

Strategy: the SDKs give objects, and turning one into its JSON costs more than folding it. Of an
object that has the shape of the last one, and says nothing but text and what stands until the next
report, only the text is taken; its JSON is made when somebody asks for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..base._fold import FoldContext, Step
from ..base._narrow import is_object, string
from ..base._step_fold import StepFold
from ..base._tool_build import build_tool
from ..base.tool import BaseTool
from ..base.types import Usage
from ._content_candidate import Candidate, ContentCall
from ._content_wire import block_reason, candidates_of, common_usage, is_filtered

__all__ = ["ContentFold"]


class ContentFold(StepFold):
    """Folds a streamed generateContent answer; a provider says which classes are its own.

    Attributes:
        tools: The tools handed out so far.
        failure: Always `None`: the SDKs raise what the provider reports.
    """

    tool: type[BaseTool]
    """The provider's tool class."""

    def __init__(self, context: FoldContext) -> None:
        self.tools: list[BaseTool] = []
        self.failure: Any = None
        self._offered = context.tools
        self._grown = context.grown
        self._candidates: dict[int, Candidate] = {}
        self._noted: dict[str, Any] = {}
        self._unread: Any = None
        self._shape: Any = None
        self._add_text: Callable[[str], None] | None = None

    # What a provider says.

    @staticmethod
    def event_of(raw: Any, /) -> Any:
        """Give the JSON that an object of the SDK stands for."""
        raise NotImplementedError

    @staticmethod
    def mere_text(raw: Any, /) -> tuple[str, Any] | None:
        """Give the text of an object that brings one piece of text to its only candidate.

        Returns:
            The text, and what else the object says that the next one may not change: which fields
            it has, and the candidate's role and number. `None` for any other object.
        """
        raise NotImplementedError

    def native_call(self, data: dict[str, Any]) -> Any:
        """Build the SDK's function call object."""
        raise NotImplementedError

    def native_response(self, data: dict[str, Any]) -> Any:
        """Build the SDK's full response."""
        raise NotImplementedError

    def native_usage(self, data: Mapping[str, Any]) -> Any:
        """Build the SDK's usage object."""
        raise NotImplementedError

    # The fold.

    def feed_text(self, raw: Any) -> Step | None:
        """Take the next event in, if it differs from the last one in its text alone."""
        if (add := self._add_text) is None or (said := self.mere_text(raw)) is None:
            return None
        text, shape = said
        if shape != self._shape:
            return None
        add(text)
        self._unread = raw
        view = self._last = self.view(None, text, raw)
        return view, None

    def feed(self, event: Any, raw: Any = None) -> Sequence[Step]:
        """Take the next event in; its JSON is `None` where it has to be read from `raw`."""
        if event is not None or raw is None:
            return self.take(event, raw)
        steps = self.take(self.event_of(raw), raw)
        said = self.mere_text(raw)
        if said is not None:
            self._shape, self._add_text = said[1], self._candidates[0].text_adder()
        return steps

    def take(self, event: Any, raw: Any) -> Sequence[Step]:
        """Take an event in that is read."""
        self._add_text = None
        if not is_object(event):
            self._last = self.view(event, raw=raw)
            return [(self._last, None)]
        self._note(event)
        text, calls = self._add(event)
        first = self._candidates.get(0)
        called = first is not None and first.calls > 0
        view = self._last = self.view(event, text, raw, called=called)
        if not calls or self._offered is None:
            return [(view, None)]
        tools = [self._build(call, call.args.data()) for call in calls]
        self.tools += tools
        return self._steps(view, tools)

    def _note(self, event: Mapping[str, Any]) -> None:
        # Of everything but the candidates the last report stands, and it stands whole: a field that
        # a later count of tokens leaves out is no part of it.
        top = self._top
        top |= {k: v for k, v in event.items() if k != "candidates" and v is not None}

    @property
    def _top(self) -> dict[str, Any]:
        """What stands beside the candidates."""
        unread, self._unread = self._unread, None
        if unread is not None:
            self._note(self.event_of(unread))
        return self._noted

    def _add(self, event: Mapping[str, Any]) -> tuple[str, list[ContentCall]]:
        """Take an event's candidates in; gives the text and complete calls of the first one."""
        text, calls = "", list[ContentCall]()
        for index, data in candidates_of(event):
            candidate = self._candidates.get(index)
            if candidate is None:
                # Only the first one's calls become tools.
                grown = self._grown if index == 0 else None
                candidate = self._candidates[index] = Candidate(grown)
            new_text, new_calls = candidate.add(data)
            if index == 0:
                text += new_text
                calls += new_calls
        return text, calls

    def finish(self) -> Sequence[Step]:
        """Give the call that is still open: it is as complete as it gets."""
        first = self._candidates.get(0)
        if first is None or first.growing is None or self._offered is None:
            return []
        call, first.growing = first.growing, None
        # The object never closed; JSON that does not either is what says so to the tool's reader.
        tool = self._build(call, json.dumps(call.args.data())[:-1])
        self.tools.append(tool)
        return self._echoes([tool])

    def _build(self, call: ContentCall, arguments: str | dict[str, Any]) -> BaseTool:
        return build_tool(
            self._offered or {},
            self.tool,
            name=call.name,
            arguments=arguments,
            tool_call=self.native_call(call.call_data()),
            id=call.id,
        )

    # What has arrived.

    @property
    def complete(self) -> bool:
        """Whether every candidate that began has its finish reason, or the prompt was blocked."""
        if block_reason(self._top) is not None:
            return True
        return bool(self._candidates) and all(
            candidate.fields.get("finishReason") for candidate in self._candidates.values()
        )

    @property
    def content(self) -> str:
        """The text of the first candidate, without its thoughts."""
        return self._candidates[0].text(thought=False) if 0 in self._candidates else ""

    @property
    def reasoning(self) -> str | None:
        """The thoughts of the first candidate."""
        return (self._candidates[0].text(thought=True) or None) if 0 in self._candidates else None

    @property
    def refusal(self) -> str | None:
        """What the provider says about a prompt it blocked or an answer it filtered."""
        feedback = self._top.get("promptFeedback")
        said = feedback.get("blockReasonMessage") if is_object(feedback) else None
        first = self._candidates.get(0)
        if first is not None and is_filtered(first.fields.get("finishReason")):
            said = first.fields.get("finishMessage")
        return string(said)

    @property
    def model(self) -> str | None:
        """The model's name on the wire."""
        return string(self._top.get("modelVersion"))

    @property
    def id(self) -> str | None:
        """The answer's id."""
        return string(self._top.get("responseId"))

    @property
    def finish_reasons(self) -> list[Any] | None:
        """The finish reasons of the candidates in their order, or why the prompt was blocked."""
        candidates = (self._candidates[index] for index in sorted(self._candidates))
        reasons = [candidate.fields.get("finishReason") for candidate in candidates]
        known = [str(reason) for reason in reasons if reason]
        blocked = block_reason(self._top)
        return known or (None if blocked is None else [blocked])

    @property
    def usage_data(self) -> Mapping[str, Any] | None:
        """The usage on the wire."""
        usage = self._top.get("usageMetadata")
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
        candidates = [self._candidates[index].data() for index in sorted(self._candidates)]
        said = {"candidates": candidates} if candidates else {}
        return self.native_response({**said, **self._top})
