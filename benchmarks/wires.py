"""What the server sends: the events of each provider, encoded once, in the real services' shape.

Every answer is `n` deltas of text, four characters each, between the provider's own opening and
closing events; or one tool call whose arguments come in deltas of eight characters; or a JSON
document of about `n` characters, in deltas of eight.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from .contenders.documents import document

__all__ = ["ANSWER", "WIRES", "chunked", "events", "fat", "gemini_messages", "whole"]

ANSWER = 4
"""The characters of a delta of text."""

_ARGUMENT = 8
_WORDS = ("the", "wind", "names", "a", "door", "in", "café", "and", "naïve", "“stone”", "old\nmill")
_CHAT = {
    "id": "chatcmpl-CdKqJ0pT1vR8uX3mZ5nYwQ2sL7bHf",
    "object": "chat.completion.chunk",
    "created": 1764000000,
    "model": "gpt-4o-mini-2024-07-18",
    "service_tier": "default",
    "system_fingerprint": "fp_560af6e559",
}
_GROQ = {
    "id": "chatcmpl-f51b2cd2-bef7-417e-964e-a08f0b513c22",
    "object": "chat.completion.chunk",
    "created": 1764000000,
    "model": "llama-3.3-70b-versatile",
    "system_fingerprint": "fp_179b0f92c9",
}
_MISTRAL = {
    "id": "cmpl-e5cc70bb28c444948073e77776eb30ef",
    "object": "chat.completion.chunk",
    "created": 1764000000,
    "model": "mistral-small-latest",
}
_DONE = b"data: [DONE]\n\n"


def _usage(n: int) -> dict[str, int]:
    return {"prompt_tokens": 12, "completion_tokens": n, "total_tokens": n + 12}


def deltas(n: int, *, size: int = ANSWER) -> list[str]:
    """Give `n` pieces of a text that is the same every time."""
    chance, words, length = random.Random(7), list[str](), 0
    while length < n * size:
        words.append(chance.choice(_WORDS) + " ")
        length += len(words[-1])
    text = "".join(words)
    return [text[i * size : (i + 1) * size] for i in range(n)]


def _event(data: Any, *, name: str = "", line: str = "\n") -> bytes:
    head = f"event: {name}{line}" if name else ""
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    return f"{head}data: {text}{line}{line}".encode()


def _choice(delta: Any, finish: str | None, **more: Any) -> list[dict[str, Any]]:
    return [{"index": 0, "delta": delta, **more, "finish_reason": finish}]


def _openai_event(chance: random.Random, delta: Any, finish: str | None = None) -> bytes:
    letters = "abcdefghijklmnopqrstuvwxyzABCDEF0123456789"
    padding = "".join(chance.choice(letters) for _ in range(chance.randint(1, 12)))
    choices = _choice(delta, finish, logprobs=None)
    return _event({**_CHAT, "choices": choices, "usage": None, "obfuscation": padding})


def _openai_end(n: int) -> Iterator[bytes]:
    details = {
        "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
    }
    yield _event({**_CHAT, "choices": [], "usage": {**_usage(n), **details}})
    yield _DONE


def _openai(n: int) -> Iterator[bytes]:
    chance = random.Random(3)
    yield _openai_event(chance, {"role": "assistant", "content": "", "refusal": None})
    for text in deltas(n):
        yield _openai_event(chance, {"content": text})
    yield _openai_event(chance, {}, "stop")
    yield from _openai_end(n)


def arguments(size: int) -> str:
    """Give the arguments of a tool call, about `size` characters of JSON."""
    books = [
        {"title": f"The book number {i}", "author": "A. N. Author", "year": 1900 + i % 100}
        for i in range(size // 70)
    ]
    return json.dumps({"books": books})


def _openai_tools(n: int) -> Iterator[bytes]:
    chance = random.Random(3)
    text = arguments(n * _ARGUMENT)
    function = {"name": "KeepBooks", "arguments": ""}
    call = {"index": 0, "id": "call_DdmO9pD3xa9XTPNJ32zg2hcA", "type": "function"}
    first = {"role": "assistant", "content": None, "refusal": None}
    yield _openai_event(chance, {**first, "tool_calls": [{**call, "function": function}]})
    for at in range(0, len(text), _ARGUMENT):
        piece = {"index": 0, "function": {"arguments": text[at : at + _ARGUMENT]}}
        yield _openai_event(chance, {"tool_calls": [piece]})
    yield _openai_event(chance, {}, "tool_calls")
    yield from _openai_end(n)


def _openai_json(n: int) -> Iterator[bytes]:
    chance = random.Random(3)
    text = document("records", n)
    yield _openai_event(chance, {"role": "assistant", "content": "", "refusal": None})
    for at in range(0, len(text), _ARGUMENT):
        yield _openai_event(chance, {"content": text[at : at + _ARGUMENT]})
    yield _openai_event(chance, {}, "stop")
    yield from _openai_end(n)


def _groq(n: int) -> Iterator[bytes]:
    def event(delta: Any, finish: str | None = None, **more: Any) -> bytes:
        return _event({**_GROQ, "choices": _choice(delta, finish, logprobs=None), **more})

    yield event({"role": "assistant", "content": ""}, x_groq={"id": "req_01"})
    for text in deltas(n):
        yield event({"content": text})
    yield event({}, "stop", x_groq={"id": "req_01", "usage": _usage(n)})
    yield _DONE


def _mistral(n: int) -> Iterator[bytes]:
    def event(delta: Any, finish: str | None = None, **more: Any) -> bytes:
        return _event({**_MISTRAL, "choices": _choice(delta, finish), **more})

    yield event({"role": "assistant", "content": ""}, p="abcdefghij")
    for i, text in enumerate(deltas(n)):
        yield event({"content": text}, p="abcdefghij"[: 1 + i % 10])
    yield event({"content": ""}, "stop", usage=_usage(n), p="ab")
    yield _DONE


def _anthropic(n: int) -> Iterator[bytes]:
    def event(name: str, **more: Any) -> bytes:
        return _event({"type": name, **more}, name=name)

    message = {
        "id": "msg_01XFDUDYJgAACzvnptvVoYEL",
        "type": "message",
        "role": "assistant",
        "content": [],
        "model": "claude-3-5-sonnet-20241022",
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 12, "output_tokens": 1},
    }
    yield event("message_start", message=message)
    yield event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    yield event("ping")
    for text in deltas(n):
        yield event("content_block_delta", index=0, delta={"type": "text_delta", "text": text})
    yield event("content_block_stop", index=0)
    stop = {"stop_reason": "end_turn", "stop_sequence": None}
    yield event("message_delta", delta=stop, usage={"output_tokens": n})
    yield event("message_stop")


def _cohere(n: int) -> Iterator[bytes]:
    def event(name: str, message: Any = None, **more: Any) -> bytes:
        delta = {} if message is None else {"delta": {"message": message}}
        return _event({"type": name, **more, **delta}, name=name)

    opening = {"role": "assistant", "content": [], "tool_plan": "", "tool_calls": []}
    yield event(
        "message-start", {**opening, "citations": []}, id="29f14a5a-11de-4cae-9800-25e4747408ea"
    )
    yield event("content-start", {"content": {"type": "text", "text": ""}}, index=0)
    for text in deltas(n):
        yield event("content-delta", {"content": {"text": text}}, index=0)
    yield event("content-end", index=0)
    tokens = {"input_tokens": 71, "output_tokens": n}
    end = {"finish_reason": "COMPLETE", "usage": {"billed_units": tokens, "tokens": tokens}}
    yield event("message-end", delta=end)
    yield _DONE


def _content(text: str, count: int, *, last: bool) -> dict[str, Any]:
    candidate: dict[str, Any] = {"content": {"parts": [{"text": text}], "role": "model"}}
    if last:
        candidate["finishReason"] = "STOP"
    usage = {
        "promptTokenCount": 8,
        "candidatesTokenCount": count,
        "totalTokenCount": 8 + count,
    }
    candidates = [{**candidate, "index": 0}]
    return {"candidates": candidates, "usageMetadata": usage, "modelVersion": "gemini-2.5-flash"}


def _google(n: int) -> Iterator[bytes]:
    for i, text in enumerate(deltas(n)):
        yield _event(_content(text, i, last=i == n - 1), line="\r\n")


WIRES = {
    "openai": _openai,
    "openai_tools": _openai_tools,
    "openai_json": _openai_json,
    "groq": _groq,
    "mistral": _mistral,
    "anthropic": _anthropic,
    "cohere": _cohere,
    "google": _google,
}
"""What makes the events of each wire that is spoken over HTTP."""


@cache
def events(wire: str, n: int) -> tuple[bytes, ...]:
    """Give the server-sent events of an answer of `n` deltas."""
    return tuple(WIRES[wire](n))


@cache
def chunked(wire: str, n: int) -> tuple[bytes, ...]:
    """Give the body of an answer in HTTP chunks, one for each event, and the closing chunk."""
    frames = (b"%x\r\n%b\r\n" % (len(event), event) for event in events(wire, n))
    return (*frames, b"0\r\n\r\n")


@cache
def fat(wire: str, n: int) -> bytes:
    """Give the body of an answer in HTTP chunks of 16 KiB, as a buffering proxy sends it."""
    body, size = b"".join(events(wire, n)), 16384
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def whole(n: int) -> bytes:
    """Give the body of OpenAI's answer to a call without streaming."""
    message = {"role": "assistant", "content": "".join(deltas(n)), "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    answer = {**_CHAT, "object": "chat.completion", "choices": [choice], "usage": _usage(n)}
    return json.dumps(answer).encode()


def gemini_messages(n: int) -> list[Any]:
    """Give the messages of an answer over gRPC, as the data they are made from."""
    return [_content(text, i, last=i == n - 1) for i, text in enumerate(deltas(n))]
