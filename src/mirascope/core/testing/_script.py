"""Scripts: what the server is to answer, said once and independently of any provider."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal, TypeAlias, cast

from ._faults import Fault

__all__ = [
    "Answer",
    "Chunking",
    "Delivery",
    "Failure",
    "Hangup",
    "Raw",
    "ToolCall",
    "Usage",
]

Chunking: TypeAlias = Literal["event", "byte", "whole"] | int | Sequence[int]
"""How a body is cut into writes: a name, a size in bytes, or the offsets to cut at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How a reply is put on the wire; every kind of script has these fields.

    Attributes:
        faults: What happens on the way.
        delay: Seconds of silence before every wire event but the first.
        delay_headers: Seconds of silence before the status line.
        chunking: How the body is cut into writes (each is one HTTP chunk too): `event`, one per
            wire event; `byte`; `whole`; a number of bytes; or the offsets to cut at.
        framing: How HTTP marks the body's end: `chunked`, `length` (Content-Length), or `close`
            (the connection ends with it). `auto`: chunked for a stream, a length otherwise.
        comment: A comment sent before every wire event of a `text/event-stream`.
        newline: The line end of a `text/event-stream`; by default the provider's own.
        hold_open: After the last event (the end marker is one) the body is never ended: the
            server waits until the client goes.
        headers: Further response headers; they replace those of the same name.
    """

    faults: Sequence[Fault] = ()
    delay: float = 0.0
    delay_headers: float = 0.0
    chunking: Chunking = "event"
    framing: Literal["auto", "chunked", "length", "close"] = "auto"
    comment: str | None = None
    newline: Literal["\n", "\r\n", "\r"] | None = None
    hold_open: bool = False
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCall:
    """One call of a tool by the model.

    Attributes:
        name: The tool's name.
        arguments: The arguments: an object, or the exact text (which may be no JSON at all, on
            wires that send text).
        id: The call's id; by default one in the provider's style, unique to the request.
        pieces: In how many deltas the arguments are streamed; or the fragments themselves, which
            then are the arguments. Wires that send a call whole take no notice.
    """

    name: str
    arguments: Mapping[str, Any] | str = field(default_factory=dict[str, Any])
    id: str | None = None
    pieces: int | Sequence[str] = 1

    @property
    def text(self) -> str:
        """The arguments as the text the model wrote."""
        if not isinstance(self.pieces, int):
            return "".join(self.pieces)
        if isinstance(self.arguments, str):
            return self.arguments
        return json.dumps(self.arguments, ensure_ascii=False)

    @property
    def fragments(self) -> tuple[str, ...]:
        """The pieces in which the arguments are streamed; none of them is lost or empty."""
        if not isinstance(self.pieces, int):
            return tuple(self.pieces)
        text, count = self.text, max(1, self.pieces)
        ends = [len(text) * part // count for part in range(count + 1)]
        return tuple(text[start:end] for start, end in pairwise(ends) if start < end)

    @property
    def object(self) -> dict[str, Any]:
        """The arguments as an object, for wires that send them so.

        Raises:
            ValueError: The text is not a JSON object.
        """
        try:
            value = json.loads(self.text)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise ValueError(  # noqa: TRY004 - the text is what is wrong, not its type
                f"The arguments of {self.name!r} have to be a JSON object here, because this "
                f"provider does not send them as text; they are {self.text!r}."
            )
        return cast("dict[str, Any]", value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Token counts.

    Attributes:
        input: Tokens of the prompt, the cached ones included.
        output: Tokens of the answer, those spent on reasoning included.
        cached: Tokens of the prompt that came from the provider's cache.
        reasoning: Tokens of the answer that were spent on reasoning.
    """

    input: int = 0
    output: int = 0
    cached: int = 0
    reasoning: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Delivery):
    """What a model says; played in the wire format of whichever endpoint is asked.

    A request that streams gets it in pieces, one that does not gets it whole.

    Attributes:
        text: The text; a list is streamed one delta each.
        reasoning: The reasoning text, in pieces likewise; sent first.
        signature: The provider's signature of the reasoning (Anthropic, Google).
        refusal: Refusal text, in pieces likewise; sent as text by providers without such a field.
        plan: Text about the calls that follow, in pieces likewise (Cohere; no other sends it).
        tools: The tool calls, sent last.
        interleave: The deltas of parallel tool calls, and of several choices, take turns instead
            of coming one after the other.
        finish: `stop`, `length`, `tool_calls` or `content_filter`, said in the provider's words;
            anything else is sent as it is. By default what the content calls for.
        choices: Further choices. Only what they say counts, not how they are delivered.
        usage: Token counts, as `Usage` or as `(input, output)`; `None` sends none where a
            provider's protocol allows that.
        model: The model's name; by default the one that was asked for.
        id: The answer's id; by default one in the provider's style, unique to the request.
        logprobs: One token's log-probability entry for each piece of the text, passed on as it
            is (chat completions).
        extra: Further top-level fields of the answer and, where a provider repeats those in every
            event, of every event.
    """

    text: str | Sequence[str] = ()
    reasoning: str | Sequence[str] = ()
    signature: str | None = None
    refusal: str | Sequence[str] = ()
    plan: str | Sequence[str] = ()
    tools: Sequence[ToolCall] = ()
    interleave: bool = False
    finish: str | None = None
    choices: Sequence[Answer] = ()
    usage: Usage | tuple[int, int] | None = (10, 5)
    model: str | None = None
    id: str | None = None
    logprobs: Sequence[Mapping[str, Any]] = ()
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def finish_reason(self) -> str:
        """The finish reason in neutral words, given or derived from the content."""
        return self.finish or ("tool_calls" if self.tools else "stop")

    @property
    def counts(self) -> Usage | None:
        """The token counts as `Usage`."""
        if self.usage is None or isinstance(self.usage, Usage):
            return self.usage
        return Usage(input=self.usage[0], output=self.usage[1])

    @property
    def all_choices(self) -> tuple[Answer, ...]:
        """This answer and its further choices, in order."""
        return (self, *self.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw(Delivery):
    """A body played byte for byte, whatever is asked: a recording, or something malformed.

    Attributes:
        body: The bytes.
        content_type: The body's media type.
        status: The HTTP status.
    """

    body: bytes
    content_type: str = "text/event-stream; charset=utf-8"
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure(Delivery):
    """An HTTP error status with an error body in the provider's shape.

    Attributes:
        status: The HTTP status.
        message: The error's text; by default one that fits the status.
        body: Replaces the provider's body: an object sent as JSON, or text or bytes sent as they
            are.
    """

    status: int = 500
    message: str | None = None
    body: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hangup(Delivery):
    """The connection ends before anything is answered, after `delay_headers`.

    Attributes:
        how: `close` it properly or `reset` it (TCP RST).
    """

    how: Literal["close", "reset"] = "close"


def pieces(value: str | Sequence[str]) -> tuple[str, ...]:
    """The deltas of a text: a string is one, an empty string none."""
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(value)
