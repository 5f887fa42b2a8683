"""Anthropic's messages format, streamed and whole.

Formats: https://docs.claude.com/en/docs/build-with-claude/streaming and
https://docs.claude.com/en/api/messages. Content blocks never overlap, so `interleave` makes no
difference; a `ping` follows the start of the first block, as real streams have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._faults import ErrorEvent
from .._script import Answer, Failure, ToolCall, Usage, pieces
from ._format import Asked, Wire, failure_message, finish_word, only_choice, sse

__all__ = ["MESSAGES"]

_FINISH: Mapping[str, str] = {
    "stop": "end_turn",
    "length": "max_tokens",
    "tool_calls": "tool_use",
    "content_filter": "refusal",
}
_ERROR_TYPES: Mapping[int, str] = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    529: "overloaded_error",
}


def _stream(answer: Answer, asked: Asked) -> list[bytes]:
    """An answer as events; see the module for the documentation."""
    answer = only_choice(answer, "Anthropic")
    counts = answer.counts or Usage()
    empty: dict[str, Any] = {"content": [], "usage": _usage(counts, output=1)}
    start = _message(answer, asked) | empty
    blocks = _blocks(answer, asked)
    events: list[dict[str, Any]] = [{"type": "message_start", "message": start}]
    for index, (block, deltas) in enumerate(blocks):
        events.append({"type": "content_block_start", "index": index, "content_block": block})
        if index == 0:
            events.append({"type": "ping"})
        events += [
            {"type": "content_block_delta", "index": index, "delta": delta} for delta in deltas
        ]
        events.append({"type": "content_block_stop", "index": index})
    reason = finish_word(answer, _FINISH, refused="refusal")
    delta = {"stop_reason": reason, "stop_sequence": None}
    usage = {} if answer.usage is None else {"usage": {"output_tokens": counts.output}}
    events.append({"type": "message_delta", "delta": delta, **usage})
    events.append({"type": "message_stop"})
    return [sse(event, event=event["type"]) for event in events]


def _message(answer: Answer, asked: Asked) -> dict[str, Any]:
    return {
        "id": answer.id or f"msg_{asked.number}",
        "type": "message",
        "role": "assistant",
        "model": answer.model or asked.model,
        "stop_reason": None,
        "stop_sequence": None,
        **answer.extra,
    }


def _blocks(answer: Answer, asked: Asked) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each content block as it starts, and its deltas."""
    blocks: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
    thinking = pieces(answer.reasoning)
    if thinking or answer.signature is not None:
        deltas = [{"type": "thinking_delta", "thinking": piece} for piece in thinking]
        if answer.signature is not None:
            deltas.append({"type": "signature_delta", "signature": answer.signature})
        blocks.append(({"type": "thinking", "thinking": "", "signature": ""}, deltas))
    text = (*pieces(answer.text), *pieces(answer.refusal))
    if text:
        deltas = [{"type": "text_delta", "text": piece} for piece in text]
        blocks.append(({"type": "text", "text": ""}, deltas))
    for place, tool in enumerate(answer.tools):
        fragments = ("", *tool.fragments)
        deltas = [{"type": "input_json_delta", "partial_json": part} for part in fragments]
        blocks.append((_tool_use(tool, asked, place) | {"input": {}}, deltas))
    return blocks


def _tool_use(tool: ToolCall, asked: Asked, place: int) -> dict[str, Any]:
    return {
        "type": "tool_use",
        "id": tool.id or f"toolu_{asked.number}_{place}",
        "name": tool.name,
    }


def _usage(counts: Usage, *, output: int) -> dict[str, Any]:
    return {
        "input_tokens": counts.input - counts.cached,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": counts.cached,
        "output_tokens": output,
    }


def _whole(answer: Answer, asked: Asked) -> dict[str, Any]:
    """An answer as the body of a call that does not stream; see the module."""
    answer = only_choice(answer, "Anthropic")
    counts = answer.counts or Usage()
    content: list[dict[str, Any]] = []
    if answer.reasoning or answer.signature is not None:
        thinking = "".join(pieces(answer.reasoning))
        signature = answer.signature or ""
        content.append({"type": "thinking", "thinking": thinking, "signature": signature})
    text = "".join((*pieces(answer.text), *pieces(answer.refusal)))
    content += [{"type": "text", "text": text}] if text else []
    content += [
        _tool_use(tool, asked, place) | {"input": tool.object}
        for place, tool in enumerate(answer.tools)
    ]
    return _message(answer, asked) | {
        "content": content,
        "stop_reason": finish_word(answer, _FINISH, refused="refusal"),
        "usage": _usage(counts, output=counts.output),
    }


def _error_body(status: int, message: str) -> dict[str, Any]:
    kind = _ERROR_TYPES.get(status, "api_error")
    return {"type": "error", "error": {"type": kind, "message": message}}


def _error(error: ErrorEvent, _: Asked) -> list[bytes]:
    return [sse(error.body or _error_body(error.status, error.message), event="error")]


def _failure(failure: Failure, asked: Asked) -> dict[str, Any]:
    body = _error_body(failure.status, failure_message(failure))
    return body | {"request_id": f"req_{asked.number}"}


MESSAGES = Wire(
    name="Anthropic messages",
    streams=lambda asked: bool(asked.body.get("stream")),
    stream=_stream,
    whole=_whole,
    error=_error,
    failure=_failure,
)
