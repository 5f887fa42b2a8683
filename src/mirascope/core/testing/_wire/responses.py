"""OpenAI's responses format, streamed and whole.

Format: https://platform.openai.com/docs/api-reference/responses-streaming. Reasoning is a summary,
its signature the item's encrypted content; usage is always in the last event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .._faults import ErrorEvent
from .._script import Answer, ToolCall, Usage, pieces
from ._chat_dialects import OPENAI_DIALECT, error_object
from ._format import CREATED, Asked, Wire, only_choice, sse, taking_turns

__all__ = ["RESPONSES"]

_INCOMPLETE: Mapping[str, str] = {"length": "max_output_tokens"}
_COMPLETE = frozenset({"stop", "tool_calls"})


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of the output.

    Attributes:
        opening: The item as it is added.
        whole: The item as it is done.
        between: The events between these two, without the fields all of an item's events have.
    """

    opening: dict[str, Any]
    whole: dict[str, Any]
    between: list[dict[str, Any]]

    def events(self, index: int) -> list[dict[str, Any]]:
        """All events of the item, which is the output's `index`-th."""
        place = {"output_index": index}
        inner = {"item_id": self.whole["id"], **place}
        return [
            {"type": "response.output_item.added", **place, "item": self.opening},
            *(event | inner for event in self.between),
            {"type": "response.output_item.done", **place, "item": self.whole},
        ]


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a message: as it is added, its deltas, what they come to, and as it is done."""

    opening: dict[str, Any]
    deltas: list[dict[str, Any]]
    done: dict[str, Any]
    whole: dict[str, Any]

    def events(self, index: int) -> list[dict[str, Any]]:
        """All events of the part, which is the message's `index`-th."""
        place = {"content_index": index}
        kind = self.whole["type"]
        return [
            {"type": "response.content_part.added", **place, "part": self.opening},
            *({"type": f"response.{kind}.delta", **place, **delta} for delta in self.deltas),
            {"type": f"response.{kind}.done", **place, **self.done},
            {"type": "response.content_part.done", **place, "part": self.whole},
        ]


def _stream(answer: Answer, asked: Asked) -> list[bytes]:
    """An answer as events; see the module for the documentation."""
    items = _items(answer, asked)
    rows = [item.events(index) for index, item in enumerate(items)]
    calls = len(answer.tools)
    first, last = rows[: len(rows) - calls], rows[len(rows) - calls :]
    started = _response(answer, asked, status="in_progress", output=[])
    final = _whole(answer, asked)
    events: list[dict[str, Any]] = [
        {"type": "response.created", "response": started},
        {"type": "response.in_progress", "response": started},
        *(event for row in first for event in row),
        *(taking_turns(last) if answer.interleave else [e for row in last for e in row]),
        {"type": f"response.{final['status']}", "response": final},
    ]
    return [
        sse(event | {"sequence_number": number}, event=event["type"])
        for number, event in enumerate(events)
    ]


def _items(answer: Answer, asked: Asked) -> list[_Item]:
    answer = only_choice(answer, "The responses endpoint")
    items: list[_Item] = []
    if answer.reasoning or answer.signature is not None:
        items.append(_reasoning(answer, asked))
    if answer.text or answer.refusal:
        items.append(_message(answer, asked))
    return items + [_call(tool, asked, at) for at, tool in enumerate(answer.tools)]


def _reasoning(answer: Answer, asked: Asked) -> _Item:
    deltas = pieces(answer.reasoning)
    summary = {"type": "summary_text", "text": "".join(deltas)}
    place = {"summary_index": 0}
    kind = "response.reasoning_summary"
    between: list[dict[str, Any]] = [
        {"type": f"{kind}_part.added", **place, "part": summary | {"text": ""}},
        *({"type": f"{kind}_text.delta", **place, "delta": piece} for piece in deltas),
        {"type": f"{kind}_text.done", **place, "text": summary["text"]},
        {"type": f"{kind}_part.done", **place, "part": summary},
    ]
    item: dict[str, Any] = {"id": f"rs_{asked.number}", "type": "reasoning", "summary": []}
    if answer.signature is not None:
        item["encrypted_content"] = answer.signature
    if not deltas:
        return _Item(item, item, [])
    return _Item(item, item | {"summary": [summary]}, between)


def _message(answer: Answer, asked: Asked) -> _Item:
    rendered = [part for part in (_text_part(answer), _refusal_part(answer)) if part is not None]
    item = {"id": f"msg_{asked.number}", "type": "message", "role": "assistant"}
    return _Item(
        item | {"status": "in_progress", "content": []},
        item | {"status": _status(answer), "content": [part.whole for part in rendered]},
        [event for index, part in enumerate(rendered) for event in part.events(index)],
    )


def _text_part(answer: Answer) -> _Part | None:
    text, logprobs = pieces(answer.text), list(answer.logprobs)
    if not text:
        return None
    part: dict[str, Any] = {"type": "output_text", "annotations": []}
    deltas = [{"delta": piece, "logprobs": logprobs[at : at + 1]} for at, piece in enumerate(text)]
    done = {"text": "".join(text), "logprobs": logprobs}
    return _Part(part | {"text": "", "logprobs": []}, deltas, done, part | done)


def _refusal_part(answer: Answer) -> _Part | None:
    refusal = pieces(answer.refusal)
    if not refusal:
        return None
    deltas = [{"delta": piece} for piece in refusal]
    done = {"refusal": "".join(refusal)}
    return _Part({"type": "refusal", "refusal": ""}, deltas, done, {"type": "refusal", **done})


def _call(tool: ToolCall, asked: Asked, place: int) -> _Item:
    kind = "response.function_call_arguments"
    item = {
        "id": f"fc_{asked.number}_{place}",
        "type": "function_call",
        "call_id": tool.id or f"call_{asked.number}_{place}",
        "name": tool.name,
    }
    return _Item(
        item | {"status": "in_progress", "arguments": ""},
        item | {"status": "completed", "arguments": tool.text},
        [
            *({"type": f"{kind}.delta", "delta": part} for part in tool.fragments),
            {"type": f"{kind}.done", "arguments": tool.text},
        ],
    )


def _status(answer: Answer) -> str:
    return "completed" if answer.finish_reason in _COMPLETE else "incomplete"


def _whole(answer: Answer, asked: Asked) -> dict[str, Any]:
    """An answer as the body of a call that does not stream; see the module."""
    output = [item.whole for item in _items(answer, asked)]
    response = _response(answer, asked, status=_status(answer), output=output)
    if answer.finish_reason not in _COMPLETE:
        reason = _INCOMPLETE.get(answer.finish_reason, answer.finish_reason)
        response["incomplete_details"] = {"reason": reason}
    response["usage"] = None if answer.counts is None else _usage(answer.counts)
    return response


def _response(
    answer: Answer, asked: Asked, *, status: str, output: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "id": answer.id or f"resp_{asked.number}",
        "object": "response",
        "created_at": CREATED,
        "status": status,
        "error": None,
        "incomplete_details": None,
        "instructions": asked.body.get("instructions"),
        "model": answer.model or asked.model,
        "output": output,
        "parallel_tool_calls": True,
        "temperature": 1.0,
        "tool_choice": asked.body.get("tool_choice", "auto"),
        "tools": asked.body.get("tools", []),
        "top_p": 1.0,
        "usage": None,
        "metadata": {},
        **answer.extra,
    }


def _usage(counts: Usage) -> dict[str, Any]:
    return {
        "input_tokens": counts.input,
        "input_tokens_details": {"cached_tokens": counts.cached},
        "output_tokens": counts.output,
        "output_tokens_details": {"reasoning_tokens": counts.reasoning},
        "total_tokens": counts.input + counts.output,
    }


def _error(error: ErrorEvent, asked: Asked) -> list[bytes]:
    plain = error_object(error.status, error.message)
    event = error.body or {"type": "error", "sequence_number": error.after, "error": plain}
    failed = _response(Answer(), asked, status="failed", output=[])
    failed["error"] = {"code": plain["code"] or plain["type"], "message": error.message}
    last = {"type": "response.failed", "sequence_number": error.after + 1, "response": failed}
    return [sse(event, event="error"), sse(last, event="response.failed")]


RESPONSES = Wire(
    name="OpenAI responses",
    streams=lambda asked: bool(asked.body.get("stream")),
    stream=_stream,
    whole=_whole,
    error=_error,
    failure=OPENAI_DIALECT.failure,
)
