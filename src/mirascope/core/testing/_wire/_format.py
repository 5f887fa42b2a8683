"""What every wire format is made of: the question as a renderer sees it, events, JSON text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._faults import ErrorEvent
from .._script import Answer, Failure

__all__ = [
    "CREATED",
    "JSON",
    "SSE",
    "Asked",
    "Wire",
    "dump",
    "failure_message",
    "finish_word",
    "only_choice",
    "sse",
    "taking_turns",
]

CREATED = 1_700_000_000
"""The time every answer claims to be from, so that a rendered answer is always the same bytes."""

JSON = "application/json"
SSE = "text/event-stream; charset=utf-8"

_MESSAGES: Mapping[int, str] = {
    400: "The request is invalid.",
    401: "The API key is invalid.",
    403: "The API key may not do this.",
    404: "The model does not exist.",
    429: "Too many requests.",
    503: "The service is unavailable.",
    529: "Overloaded",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The question, as far as an answer depends on it.

    Attributes:
        number: The request's number; default ids are made from it.
        model: The model asked for.
        body: The request's JSON body.
        path: The request's path.
        query: The fields of the request's query.
    """

    number: int = 1
    model: str = "test-model"
    body: Mapping[str, Any] = field(default_factory=dict[str, Any])
    path: str = "/"
    query: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """One wire format, as pure functions.

    Attributes:
        name: The provider and the endpoint.
        streams: Whether this request asks for a stream.
        stream: An answer as its wire events, the end marker included.
        whole: An answer as the JSON body of a call that does not stream.
        error: An error event as the wire events that replace the rest of a stream.
        failure: The JSON body of an HTTP error status.
        content_type: The media type of a stream, given the question.
        model: The model a question is for.
    """

    name: str
    streams: Callable[[Asked], bool]
    stream: Callable[[Answer, Asked], list[bytes]]
    whole: Callable[[Answer, Asked], Any]
    error: Callable[[ErrorEvent, Asked], list[bytes]]
    failure: Callable[[Failure, Asked], Any]
    content_type: Callable[[Asked], str] = lambda _: SSE
    model: Callable[[Mapping[str, Any], str], str] = lambda body, _: str(
        body.get("model") or "test-model"
    )


def dump(value: Any) -> str:
    """Compact JSON text; characters outside ASCII stay as they are, as providers send them."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sse(value: Any, *, event: str | None = None) -> bytes:
    """One server-sent event; `value` is sent as JSON, or as it is where it is a string."""
    data = value if isinstance(value, str) else dump(value)
    return (f"event: {event}\n" if event else "").encode() + f"data: {data}\n\n".encode()


def finish_word(answer: Answer, table: Mapping[str, str], *, refused: str) -> str:
    """The finish reason in a provider's words; a word the table lacks is sent as it is.

    Args:
        answer: The answer.
        table: The provider's word for each neutral one.
        refused: The word for an answer that is a refusal and says no finish reason itself.
    """
    if answer.refusal and answer.finish is None:
        return refused
    return table.get(answer.finish_reason, answer.finish_reason)


def failure_message(failure: Failure) -> str:
    """The failure's text, or one that fits its status."""
    if failure.message is not None:
        return failure.message
    return _MESSAGES.get(failure.status, "The server had an error.")


def only_choice(answer: Answer, provider: str) -> Answer:
    """The answer itself.

    Raises:
        ValueError: It has several choices, which this provider cannot send.
    """
    if answer.choices:
        raise ValueError(
            f"{provider} answers with one choice; this script has {len(answer.all_choices)}."
        )
    return answer


def taking_turns(rows: Sequence[Sequence[Any]]) -> list[Any]:
    """The items of several rows, one of each row in turn."""
    longest = max(map(len, rows), default=0)
    return [row[turn] for turn in range(longest) for row in rows if turn < len(row)]
