"""Whole responses cut into the events a stream of them would have: the reverse of a fold."""

from __future__ import annotations

import json
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
        empty = logprobs and dict.fromkeys(logprobs)
        yield {"delta": message, "finish_reason": None, "logprobs": empty}
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

    In a stream the number says which call a delta belongs to, in a whole reply their order does.
    """
    choices = [
        {
            **choice,
            **({"message": _without_indexes(choice["message"])} if "message" in choice else {}),
        }
        for choice in response["choices"]
    ]
    return {**response, "choices": choices}


def _without_indexes(message: dict[str, Any]) -> dict[str, Any]:
    calls = message.get("tool_calls")
    if not calls:
        return message
    kept = [{key: value for key, value in call.items() if key != "index"} for call in calls]
    return {**message, "tool_calls": kept}


def split_message(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An Anthropic message as events: its start, its blocks in pieces, its end."""
    last = {k: v for k, v in message.items() if k.startswith("stop_")}
    start = {**message, **dict.fromkeys(last), "content": []}
    start["usage"] = {**message["usage"], "output_tokens": 1}
    yield {"type": "message_start", "message": start}
    for index, block in enumerate(message["content"]):
        first, deltas = _split_block(block)
        yield {"type": "content_block_start", "index": index, "content_block": first}
        for delta in deltas:
            yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    usage = {"output_tokens": message["usage"]["output_tokens"]}
    yield {"type": "message_delta", "delta": last, "usage": usage}
    yield {"type": "message_stop"}


def _split_block(block: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    match block["type"]:
        case "text":
            citations = [
                {"type": "citations_delta", "citation": each}
                for each in block.get("citations") or ()
            ]
            first = {k: v for k, v in block.items() if k != "citations"} | {"text": ""}
            texts = [{"type": "text_delta", "text": piece} for piece in pieces(block["text"])]
            return first, [*citations, *texts]
        case "thinking":
            texts = [
                {"type": "thinking_delta", "thinking": piece} for piece in pieces(block["thinking"])
            ]
            signature = {"type": "signature_delta", "signature": block["signature"]}
            return {**block, "thinking": "", "signature": ""}, [*texts, signature]
        case "tool_use" | "server_tool_use":
            text = json.dumps(block["input"])
            deltas = [
                {"type": "input_json_delta", "partial_json": piece} for piece in ("", *pieces(text))
            ]
            return {**block, "input": {}}, deltas
        case _:
            return block, []


_ITEM_TEXTS = {
    "custom_tool_call": ("input", "response.custom_tool_call_input.delta"),
    "function_call": ("arguments", "response.function_call_arguments.delta"),
}
_PART_TEXTS = {
    "output_text": ("text", "response.output_text.delta"),
    "refusal": ("refusal", "response.refusal.delta"),
    "reasoning_text": ("text", "response.reasoning_text.delta"),
    "summary_text": ("text", "response.reasoning_summary_text.delta"),
}


def split_response(response: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An OpenAI response as events, none of which has what others have said before."""
    empty = {"output": [], "usage": None, "incomplete_details": None}
    yield {
        "type": "response.created",
        "response": {**response, **empty, "status": "in_progress"},
    }
    for index, item in enumerate(response["output"]):
        said = {"item_id": item.get("id"), "output_index": index}
        field, delta = _ITEM_TEXTS.get(item["type"], ("", ""))
        parts = [
            (place, number, part)
            for place in ("content", "summary")
            for number, part in enumerate(item.get(place) or ())
        ]
        opening = {**item, **({field: ""} if field else {})}
        opening |= {place: [] for place in ("content", "summary") if item.get(place)}
        yield {"type": "response.output_item.added", "output_index": index, "item": opening}
        for place, number, part in parts:
            for event in _split_part(part):
                yield {**event, **said, f"{place}_index": number}
        for piece in pieces(item[field]) if field else ():
            yield {"type": delta, "delta": piece, **said}
    kind = f"response.{response['status']}"
    yield {"type": kind, "response": {**response, "output": []}}


def _split_part(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    field, delta = _PART_TEXTS[part["type"]]
    grows = {"annotations": [], "logprobs": []}
    added = "reasoning_summary_part" if part["type"] == "summary_text" else "content_part"
    opening = {key: grows.get(key, value) for key, value in part.items()} | {field: ""}
    yield {"type": f"response.{added}.added", "part": opening}
    for logprob in part.get("logprobs") or ():
        yield {"type": delta, "delta": "", "logprobs": [logprob]}
    for piece in pieces(part[field]):
        yield {"type": delta, "delta": piece}
    for annotation in part.get("annotations") or ():
        yield {"type": "response.output_text.annotation.added", "annotation": annotation}
