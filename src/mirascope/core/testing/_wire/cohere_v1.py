"""Cohere's chat format, version 1: one JSON object a line, streamed, or one in whole.

Format: https://docs.cohere.com/v1/reference/chat-stream. Calls have no ids, and are sent whole
once more after their pieces; there is no field for reasoning, so reasoning is not sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._faults import ErrorEvent
from .._script import Answer, Usage, pieces
from ._format import Asked, Wire, dump, finish_word, only_choice, taking_turns
from .cohere import failure_body, token_counts

__all__ = ["CHAT"]

_FINISH: Mapping[str, str] = {
    "stop": "COMPLETE",
    "length": "MAX_TOKENS",
    "tool_calls": "COMPLETE",
    "content_filter": "ERROR_TOXIC",
}


def _stream(answer: Answer, asked: Asked) -> list[bytes]:
    """An answer as lines; see the module for the documentation."""
    answer = only_choice(answer, "Cohere")
    response = _whole(answer, asked)
    text = (*pieces(answer.text), *pieces(answer.refusal))
    events = [
        {"event_type": "stream-start", "generation_id": response["generation_id"]},
        *({"event_type": "text-generation", "text": piece} for piece in text),
        *({"event_type": "tool-calls-chunk", "text": piece} for piece in pieces(answer.plan)),
        *({"event_type": "tool-calls-chunk", "tool_call_delta": d} for d in _deltas(answer)),
    ]
    if answer.tools:
        calls = {"text": "".join(pieces(answer.plan)), "tool_calls": response["tool_calls"]}
        events.append({"event_type": "tool-calls-generation", **calls})
    end = {"event_type": "stream-end", "response": response}
    lines = [{"is_finished": False, **event} for event in events]
    lines.append({"is_finished": True, **end, "finish_reason": response["finish_reason"]})
    return [_line(line) for line in lines]


def _line(value: dict[str, Any]) -> bytes:
    return f"{dump(value)}\n".encode()


def _deltas(answer: Answer) -> list[dict[str, Any]]:
    rows = [
        [
            {"index": index, "name": tool.name},
            *({"index": index, "parameters": part} for part in tool.fragments),
        ]
        for index, tool in enumerate(answer.tools)
    ]
    return taking_turns(rows) if answer.interleave else [delta for row in rows for delta in row]


def _whole(answer: Answer, asked: Asked) -> dict[str, Any]:
    """An answer as the body of a call that does not stream; see the module."""
    answer = only_choice(answer, "Cohere")
    said = "".join((*pieces(answer.text), *pieces(answer.refusal), *pieces(answer.plan)))
    calls = [{"name": tool.name, "parameters": tool.object} for tool in answer.tools]
    with_calls = {"tool_calls": calls} if calls else {}
    identity = answer.id or f"00000000-0000-4000-8000-{asked.number:012d}"
    return {
        "response_id": identity,
        "text": said,
        "generation_id": identity,
        "chat_history": [
            {"role": "USER", "message": str(asked.body.get("message", ""))},
            {"role": "CHATBOT", "message": said, **with_calls},
        ],
        "finish_reason": finish_word(answer, _FINISH, refused="ERROR_TOXIC"),
        "meta": _meta(answer.counts),
        **with_calls,
        **answer.extra,
    }


def _meta(counts: Usage | None) -> dict[str, Any]:
    version: dict[str, Any] = {"api_version": {"version": "1"}}
    return version if counts is None else version | token_counts(counts)


def _error(error: ErrorEvent, asked: Asked) -> list[bytes]:
    response = _whole(Answer(finish="ERROR", usage=None), asked) | {"error": error.message}
    end = {"is_finished": True, "event_type": "stream-end", "response": response}
    return [_line(error.body or {**end, "finish_reason": "ERROR"})]


CHAT = Wire(
    name="Cohere chat v1",
    streams=lambda asked: bool(asked.body.get("stream")),
    stream=_stream,
    whole=_whole,
    error=_error,
    failure=failure_body,
    content_type=lambda _: "application/stream+json",
)
