"""The output of an answer on its way: its items, in the order in which they were opened.

An event names its item by an id and by the item's number. The id is asked first: some servers give
several items one number. Others give one item another id each time, then the number counts; or none
but the id of the call that it is. In the whole output at the end numbers can differ too: an item
that nothing names is there the first of its kind that is left. An item whose opening was not seen
is made by the first event about it, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...base._assemble import TextBuffer
from ...base._fold import Grown
from ...base._narrow import is_array, is_object, string
from ._item import Item, grow
from ._wire import CALLS

__all__ = ["Output"]

_TEXT = "output_text"
_PARTS: Mapping[str, tuple[str, str, str, str]] = {
    _TEXT: ("message", "content", "output_text", "text"),
    "refusal": ("message", "content", "refusal", "refusal"),
    "reasoning_text": ("reasoning", "content", "reasoning_text", "text"),
    "reasoning_summary_text": ("reasoning", "summary", "summary_text", "text"),
}
"""Of the texts that grow in a part: the item's type, the list, the part's type, the field."""

_FIELDS: Mapping[str, tuple[str, str]] = {
    "code_interpreter_call_code": ("code_interpreter_call", "code"),
    "custom_tool_call_input": ("custom_tool_call", "input"),
    "function_call_arguments": ("function_call", "arguments"),
    "mcp_call_arguments": ("mcp_call", "arguments"),
}
"""Of the texts that grow in an item: the item's type and the field."""

_WHOLE_PARTS: Mapping[str, tuple[str, str]] = {
    "content_part": ("message", "content"),
    "reasoning_summary_part": ("reasoning", "summary"),
}
"""Of the parts that come whole: the item's type and the list."""

_INDEXES = {"content": "content_index", "summary": "summary_index"}


class Output:
    """The items that have come so far.

    Attributes:
        items: All of them.
        calls: Those that call a tool of the caller's.
        grown: What the last event added its text to; `None` if it brought no piece of text.
        answer: What of the last event's text is the answer's.
        has_aside: Whether some of its text is not, or would not be.

    Args:
        arguments: Where to note the pieces of calls' arguments; `None` if nobody asks.
    """

    __slots__ = (
        "_arguments",
        "_by_id",
        "_by_index",
        "_start",
        "answer",
        "calls",
        "grown",
        "has_aside",
        "items",
    )

    def __init__(self, arguments: Grown | None = None) -> None:
        self._arguments = arguments
        self.items: list[Item] = []
        self.calls: list[Item] = []
        self.grown: TextBuffer | None = None
        self.answer: str = ""
        self.has_aside: bool = False
        self._by_id: dict[str, Item] = {}
        self._by_index: dict[int, Item] = {}
        self._start = 0

    @property
    def trees(self) -> list[dict[str, Any]]:
        """The data of the items, their growing texts as buffers."""
        return [item.tree for item in self.items]

    def begin(self) -> None:
        """Forget what the last event has brought: the next one comes."""
        self.grown, self.answer, self.has_aside = None, "", False

    def restart(self) -> None:
        """Forget the numbers: those of a new response begin again."""
        self._by_index.clear()
        self._start = len(self.items)

    def take_all(self, output: Any) -> str:
        """Take in the output as a whole response has it; gives the text that is new."""
        new, found = "", list[Item]()
        for index, data in enumerate(output if is_array(output) else ()):
            if is_object(data):
                item = self._whole(data, index) or self._left(data, found)
                found.append(item or self._open(string(data.get("type")) or "", index))
                self._name(found[-1], data)
                new += self._shown(found[-1], found[-1].take(data))
        return new

    def _left(self, data: Mapping[str, Any], found: list[Item]) -> Item | None:
        """The first item of the kind that some data is of and that was not found yet."""
        kind = string(data.get("type")) or ""
        items = (item for item in self.items[self._start :] if item.kind == kind)
        return next((item for item in items if all(item is not each for each in found)), None)

    def take(self, event: Mapping[str, Any]) -> str:
        """Take in an event about an item; gives the text it brings."""
        kind = string(event.get("type")) or ""
        subject, _, stage = kind.removeprefix("response.").rpartition(".")
        if subject == "output_item":
            return self._take_item(event, stage)
        if subject in _PARTS:
            return self._take_text(event, subject, stage)
        if subject in _WHOLE_PARTS:
            part = event.get("part")
            item_type, place = _WHOLE_PARTS[subject]
            index = event.get(_INDEXES[place])
            item = self._item(event, item_type)
            return self._shown(item, item.take_part(place, index, part) if is_object(part) else "")
        if subject in _FIELDS:
            self._take_field(event, subject, stage)
        elif subject == f"{_TEXT}.annotation":
            self._take_annotation(event)
        else:
            self._take_status(event, subject, stage)
        return ""

    def _take_item(self, event: Mapping[str, Any], stage: str) -> str:
        whole = event.get("item")
        if not is_object(whole):
            return ""
        index = event.get("output_index")
        item = self._whole(whole, None if stage == "added" else index)
        item = item or self._open(string(whole.get("type")) or "", index)
        self._name(item, whole)
        item.stopped = item.stopped or stage == "done"
        return self._shown(item, item.take(whole))

    def _take_text(self, event: Mapping[str, Any], subject: str, stage: str) -> str:
        """Take in a text of a part: a piece of it, or at its end all of it."""
        item_type, place, part_type, field = _PARTS[subject]
        item, index = self._item(event, item_type), event.get(_INDEXES[place])
        logprobs = event.get("logprobs")
        if stage != "delta":
            whole = {"type": part_type, field: event.get(field)}
            if is_array(logprobs) and logprobs:
                whole["logprobs"] = logprobs
            return self._shown(item, item.take_part(place, index, whole))
        piece = string(event.get("delta")) or ""
        part = item.part(place, index, part_type)
        grown = grow(part, field, piece)
        if is_array(logprobs) and logprobs:
            _list(part, "logprobs").extend(logprobs)
        if subject != _TEXT or not item.is_shown(part):
            return ""
        self.grown = grown
        return self._shown(item, piece)

    def _shown(self, item: Item, text: str) -> str:
        """Note whether an item's text is the answer's; gives the text."""
        if item.is_answer:
            self.answer += text
        else:
            self.has_aside = True
        return text

    def _take_field(self, event: Mapping[str, Any], subject: str, stage: str) -> None:
        item_type, field = _FIELDS[subject]
        item = self._item(event, item_type)
        if stage == "delta":
            piece = string(event.get("delta")) or ""
            if isinstance(item.tree.get(field), str):
                # Some servers open an item with its whole text, and send that in pieces again.
                item.tree[field] = ""
            grow(item.tree, field, piece)
            if self._arguments is not None and item.kind == "function_call":
                self._arguments.append((item, piece))
            return
        item.take_field(field, event.get(field))
        # A call without arguments may have been cut off before them: its item says so at its end.
        item.stopped = item.stopped or bool(item.arguments)

    def _take_annotation(self, event: Mapping[str, Any]) -> None:
        part = self._item(event, "message").part("content", event.get("content_index"), _TEXT)
        _list(part, "annotations").append(event.get("annotation"))

    def _take_status(self, event: Mapping[str, Any], subject: str, stage: str) -> None:
        """Take in how far a tool that runs at the provider is; events of other kinds say nothing.

        An image in the making is an image: until it is done, it is the result.
        """
        item = self._known(event)
        if item is None or item.kind != subject:
            return
        if stage == "partial_image":
            item.tree["result"] = event.get("partial_image_b64")
        else:
            item.tree["status"] = stage

    def _known(self, event: Mapping[str, Any]) -> Item | None:
        item = self._by_id.get(string(event.get("item_id") or event.get("call_id")) or "")
        index = event.get("output_index")
        if item is None and isinstance(index, int):
            item = self._by_index.get(index)
        return item

    def _item(self, event: Mapping[str, Any], item_type: str) -> Item:
        item = self._known(event)
        if item is None:
            item = self._open(item_type, event.get("output_index"))
            if (item_id := string(event.get("item_id"))) is not None:
                self._by_id[item_id] = item
                item.tree["id"] = item_id
        return item

    def _whole(self, data: Mapping[str, Any], index: Any) -> Item | None:
        """The item that some data is at one of its stages; `None` if it is not known."""
        item = self._by_id.get(string(data.get("id")) or "")
        if item is not None:
            return item
        kind = string(data.get("type")) or ""
        numbered = self._by_index.get(index) if isinstance(index, int) else None
        called = self._by_id.get(string(data.get("call_id")) or "")
        same = (each for each in (called, numbered) if each is not None and each.kind == kind)
        return next(same, None)

    def _name(self, item: Item, data: Mapping[str, Any]) -> None:
        """Note the names by which events will tell an item."""
        for field in ("call_id", "id"):
            if (name := string(data.get(field))) is not None:
                self._by_id[name] = item

    def _open(self, item_type: str, index: Any) -> Item:
        item = Item(item_type)
        self.items.append(item)
        if isinstance(index, int):
            self._by_index[index] = item
        if item_type in CALLS:
            self.calls.append(item)
        return item


def _list(holder: dict[str, Any], field: str) -> list[Any]:
    """The list in a field; it is made if there is none."""
    known = holder.get(field)
    if not is_array(known):
        known = holder[field] = list[Any]()
    return known
