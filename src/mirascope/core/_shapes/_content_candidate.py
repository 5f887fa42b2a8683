"""One candidate of a streamed generateContent answer: its parts, function calls and finish.

Rules: pieces of text of the same kind (spoken or thought) that follow each other are one part; a
part that says anything more, such as a thought signature, stands for itself, as the provider asks
for when the answer goes back to it. A function call comes whole, or as a first piece with its name
and further ones without, until one does not say that it will continue. Citations and
log-probabilities are reported for what is new and are added up; of every other field the last value
that says something stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..base._assemble import TextBuffer
from ..base._delta import settled
from ..base._fold import Grown
from ..base._narrow import is_array, is_object
from ._partial_args import PartialArgs

__all__ = ["Candidate", "ContentCall"]

_ADDED_UP = ("citationMetadata", "logprobsResult")
_TEXT_ONLY = frozenset({"text", "thought"})
_CALL_ONLY = frozenset({"name", "id", "args", "partialArgs", "willContinue"})


class _TextRun:
    """Text parts that follow each other, joined."""

    __slots__ = ("text", "thought")

    def __init__(self, text: str, thought: Any) -> None:
        self.text = TextBuffer(text)
        self.thought = thought

    def data(self) -> dict[str, Any]:
        """The part these parts make together."""
        said = {} if self.thought is None else {"thought": self.thought}
        return {"text": str(self.text), **said}


class ContentCall:
    """A function call: what is known of it so far.

    Attributes:
        name: The function's name.
        id: The call's id, or `None`.
        args: The arguments.
    """

    __slots__ = ("_call", "_grown", "_has_args", "_part", "args", "id", "name")

    def __init__(self, grown: Grown | None = None) -> None:
        self._grown = grown
        self.name = ""
        self.id: str | None = None
        self.args = PartialArgs()
        self._has_args = False
        self._call: dict[str, Any] = {}
        self._part: dict[str, Any] = {}

    def add(self, part: Mapping[str, Any], call: Mapping[str, Any]) -> None:
        """Take in a part and its `functionCall`."""
        name, call_id = call.get("name"), call.get("id")
        self.name = self.name or (name if isinstance(name, str) else "")
        self.id = self.id or (call_id if isinstance(call_id, str) else None)
        args, pieces = call.get("args"), call.get("partialArgs")
        text = self.args.update(args) if is_object(args) else ""
        for piece in pieces if is_array(pieces) else ():
            if is_object(piece):
                text += self.args.add(piece)
        self._has_args = self._has_args or bool(text)
        if text and self._grown is not None:
            self._grown.append((self, text))
        self._call |= {key: value for key, value in call.items() if key not in _CALL_ONLY}
        self._part |= {key: value for key, value in part.items() if key != "functionCall"}

    def call_data(self) -> dict[str, Any]:
        """The `functionCall` as an answer without streaming would have it."""
        data = {} if self.id is None else {"id": self.id}
        args = {"args": self.args.data()} if self._has_args else {}
        return {**data, "name": self.name, **args, **self._call}

    def data(self) -> dict[str, Any]:
        """The part of the call."""
        return {"functionCall": self.call_data(), **self._part}


class Candidate:
    """What has arrived of one candidate.

    Attributes:
        fields: The fields beside the content.
        calls: The number of function calls that began.
        growing: The function call that goes on with the next event, or `None`.

    Args:
        grown: Where its calls note the pieces of their arguments; `None` if nobody asks.
    """

    __slots__ = ("_content", "_grown", "_parts", "calls", "fields", "growing")

    def __init__(self, grown: Grown | None = None) -> None:
        self._grown = grown
        self.fields: dict[str, Any] = {}
        self.calls = 0
        self.growing: ContentCall | None = None
        self._content: dict[str, Any] | None = None
        self._parts: list[_TextRun | ContentCall | Any] = []

    def add(self, data: Mapping[str, Any]) -> tuple[str, list[ContentCall]]:
        """Take in what an event says of this candidate.

        Returns:
            The new text, and the function calls that are complete now.
        """
        for key, value in data.items():
            if key != "content" and value is not None:
                self._note(key, value)
        content = data.get("content")
        if not is_object(content):
            return "", []
        parts = content.get("parts")
        said = {key: value for key, value in content.items() if key != "parts"}
        self._content = {**(self._content or {}), **said}
        text = ""
        complete: list[ContentCall] = []
        for part in parts if is_array(parts) else ():
            text += self._add_part(part, complete)
        return text, complete

    def text_adder(self) -> Callable[[str], None] | None:
        """Give what takes in the spoken text that follows spoken text; `None` after anything else.

        It is good for as long as nothing but spoken text follows.
        """
        last = self._parts[-1] if self._parts else None
        return last.text.append if isinstance(last, _TextRun) and not last.thought else None

    def _note(self, key: str, value: Any) -> None:
        known = self.fields.get(key)
        if not is_object(value) or not is_object(known):
            # What grows here is the fold's own, never the event's.
            self.fields[key] = _copied(value) if key in _ADDED_UP else value
            return
        if key not in _ADDED_UP:
            self.fields[key] = {**known, **value}
            return
        for name, more in value.items():
            before = known.get(name)
            if is_array(before) and is_array(more):
                before.extend(more)
            else:
                known[name] = _copied(more)

    def _add_part(self, part: Any, complete: list[ContentCall]) -> str:
        if not is_object(part):
            self._parts.append(part)
            return ""
        call = part.get("functionCall")
        if is_object(call):
            self._add_call(part, call, complete)
            return ""
        text, thought = part.get("text"), part.get("thought")
        if not isinstance(text, str):
            self._parts.append(part)
            return ""
        if not part.keys() <= _TEXT_ONLY:
            self._parts.append(part)
        else:
            last = self._parts[-1] if self._parts else None
            if isinstance(last, _TextRun) and bool(last.thought) == bool(thought):
                last.text.append(text)
            else:
                self._parts.append(_TextRun(text, thought))
        return "" if thought else text

    def _add_call(
        self, part: Mapping[str, Any], data: Mapping[str, Any], complete: list[ContentCall]
    ) -> None:
        call = self.growing
        if call is not None and data.get("name"):
            # The next call has begun: the one before has no more to come.
            complete.append(call)
            call = None
        if call is None:
            call = ContentCall(self._grown)
            self.calls += 1
            self._parts.append(call)
        call.add(part, data)
        self.growing = call if data.get("willContinue") is True else None
        if self.growing is None:
            complete.append(call)

    def text(self, *, thought: bool) -> str:
        """The text that was spoken, or that was thought."""
        return "".join(_text_of(part) for part in self._parts if _is_thought(part) is thought)

    def data(self) -> dict[str, Any]:
        """The candidate as an answer without streaming would have it."""
        data: dict[str, Any] = settled(self.fields)
        if self._content is None:
            return data
        parts = [
            part.data() if isinstance(part, (_TextRun, ContentCall)) else part
            for part in self._parts
        ]
        return {"content": {"parts": parts, **self._content} if parts else self._content, **data}


def _copied(value: Any) -> Any:
    if is_object(value):
        return {key: _copied(item) for key, item in value.items()}
    return list(value) if is_array(value) else value


def _text_of(part: Any) -> str:
    if isinstance(part, _TextRun):
        return str(part.text)
    text = part.get("text") if is_object(part) else None
    return text if isinstance(text, str) else ""


def _is_thought(part: Any) -> bool:
    if isinstance(part, _TextRun):
        return bool(part.thought)
    return is_object(part) and bool(part.get("thought"))
