"""The fold of Anthropic's streamed messages.

The wire (https://docs.claude.com/en/docs/build-with-claude/streaming): `message_start` brings the
message with its id, its model and the prompt's usage. Each content block, known by its index, is a
`content_block_start`, its `content_block_delta`s and a `content_block_stop`. `message_delta` brings
the stop reason and the usage so far (counts are cumulative: the last one stands), `message_stop`
ends the answer. Text is in deltas of the type `text_delta`, reasoning in `thinking_delta` with a
`signature_delta` after it, citations in `citations_delta`, and a tool's arguments in
`input_json_delta`: pieces of a JSON text that is complete when its block stops. No text at all is
an empty object, or one that was cut off before it began: the event after the block tells. A block
of the type `fallback` names another model, which goes on with the message.

Only types are asked, never classes: an SDK that does not know a type gives it some other class.
Blocks and deltas of unknown types are put together by the shape of their data. What ran at
Anthropic (`server_tool_use` and the results) is in the response, and is no tool of the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anthropic.types import Message, ToolUseBlock
from anthropic.types import Usage as AnthropicUsage

from ..base._assemble import TextBuffer, UsageMeter
from ..base._fold import FoldContext, Step
from ..base._narrow import is_array, is_object, string
from ..base._object_pattern import ObjectPattern
from ..base._repeated_text import RepeatedText, TextFold
from ..base._text_pattern import TextPattern
from ..base._tool_build import build_tool
from ..base._typed import typed
from ..base.tool import BaseTool
from ..base.types import Usage
from ._block import ContentBlock
from ._wire import common_usage, is_cut, new_model
from .call_response_chunk import AnthropicCallResponseChunk
from .tool import AnthropicTool

__all__ = ["AnthropicFold"]

_DELTA_EVENT = {"type", "index", "delta"}
_TEXT_DELTA = {"type", "text"}
_INPUT_DELTA = {"type", "partial_json"}


class AnthropicFold(TextFold):
    """Folds the events of a streamed message into a `Message`.

    Attributes:
        tools: The tools handed out so far.
        failure: What Anthropic reported as having gone wrong; the SDK raises it itself.
    """

    view: type[Any] = AnthropicCallResponseChunk

    def __init__(self, context: FoldContext) -> None:
        super().__init__(_repeated("text"), _repeated("partial_json"))
        self.tools: list[BaseTool] = []
        self.failure: Any = None
        self._offered = context.tools
        self._grown = context.grown
        self._top: dict[str, Any] = {}
        self._usage = UsageMeter()
        self._blocks: list[ContentBlock] = []
        self._by_index: dict[Any, ContentBlock] = {}
        self._calls: list[ContentBlock] = []
        self._built = 0
        self._ended = False

    def feed(self, event: Any, raw: Any = None) -> Sequence[Step]:
        """Take the next event in."""
        text = self._take(event) if is_object(event) else ""
        view = self._last = AnthropicCallResponseChunk(event, text, raw)
        self._learn(event, raw)
        if self._built == len(self._calls):
            return [(view, None)]
        tools = self._new_tools(everything=self.complete)
        return self._steps(view, tools)

    def _learn(self, event: Any, raw: Any) -> None:
        """Take a delta that says nothing but a piece of a text as the pattern for the next ones."""
        self._forget()
        delta = event.get("delta") if is_object(event) else None
        block = self._find(event.get("index")) if is_object(delta) else None
        if block is None or not is_object(delta) or set(event) != _DELTA_EVENT:
            return
        content = block.tree.get("text")
        if set(delta) == _TEXT_DELTA and block.kind == "text" and isinstance(content, TextBuffer):
            self._texts.learn(raw, delta["text"], content.append)
        elif set(delta) == _INPUT_DELTA and delta["type"] == "input_json_delta":
            self._arguments.learn(raw, delta["partial_json"], block.add_input)

    def finish(self) -> Sequence[Step]:
        """Say that no more will come; calls that are still open are as complete as they get."""
        return self._echoes(self._new_tools(everything=True))

    def _take(self, event: Mapping[str, Any]) -> str:
        """Take an event in; gives the text it brings."""
        match event.get("type"):
            case "content_block_delta":
                return self._add(event.get("index"), event.get("delta"))
            case "content_block_start":
                return self._open(event.get("index"), event.get("content_block"))
            case "content_block_stop":
                block = self._find(event.get("index"))
                if block is not None:
                    block.stopped = True
            case "message_start":
                return self._start(event.get("message"))
            case "message_delta":
                delta = event.get("delta")
                self._note({**event, **(delta if is_object(delta) else {})})
            case "message_stop":
                self._note(event)
                self._ended = True
            case "error":
                self.failure = event
            case _:
                pass
        return ""

    def _start(self, message: Any) -> str:
        if not is_object(message):
            return ""
        self._note(message)
        content = message.get("content")
        blocks = enumerate(content if is_array(content) else ())
        return "".join(self._open(index, block) for index, block in blocks)

    def _note(self, said: Mapping[str, Any]) -> None:
        """Remember the message's own fields: of each, the last value that was not null."""
        top = self._top
        for key, value in said.items():
            if key == "usage":
                if is_object(value):
                    self._usage.update(value)
            elif key not in ("content", "delta", "type") and (value is not None or key not in top):
                top[key] = value

    def _find(self, index: Any) -> ContentBlock | None:
        return self._by_index.get(index) if isinstance(index, int) else None

    def _open(self, index: Any, start: Any) -> str:
        block = ContentBlock(start if is_object(start) else {}, self._grown)
        self._blocks.append(block)
        if isinstance(index, int):
            self._by_index[index] = block
        if block.kind == "tool_use" and self._offered is not None:
            self._calls.append(block)
        if (model := new_model(start)) is not None:
            self._top["model"] = model
        return block.text("text") if block.kind == "text" else ""

    def _add(self, index: Any, delta: Any) -> str:
        if not is_object(delta):
            return ""
        block = self._find(index)
        if block is None:
            # Nothing that arrives is lost, though its start was.
            self._open(index, ContentBlock.start_for(delta))
            block = self._blocks[-1]
        block.add(delta)
        return (string(delta.get("text")) or "") if block.kind == "text" else ""

    def _new_tools(self, *, everything: bool) -> list[BaseTool]:
        """The tools that became complete, as far as no earlier one is still open."""
        tools: list[BaseTool] = []
        for block in self._calls[self._built :]:
            if not (everything or self._is_whole(block)):
                break
            tools.append(self._tool(block))
        self._built += len(tools)
        self.tools += tools
        return tools

    def _tool(self, block: ContentBlock) -> BaseTool:
        data = block.data()
        return build_tool(
            self._offered or {},
            AnthropicTool,
            name=string(data.get("name")) or "",
            arguments=str(block.input) if block.input else data.get("input"),
            tool_call=typed(ToolUseBlock, data, ToolUseBlock.construct),
            id=string(data.get("id")),
            whole=self._is_whole(block) or not self._is_cut,
        )

    def _is_whole(self, block: ContentBlock) -> bool:
        """Whether a call is known to have ended; one without input is by what follows it."""
        return block.stopped and (block.has_input or block is not self._blocks[-1])

    @property
    def _is_cut(self) -> bool:
        return not self.complete or is_cut(self.finish_reasons)

    # What has arrived.

    @property
    def complete(self) -> bool:
        """Whether the message was stopped."""
        return self._ended or self.finish_reasons is not None

    @property
    def content(self) -> str:
        """The text of all text blocks."""
        return "".join(block.text("text") for block in self._blocks if block.kind == "text")

    @property
    def reasoning(self) -> str | None:
        """The thinking of all blocks."""
        thinking = (b.text("thinking") for b in self._blocks if b.kind == "thinking")
        return "".join(thinking) or None

    @property
    def refusal(self) -> str | None:
        """Why Anthropic had the model stop, where it says."""
        details = self._top.get("stop_details")
        return string(details.get("explanation")) if is_object(details) else None

    @property
    def model(self) -> str | None:
        """The model's name on the wire."""
        return string(self._top.get("model"))

    @property
    def id(self) -> str | None:
        """The message's id."""
        return string(self._top.get("id"))

    @property
    def finish_reasons(self) -> list[Any] | None:
        """The stop reason, as a list of one."""
        reason = string(self._top.get("stop_reason"))
        return None if reason is None else [reason]

    @property
    def usage(self) -> AnthropicUsage | None:
        """The SDK's usage object."""
        report = self._usage.report
        return None if report is None else typed(AnthropicUsage, report, AnthropicUsage.construct)

    @property
    def common_usage(self) -> Usage | None:
        """The usage in provider-neutral terms."""
        return common_usage(self._usage.report)

    def response(self) -> Message:
        """The full response of what has arrived."""
        data: dict[str, Any] = {"type": "message", "role": "assistant", **self._top}
        data["content"] = [block.data() for block in self._blocks]
        if self._usage.report is not None:
            data["usage"] = self._usage.report
        return typed(Message, data, Message.construct)


def _repeated(field: str) -> RepeatedText:
    return RepeatedText(TextPattern(field, spaced=True), ObjectPattern(("delta", field)))
