"""Google's generateContent format: server-sent events, a streamed JSON array, or whole.

Format: https://ai.google.dev/api/generate-content. The endpoint streams an array unless the query
asks for `alt=sse`; with `enum-encoding=int` (google-generativeai asks for it) enums are numbers.
Calls are sent whole and all at once, so `pieces` and `interleave` of calls make no difference; a
call has an id only if the script gives one. Token counts are cumulative, on every event.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .._faults import ErrorEvent
from .._script import Answer, Failure, ToolCall, Usage, pieces
from ._format import SSE, Asked, Wire, dump, failure_message, finish_word, taking_turns

__all__ = ["GENERATE_CONTENT"]

_FINISH: Mapping[str, str] = {
    "stop": "STOP",
    "length": "MAX_TOKENS",
    "tool_calls": "STOP",
    "content_filter": "SAFETY",
}
_FINISH_NUMBERS: Mapping[str, int] = {
    "STOP": 1,
    "MAX_TOKENS": 2,
    "SAFETY": 3,
    "RECITATION": 4,
    "OTHER": 5,
    "LANGUAGE": 6,
    "BLOCKLIST": 7,
    "PROHIBITED_CONTENT": 8,
    "SPII": 9,
    "MALFORMED_FUNCTION_CALL": 10,
}
_STATUSES: Mapping[int, str] = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    499: "CANCELLED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
_ARRAY = "application/json; charset=UTF-8"
_MODEL = re.compile(r"models/([^/:]+)")


def _is_sse(asked: Asked) -> bool:
    return asked.query.get("alt") == "sse"


def _streams(asked: Asked) -> bool:
    return asked.path.endswith(":streamGenerateContent")


def _stream(answer: Answer, asked: Asked) -> list[bytes]:
    """An answer as events, or as the parts of an array; see the module."""
    rows = [
        [_candidate(choice, index, asked, parts, last=last) for parts, last in _steps(choice)]
        for index, choice in enumerate(answer.all_choices)
    ]
    in_order = taking_turns(rows) if answer.interleave else [step for row in rows for step in row]
    total = len(in_order)
    responses = [
        {
            "candidates": [candidate],
            **_usage(answer.counts, part=place, of=total),
            **_identity(answer, asked),
        }
        for place, candidate in enumerate(in_order, start=1)
    ]
    if _is_sse(asked):
        return [f"data: {dump(response)}\r\n\r\n".encode() for response in responses]
    return [*_elements(responses, opened=False), b"]"]


def _elements(values: list[dict[str, Any]], *, opened: bool) -> list[bytes]:
    marks = [",\r\n" if opened or place else "[" for place in range(len(values))]
    return [f"{mark}{dump(value)}\n".encode() for mark, value in zip(marks, values, strict=True)]


def _steps(answer: Answer) -> list[tuple[list[dict[str, Any]], bool]]:
    """The parts of each event, and whether it is the choice's last."""
    steps = [[part] for part in _text_parts(answer, whole=False)]
    calls = _call_parts(answer)
    steps += [calls] if calls else []
    steps = steps or [[]]
    return [(parts, place == len(steps)) for place, parts in enumerate(steps, start=1)]


def _text_parts(answer: Answer, *, whole: bool) -> list[dict[str, Any]]:
    thoughts = pieces(answer.reasoning)
    text = (*pieces(answer.text), *pieces(answer.refusal))
    if whole:
        thoughts, text = pieces("".join(thoughts)), pieces("".join(text))
    parts: list[dict[str, Any]] = [{"text": piece, "thought": True} for piece in thoughts]
    parts += [{"text": piece} for piece in text]
    if answer.signature is not None and not answer.tools:
        parts.append({"text": "", "thoughtSignature": answer.signature})
    return parts


def _call_parts(answer: Answer) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = [{"functionCall": _call(tool)} for tool in answer.tools]
    if parts and answer.signature is not None:
        parts[0]["thoughtSignature"] = answer.signature
    return parts


def _call(tool: ToolCall) -> dict[str, Any]:
    call = {"name": tool.name, "args": tool.object}
    return call if tool.id is None else call | {"id": tool.id}


def _candidate(
    answer: Answer, index: int, asked: Asked, parts: list[dict[str, Any]], *, last: bool
) -> dict[str, Any]:
    content = {"content": {"parts": parts, "role": "model"}} if parts else {}
    return {**content, **(_finish(answer, asked) if last else {}), "index": index}


def _finish(answer: Answer, asked: Asked) -> dict[str, Any]:
    word = finish_word(answer, _FINISH, refused="SAFETY")
    as_numbers = "enum-encoding=int" in asked.query.get("$alt", "")
    return {"finishReason": _FINISH_NUMBERS.get(word, 0) if as_numbers else word}


def _usage(counts: Usage | None, *, part: int, of: int) -> dict[str, Any]:
    if counts is None:
        return {}
    said = (counts.output - counts.reasoning) * part // of
    usage = {
        "promptTokenCount": counts.input,
        "candidatesTokenCount": said,
        "totalTokenCount": counts.input + said + counts.reasoning,
    }
    if counts.cached:
        usage["cachedContentTokenCount"] = counts.cached
    if counts.reasoning:
        usage["thoughtsTokenCount"] = counts.reasoning
    return {"usageMetadata": usage}


def _identity(answer: Answer, asked: Asked) -> dict[str, Any]:
    return {
        "modelVersion": answer.model or asked.model,
        "responseId": answer.id or f"response-{asked.number}",
        **answer.extra,
    }


def _whole(answer: Answer, asked: Asked) -> dict[str, Any]:
    """An answer as the body of a call that does not stream; see the module."""
    return {
        "candidates": [
            _candidate(
                choice,
                index,
                asked,
                [*_text_parts(choice, whole=True), *_call_parts(choice)],
                last=True,
            )
            for index, choice in enumerate(answer.all_choices)
        ],
        **_usage(answer.counts, part=1, of=1),
        **_identity(answer, asked),
    }


def _error_object(status: int, message: str) -> dict[str, Any]:
    word = _STATUSES.get(status, "INTERNAL")
    return {"error": {"code": status, "message": message, "status": word}}


def _error(error: ErrorEvent, asked: Asked) -> list[bytes]:
    body = error.body or _error_object(error.status, error.message)
    if _is_sse(asked):
        return [f"{dump(body)}\n".encode()]  # no event: the bare object follows the events
    return [*_elements([body], opened=error.after > 0), b"]"]


def _failure(failure: Failure, asked: Asked) -> Any:
    body = _error_object(failure.status, failure_message(failure))
    return [body] if _streams(asked) and not _is_sse(asked) else body


def _model(_: Mapping[str, Any], path: str) -> str:
    found = _MODEL.search(path)
    return found[1] if found else "test-model"


GENERATE_CONTENT = Wire(
    name="Google generateContent",
    streams=_streams,
    stream=_stream,
    whole=_whole,
    error=_error,
    failure=_failure,
    content_type=lambda asked: SSE if _is_sse(asked) else _ARRAY,
    model=_model,
)
