"""In what OpenAI, Groq and Mistral differ when they speak the chat completions format.

* OpenAI opens each call with an empty fragment, and sends usage only when asked, in an event of
  its own without choices; reasoning is the `reasoning_content` of compatible servers.
* Groq sends each call in one delta and puts usage, besides, into `x_groq` of the finish event.
* Mistral sends the calls together, inside the finish event, which carries the usage; reasoning is
  a list of thinking parts in place of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .._faults import ErrorEvent
from .._script import Answer, Failure, Usage, pieces
from ._format import Asked, failure_message, sse

__all__ = [
    "GROQ_DIALECT",
    "MISTRAL_DIALECT",
    "OPENAI_DIALECT",
    "Dialect",
    "StreamUsage",
    "error_object",
]

_ERROR_TYPES: Mapping[int, tuple[str, str | None]] = {
    401: ("invalid_request_error", "invalid_api_key"),
    404: ("invalid_request_error", "model_not_found"),
    429: ("requests", "rate_limit_exceeded"),
}
_MISTRAL_TYPES: Mapping[int, tuple[str, str]] = {
    400: ("invalid_model", "1500"),
    429: ("rate_limited", "1300"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamUsage:
    """What a dialect may use to put token counts into a stream.

    Attributes:
        counts: The counts in the dialect's shape; `None`: none are to be sent.
        own_event: An event without choices that carries them.
        wanted: Whether the request asked for that event.
        request_id: The id of the request.
    """

    counts: dict[str, Any] | None
    own_event: dict[str, Any]
    wanted: bool
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One server's way of speaking the format.

    Attributes:
        role: The fields of the first delta besides the role.
        reasoning: A piece of reasoning as fields of a delta.
        message: The fields of a whole message that hold text, reasoning and refusal.
        usage: Token counts in the provider's shape.
        place_usage: Puts the counts into the events of a stream.
        error: An error event.
        failure: The body of an HTTP error status.
        whole_extra: Further top-level fields of a whole answer, given the request's id.
        opens_empty: A streamed call starts with an empty fragment.
        with_finish: Calls that are sent whole come inside the finish event.
        numbers_calls: The calls of a whole message have an index too.
        has_refusal: There is a field for refusals.
        has_logprobs: Every choice says `logprobs`, if only null.
    """

    role: Callable[[Answer], dict[str, Any]]
    reasoning: Callable[[str], dict[str, Any]]
    message: Callable[[Answer], dict[str, Any]]
    usage: Callable[[Usage], dict[str, Any]]
    place_usage: Callable[[list[dict[str, Any]], StreamUsage], list[dict[str, Any]]]
    error: Callable[[ErrorEvent, Asked], list[bytes]]
    failure: Callable[[Failure, Asked], Any]
    whole_extra: Callable[[str], dict[str, Any]] = lambda _: {}
    opens_empty: bool = False
    with_finish: bool = False
    numbers_calls: bool = False
    has_refusal: bool = False
    has_logprobs: bool = True


def _joined(*parts: tuple[str, ...]) -> str:
    return "".join(piece for part in parts for piece in part)


def _openai_role(answer: Answer) -> dict[str, Any]:
    text = None if answer.tools and not pieces(answer.text) else ""
    return {"content": text, "refusal": None}


def _openai_message(answer: Answer) -> dict[str, Any]:
    text, refusal = _joined(pieces(answer.text)), _joined(pieces(answer.refusal))
    silent = not text and bool(answer.tools or refusal)
    reasoning = _joined(pieces(answer.reasoning))
    return {
        "content": None if silent else text,
        "refusal": refusal or None,
        "annotations": [],
        **({"reasoning_content": reasoning} if reasoning else {}),
    }


def _openai_usage(counts: Usage) -> dict[str, Any]:
    return {
        "prompt_tokens": counts.input,
        "completion_tokens": counts.output,
        "total_tokens": counts.input + counts.output,
        "prompt_tokens_details": {"cached_tokens": counts.cached},
        "completion_tokens_details": {"reasoning_tokens": counts.reasoning},
    }


def _openai_place(events: list[dict[str, Any]], usage: StreamUsage) -> list[dict[str, Any]]:
    if not usage.wanted:
        return events
    marked = [event | {"usage": None} for event in events]
    return marked if usage.counts is None else [*marked, usage.own_event]


def error_object(status: int, message: str) -> dict[str, Any]:
    """The error object of OpenAI and Groq, for an HTTP status."""
    default = ("server_error" if status >= 500 else "invalid_request_error", None)  # noqa: PLR2004
    kind, code = _ERROR_TYPES.get(status, default)
    return {"message": message, "type": kind, "param": None, "code": code}


def _openai_error(error: ErrorEvent, _: Asked) -> list[bytes]:
    body = error.body or {"error": error_object(error.status, error.message)}
    return [sse(body), sse("[DONE]")]


def _openai_failure(failure: Failure, _: Asked) -> dict[str, Any]:
    return {"error": error_object(failure.status, failure_message(failure))}


def _groq_message(answer: Answer) -> dict[str, Any]:
    text = _joined(pieces(answer.text), pieces(answer.refusal))
    reasoning = _joined(pieces(answer.reasoning))
    return {
        **({"content": text} if text or not answer.tools else {}),
        **({"reasoning": reasoning} if reasoning else {}),
    }


def _groq_usage(counts: Usage) -> dict[str, Any]:
    usage = _openai_usage(counts)
    if not counts.cached:
        del usage["prompt_tokens_details"]
    times = {"queue_time": 0.0, "prompt_time": 0.0, "completion_time": 0.0, "total_time": 0.0}
    return usage | times


def _groq_place(events: list[dict[str, Any]], usage: StreamUsage) -> list[dict[str, Any]]:
    first, *rest = events
    marked = [first | {"x_groq": {"id": usage.request_id}}, *rest]
    if usage.counts is None:
        return marked
    x_groq = {"id": usage.request_id, "usage": usage.counts}
    marked[-1] = marked[-1] | {"usage": usage.counts, "x_groq": x_groq}
    return [*marked, usage.own_event] if usage.wanted else marked


def _groq_error(error: ErrorEvent, _: Asked) -> list[bytes]:
    plain = error_object(error.status, error.message) | {"status_code": error.status}
    return [sse(error.body or {"error": plain}, event="error")]


def _thinking(text: str) -> dict[str, Any]:
    return {"type": "thinking", "thinking": [{"type": "text", "text": text}]}


def _mistral_message(answer: Answer) -> dict[str, Any]:
    text = _joined(pieces(answer.text), pieces(answer.refusal))
    reasoning = _joined(pieces(answer.reasoning))
    if not reasoning:
        return {"content": text}
    return {"content": [_thinking(reasoning), {"type": "text", "text": text}]}


def _mistral_usage(counts: Usage) -> dict[str, Any]:
    usage = _openai_usage(counts)
    del usage["completion_tokens_details"]
    return usage


def _mistral_place(events: list[dict[str, Any]], usage: StreamUsage) -> list[dict[str, Any]]:
    if usage.counts is None:
        return events
    return [*events[:-1], events[-1] | {"usage": usage.counts}]


def _mistral_object(status: int, message: str) -> dict[str, Any]:
    kind, code = _MISTRAL_TYPES.get(status, ("internal_server_error", "1000"))
    return {"object": "error", "message": message, "type": kind, "param": None, "code": code}


def _mistral_error(error: ErrorEvent, _: Asked) -> list[bytes]:
    return [sse(error.body or _mistral_object(error.status, error.message))]


def _mistral_failure(failure: Failure, _: Asked) -> dict[str, Any]:
    if failure.status == 401:  # noqa: PLR2004 - answered by the gateway, in a shape of its own
        return {"detail": failure_message(failure)}
    return _mistral_object(failure.status, failure_message(failure))


OPENAI_DIALECT = Dialect(
    role=_openai_role,
    reasoning=lambda piece: {"reasoning_content": piece},
    message=_openai_message,
    usage=_openai_usage,
    place_usage=_openai_place,
    error=_openai_error,
    failure=_openai_failure,
    opens_empty=True,
    has_refusal=True,
)
GROQ_DIALECT = Dialect(
    role=lambda answer: {"content": None if answer.tools and not pieces(answer.text) else ""},
    reasoning=lambda piece: {"reasoning": piece, "channel": "analysis"},
    message=_groq_message,
    usage=_groq_usage,
    place_usage=_groq_place,
    error=_groq_error,
    failure=_openai_failure,
    whole_extra=lambda request_id: {"x_groq": {"id": request_id}},
)
MISTRAL_DIALECT = Dialect(
    role=lambda _: {"content": ""},
    reasoning=lambda piece: {"content": [_thinking(piece)]},
    message=_mistral_message,
    usage=_mistral_usage,
    place_usage=_mistral_place,
    error=_mistral_error,
    failure=_mistral_failure,
    with_finish=True,
    numbers_calls=True,
    has_logprobs=False,
)
