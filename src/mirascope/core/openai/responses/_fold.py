"""How a stream of OpenAI's Responses API is folded.

The wire (https://platform.openai.com/docs/api-reference/responses-streaming): events with a name
each, which is their `type` too. `response.created` brings the response with its id and its model;
`response.completed`, `.incomplete` or `.failed` brings it whole at the end, with the usage and the
reason it ended. Between them each item of the output, known by its index and its id, is a
`response.output_item.added`, deltas, and a `response.output_item.done` with the whole item. Text is
in `response.output_text.delta`, refusals in `response.refusal.delta`, reasoning in
`response.reasoning_summary_text.delta` (or `response.reasoning_text.delta`, where a server sends
it), a tool's arguments in `response.function_call_arguments.delta` until the `.done` of that name.

Only types are asked, never classes: an SDK that does not know a type gives it some other class.
What ran at OpenAI (searches, code, images) is in the response, and is no tool of the caller's.
Failures are ordinary events to the SDK; the stream raises its `APIError` for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openai.types.responses import Response, ResponseUsage

from ...base._fold import FoldContext, Step
from ...base._narrow import is_object, string
from ...base._object_pattern import ObjectPattern
from ...base._repeated_text import RepeatedText, TextFold
from ...base._tool_build import build_tool
from ...base.tool import BaseTool
from ...base.types import Usage
from .._typed import typed
from ._item import Item
from ._output import Output
from ._text_event import TextEventPattern
from ._wire import ENDS, common_usage, finish_reason, is_cut, reasoning, refusal, text
from .call_response_chunk import CommentaryChunk, OpenAIResponsesCallResponseChunk
from .tool import OpenAIResponsesTool

__all__ = ["OpenAIResponsesFold"]


class OpenAIResponsesFold(TextFold):
    """Folds the events of a streamed answer into a `Response`.

    Attributes:
        tools: The tools handed out so far.
        failure: What OpenAI reported as having gone wrong.
    """

    view: type[Any] = OpenAIResponsesCallResponseChunk

    def __init__(self, context: FoldContext) -> None:
        over_objects = ObjectPattern(("delta",), ("sequence_number", "obfuscation"))
        super().__init__(RepeatedText(TextEventPattern(), over_objects))
        self.tools: list[BaseTool] = []
        self.failure: Any = None
        self._offered = context.tools
        self._top: dict[str, Any] = {}
        self._output = Output(context.grown)

    def feed(self, event: Any, raw: Any = None) -> Sequence[Step]:
        """Take the next event in."""
        self._output.begin()
        said = self._take(event) if is_object(event) else ""
        self._learn(event, raw, said)
        view = self._last = self._shown(event, said, raw)
        tools = self._new_tools(everything=self.complete)
        return self._steps(view, tools)

    def _shown(self, event: Any, said: str, raw: Any) -> OpenAIResponsesCallResponseChunk:
        """The view of an event; those that repeat it in all but their text are shown alike."""
        if not self._output.has_aside:
            self.view = OpenAIResponsesCallResponseChunk
            return OpenAIResponsesCallResponseChunk(event, said, raw)
        self.view = CommentaryChunk
        return CommentaryChunk(event, said, raw, answer=self._output.answer)

    def _learn(self, event: Any, raw: Any, said: str) -> None:
        """Take a delta that says nothing but text as the pattern for the next ones."""
        grown = self._output.grown
        if grown is None or event.get("logprobs"):
            self._texts.forget()
        else:
            self._texts.learn(raw, said, grown.append)

    def finish(self) -> Sequence[Step]:
        """Say that no more will come; calls that are still open are as complete as they get."""
        return self._echoes(self._new_tools(everything=True))

    def _take(self, event: Mapping[str, Any]) -> str:
        """Take an event in; gives the text it brings."""
        response = event.get("response")
        if is_object(response):
            return self._take_response(string(event.get("type")) or "", response)
        if event.get("type") == "error":
            error = event.get("error")
            self.failure = error if is_object(error) else event
            return ""
        return self._output.take(event)

    def _take_response(self, kind: str, response: Mapping[str, Any]) -> str:
        """Take in what is said of the whole response; the last value of each field stands."""
        if kind == "response.created":
            self._output.restart()
        top = self._top
        top |= {key: value for key, value in response.items() if key != "output"}
        status = kind.removeprefix("response.")
        if status in ENDS and not self.complete:
            top["status"] = status
        if top.get("status") == "failed":
            error = top.get("error")
            self.failure = error if is_object(error) else {"status": "failed"}
        return self._output.take_all(response.get("output"))

    def _new_tools(self, *, everything: bool) -> list[BaseTool]:
        """The tools that became complete, as far as no earlier one is still open."""
        calls, built = self._output.calls, len(self.tools)
        if self._offered is None or len(calls) == built:
            return []
        tools: list[BaseTool] = []
        for call in calls[built:]:
            if not (call.stopped or everything):
                break
            tools.append(self._tool(self._offered, call))
        self.tools += tools
        return tools

    def _tool(self, offered: Mapping[str, type[BaseTool]], call: Item) -> BaseTool:
        # The class of the SDK's object depends on the kind of the call and on the SDK's version.
        native: Any = Response.construct(output=[call.data()]).output
        return build_tool(
            offered,
            OpenAIResponsesTool,
            name=call.name,
            arguments=call.arguments,
            tool_call=native[0],
            id=string(call.tree.get("call_id")),
            whole=not is_cut(call.tree)
            and (call.stopped or "completed" in (call.tree.get("status"), self._top.get("status"))),
        )

    # What has arrived.

    @property
    def complete(self) -> bool:
        """Whether the response has a status after which nothing more comes."""
        return string(self._top.get("status")) in ENDS

    @property
    def content(self) -> str:
        """The text of all messages."""
        return text(self._output.trees)

    @property
    def reasoning(self) -> str | None:
        """The summary of the reasoning, or the reasoning where a server sends it."""
        return reasoning(self._output.trees)

    @property
    def refusal(self) -> str | None:
        """The refusal in all messages."""
        return refusal(self._output.trees)

    @property
    def model(self) -> str | None:
        """The model's name on the wire."""
        return string(self._top.get("model"))

    @property
    def id(self) -> str | None:
        """The response's id."""
        return string(self._top.get("id"))

    @property
    def finish_reasons(self) -> list[Any] | None:
        """Why the answer ended, as a list of one."""
        reason = finish_reason(self._top)
        return None if reason is None else [reason]

    @property
    def usage(self) -> ResponseUsage | None:
        """The SDK's usage object."""
        usage = self._top.get("usage")
        return typed(ResponseUsage, usage) if is_object(usage) else None

    @property
    def common_usage(self) -> Usage | None:
        """The usage in provider-neutral terms."""
        usage = self._top.get("usage")
        return common_usage(usage) if is_object(usage) else None

    def response(self) -> Response:
        """The full response of what has arrived."""
        output = [item.data() for item in self._output.items]
        return typed(Response, {"object": "response", **self._top, "output": output})
