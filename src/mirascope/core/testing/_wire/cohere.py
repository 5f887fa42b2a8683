"""Cohere's chat format, version 2, streamed and whole.

Format: https://docs.cohere.com/v2/reference/chat-stream. The model's name is never sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._faults import ErrorEvent
from .._script import Answer, Failure, ToolCall, Usage, pieces
from ._format import (
    Asked,
    Wire,
    failure_message,
    finish_word,
    only_choice,
    sse,
    taking_turns,
)

__all__ = ["CHAT", "failure_body", "token_counts"]

_FINISH: Mapping[str, str] = {
    "stop": "COMPLETE",
    "length": "MAX_TOKENS",
    "tool_calls": "TOOL_CALL",
    "content_filter": "ERROR",
}


def _stream(answer: Answer, asked: Asked) -> list[bytes]:
    """An answer as events and the end marker; see the module for the documentation."""
    answer = only_choice(answer, "Cohere")
    role: dict[str, Any] = {"role": "assistant", "content": []}
    rest: dict[str, Any] = {"tool_plan": "", "tool_calls": [], "citations": []}
    opening = {"message": role | rest}
    events: list[dict[str, Any]] = [
        {"id": _id(answer, asked), "type": "message-start", "delta": opening, **answer.extra},
        *_content(answer),
        *(
            {"type": "tool-plan-delta", "delta": {"message": {"tool_plan": piece}}}
            for piece in pieces(answer.plan)
        ),
        *_tools(answer, asked),
    ]
    ending: dict[str, Any] = {"finish_reason": finish_word(answer, _FINISH, refused="ERROR")}
    if answer.counts is not None:
        ending["usage"] = _usage(answer.counts)
    events.append({"type": "message-end", "delta": ending})
    return [*(sse(event, event=event["type"]) for event in events), sse("[DONE]")]


def _content(answer: Answer) -> list[dict[str, Any]]:
    kinds = (
        ("thinking", pieces(answer.reasoning)),
        ("text", (*pieces(answer.text), *pieces(answer.refusal))),
    )
    events: list[dict[str, Any]] = []
    for index, (kind, deltas) in enumerate(pair for pair in kinds if pair[1]):
        start = {"message": {"content": {"type": kind, kind: ""}}}
        events.append({"type": "content-start", "index": index, "delta": start})
        events += [
            {
                "type": "content-delta",
                "index": index,
                "delta": {"message": {"content": {kind: piece}}},
            }
            for piece in deltas
        ]
        events.append({"type": "content-end", "index": index})
    return events


def _tools(answer: Answer, asked: Asked) -> list[dict[str, Any]]:
    rows: list[list[dict[str, Any]]] = []
    for index, tool in enumerate(answer.tools):
        call = _call(tool, asked, index) | {"function": {"name": tool.name, "arguments": ""}}
        start = {"type": "tool-call-start", "index": index}
        fragments = [{"function": {"arguments": part}} for part in tool.fragments]
        rows.append(
            [
                start | {"delta": {"message": {"tool_calls": call}}},
                *(
                    {
                        "type": "tool-call-delta",
                        "index": index,
                        "delta": {"message": {"tool_calls": part}},
                    }
                    for part in fragments
                ),
                {"type": "tool-call-end", "index": index},
            ]
        )
    return taking_turns(rows) if answer.interleave else [event for row in rows for event in row]


def _call(tool: ToolCall, asked: Asked, place: int) -> dict[str, Any]:
    return {
        "id": tool.id or f"{tool.name}_{asked.number}_{place}",
        "type": "function",
        "function": {"name": tool.name, "arguments": tool.text},
    }


def _id(answer: Answer, asked: Asked) -> str:
    return answer.id or f"00000000-0000-4000-8000-{asked.number:012d}"


def token_counts(counts: Usage) -> dict[str, dict[str, int]]:
    """What is counted and what is billed, which both versions of the format send alike."""
    return {
        "billed_units": {"input_tokens": counts.input, "output_tokens": counts.output},
        "tokens": {"input_tokens": counts.input, "output_tokens": counts.output},
    }


def _usage(counts: Usage) -> dict[str, Any]:
    usage = token_counts(counts)
    spent = {"reasoning_tokens": counts.reasoning} if counts.reasoning else {}
    return usage | {"tokens": usage["tokens"] | spent, "cached_tokens": counts.cached}


def _whole(answer: Answer, asked: Asked) -> dict[str, Any]:
    """An answer as the body of a call that does not stream; see the module."""
    answer = only_choice(answer, "Cohere")
    message: dict[str, Any] = {"role": "assistant"}
    thinking = "".join(pieces(answer.reasoning))
    text = "".join((*pieces(answer.text), *pieces(answer.refusal)))
    content = [{"type": "thinking", "thinking": thinking}] if thinking else []
    content += [{"type": "text", "text": text}] if text else []
    if content:
        message["content"] = content
    if answer.plan:
        message["tool_plan"] = "".join(pieces(answer.plan))
    if answer.tools:
        message["tool_calls"] = [_call(tool, asked, at) for at, tool in enumerate(answer.tools)]
    return {
        "id": _id(answer, asked),
        "message": message,
        "finish_reason": finish_word(answer, _FINISH, refused="ERROR"),
        **({} if answer.counts is None else {"usage": _usage(answer.counts)}),
        **answer.extra,
    }


def _error(error: ErrorEvent, _: Asked) -> list[bytes]:
    delta: dict[str, Any] = {"finish_reason": "ERROR", "usage": {}, "error": error.message}
    event = error.body or {"type": "message-end", "delta": delta}
    return [sse(event, event="message-end"), sse("[DONE]")]


def failure_body(failure: Failure, asked: Asked) -> dict[str, Any]:
    """The body of an HTTP error status, which both versions of the format send alike."""
    return {"id": _id(Answer(), asked), "message": failure_message(failure)}


CHAT = Wire(
    name="Cohere chat v2",
    streams=lambda asked: bool(asked.body.get("stream")),
    stream=_stream,
    whole=_whole,
    error=_error,
    failure=failure_body,
)
