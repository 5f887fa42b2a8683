"""Whole responses cut into the events a stream of them would have: the reverse of a fold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PIECE = 7


def pieces(text: str) -> list[str]:
    """A text in pieces of a few characters."""
    return [text[at : at + PIECE] for at in range(0, len(text), PIECE)] or [""]


def split_chat(response: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A chat completion as chunks: a delta for each piece, a finish, then the usage."""
    top = {k: v for k, v in response.items() if k not in ("choices", "usage")}
    top["object"] = "chat.completion.chunk"
    for choice in response["choices"]:
        for said in _split_choice(choice):
            yield {**top, "choices": [{"index": choice["index"], **said}]}
    if "usage" in response:
        yield {**top, "choices": [], "usage": response["usage"]}


def _split_choice(choice: dict[str, Any]) -> Iterator[dict[str, Any]]:
    message = dict(choice.get("message") or {})
    calls = message.pop("tool_calls", None)
    texts = {
        key: message.pop(key)
        for key in ("content", "refusal", "reasoning", "reasoning_content")
        if isinstance(message.get(key), str)
    }
    logprobs = choice.get("logprobs")
    if "message" in choice:
        yield {"delta": message, "finish_reason": None, "logprobs": logprobs and dict.fromkeys(logprobs)}
    for key, text in texts.items():
        for piece in pieces(text):
            yield {"delta": {key: piece}, "finish_reason": None}
    for key, tokens in (logprobs or {}).items():
        for token in tokens or ():
            yield {"delta": {}, "logprobs": {key: [token]}, "finish_reason": None}
    for index, call in enumerate(calls or ()):
        yield from _split_call(index, call)
    rest = {k: v for k, v in choice.items() if k not in ("message", "index", "logprobs")}
    yield {"delta": {}, **rest} if "message" in choice else rest


def _split_call(index: int, call: dict[str, Any]) -> Iterator[dict[str, Any]]:
    kind = "custom" if "custom" in call else "function"
    field = "input" if kind == "custom" else "arguments"
    inner = dict(call[kind])
    text = inner.pop(field)
    first = {**{k: v for k, v in call.items() if k != kind}, "index": index, kind: inner}
    yield {"delta": {"tool_calls": [first]}, "finish_reason": None}
    for piece in pieces(text):
        delta = {"index": index, kind: {field: piece}}
        yield {"delta": {"tool_calls": [delta]}, "finish_reason": None}


def without_call_indexes(response: dict[str, Any]) -> dict[str, Any]:
    """A chat completion without the numbers some servers give its tool calls.

    In a stream the number says which call a delta belongs to, and in a whole reply their order does.
    """
    choices = [
        {**choice, "message": _without_indexes(choice["message"])} if "message" in choice else choice
        for choice in response["choices"]
    ]
    return {**response, "choices": choices}


def _without_indexes(message: dict[str, Any]) -> dict[str, Any]:
    calls = message.get("tool_calls")
    if not calls:
        return message
    kept = [{key: value for key, value in call.items() if key != "index"} for call in calls]
    return {**message, "tool_calls": kept}
