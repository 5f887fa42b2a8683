"""The chat completions format as OpenAI, Groq and Mistral send it, streamed and whole.

Formats: https://platform.openai.com/docs/api-reference/chat-streaming,
https://console.groq.com/docs/api-reference#chat-create,
https://docs.mistral.ai/api/endpoint/chat. What is the same for all three is here; in what they
differ is in the dialects.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from .._script import Answer, ToolCall, pieces
from ._chat_dialects import (
    GROQ_DIALECT,
    MISTRAL_DIALECT,
    OPENAI_DIALECT,
    Dialect,
    StreamUsage,
)
from ._format import CREATED, Asked, Wire, sse, taking_turns

__all__ = ["GROQ", "MISTRAL", "OPENAI"]


class _Step(NamedTuple):
    """What one event says of one choice."""

    delta: dict[str, Any]
    finish: str | None = None
    logprobs: dict[str, Any] | None = None


def _stream(dialect: Dialect, answer: Answer, asked: Asked) -> list[bytes]:
    """An answer as chunk events and the end marker; see the module for the documentation."""
    rows = [
        [_choice(dialect, choice, index, step) for step in _steps(dialect, choice, asked, index)]
        for index, choice in enumerate(answer.all_choices)
    ]
    in_order = taking_turns(rows) if answer.interleave else [step for row in rows for step in row]
    top = _top(answer, asked, "chat.completion.chunk")
    counts = None if answer.counts is None else dialect.usage(answer.counts)
    options: dict[str, Any] = asked.body.get("stream_options") or {}
    usage = StreamUsage(
        counts=counts,
        own_event=top | {"choices": [], "usage": counts},
        wanted=bool(options.get("include_usage")),
        request_id=f"req_{asked.number}",
    )
    events = dialect.place_usage([top | {"choices": [choice]} for choice in in_order], usage)
    return [*map(sse, events), sse("[DONE]")]


def _steps(dialect: Dialect, answer: Answer, asked: Asked, choice: int) -> list[_Step]:
    deltas = _tool_deltas(dialect, answer, asked, choice)
    last: dict[str, Any] = {"content": ""} if dialect.with_finish else {}
    if dialect.with_finish and deltas and len(deltas) == len(answer.tools):
        last = {"tool_calls": deltas}
        deltas = list[dict[str, Any]]()
    refusal = "refusal" if dialect.has_refusal else "content"
    return [
        _Step({"role": "assistant", **dialect.role(answer)}),
        *(_Step(dialect.reasoning(piece)) for piece in pieces(answer.reasoning)),
        *(
            _Step({"content": piece}, logprobs=_logprobs(answer, place))
            for place, piece in enumerate(pieces(answer.text))
        ),
        *(_Step({refusal: piece}) for piece in pieces(answer.refusal)),
        *(_Step({"tool_calls": [delta]}) for delta in deltas),
        _Step(last, finish=answer.finish_reason),
    ]


def _logprobs(answer: Answer, place: int) -> dict[str, Any] | None:
    if place >= len(answer.logprobs):
        return None
    return {"content": [answer.logprobs[place]], "refusal": None}


def _tool_deltas(
    dialect: Dialect, answer: Answer, asked: Asked, choice: int
) -> list[dict[str, Any]]:
    rows: list[list[dict[str, Any]]] = []
    for index, tool in enumerate(answer.tools):
        fragments = list(tool.fragments)
        first = "" if dialect.opens_empty or not fragments else fragments.pop(0)
        head = {"index": index, **_call(tool, asked, choice, index)}
        head["function"] = {"name": tool.name, "arguments": first}
        # Mistral's own client refuses a fragment without a name.
        name = {"name": ""} if dialect.with_finish else {}
        rest = [{"index": index, "function": {**name, "arguments": part}} for part in fragments]
        rows.append([head, *rest])
    return taking_turns(rows) if answer.interleave else [delta for row in rows for delta in row]


def _call(tool: ToolCall, asked: Asked, choice: int, index: int) -> dict[str, Any]:
    place = f"{asked.number}_{index}" if choice == 0 else f"{asked.number}_{choice}_{index}"
    return {
        "id": tool.id or f"call_{place}",
        "type": "function",
        "function": {"name": tool.name, "arguments": tool.text},
    }


def _choice(dialect: Dialect, answer: Answer, index: int, step: _Step) -> dict[str, Any]:
    said = dialect.has_logprobs or bool(answer.logprobs)
    return {
        "index": index,
        "delta": step.delta,
        **({"logprobs": step.logprobs} if said else {}),
        "finish_reason": step.finish,
    }


def _top(answer: Answer, asked: Asked, kind: str) -> dict[str, Any]:
    return {
        "id": answer.id or f"chatcmpl-{asked.number}",
        "object": kind,
        "created": CREATED,
        "model": answer.model or asked.model,
        **answer.extra,
    }


def _whole(dialect: Dialect, answer: Answer, asked: Asked) -> dict[str, Any]:
    """An answer as the body of a call that does not stream; see the module."""
    return {
        **_top(answer, asked, "chat.completion"),
        "choices": [
            _whole_choice(dialect, choice, index, asked)
            for index, choice in enumerate(answer.all_choices)
        ],
        **({} if answer.counts is None else {"usage": dialect.usage(answer.counts)}),
        **dialect.whole_extra(f"req_{asked.number}"),
    }


def _whole_choice(dialect: Dialect, answer: Answer, index: int, asked: Asked) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", **dialect.message(answer)}
    calls = [_call(tool, asked, index, place) for place, tool in enumerate(answer.tools)]
    if dialect.numbers_calls:
        calls = [call | {"index": place} for place, call in enumerate(calls)]
    if calls:
        message["tool_calls"] = calls
    logprobs = {"content": list(answer.logprobs), "refusal": None} if answer.logprobs else None
    return {
        "index": index,
        "message": message,
        **({"logprobs": logprobs} if dialect.has_logprobs or logprobs else {}),
        "finish_reason": answer.finish_reason,
    }


def _wire(name: str, dialect: Dialect) -> Wire:
    return Wire(
        name=name,
        streams=lambda asked: bool(asked.body.get("stream")),
        stream=partial(_stream, dialect),
        whole=partial(_whole, dialect),
        error=dialect.error,
        failure=dialect.failure,
    )


OPENAI = _wire("OpenAI chat completions", OPENAI_DIALECT)
GROQ = _wire("Groq chat completions", GROQ_DIALECT)
MISTRAL = _wire("Mistral chat completions", MISTRAL_DIALECT)
