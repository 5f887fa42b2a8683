"""Replies of Google's generateContent: cut into events, put into another framing, and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .recordings import Recording
from .splitters import pieces

SSE = "text/event-stream"
ARRAY = "application/json; charset=UTF-8"
_TEXT = frozenset({"text", "thought"})


def split_content(response: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A reply as events: one for each piece of text and each other part, then the rest."""
    top = {k: v for k, v in response.items() if k not in ("candidates", "usageMetadata")}
    for place, candidate in enumerate(response.get("candidates", ())):
        index = {"index": candidate["index"]} if "index" in candidate else {}
        content = candidate.get("content", {})
        role = {key: value for key, value in content.items() if key != "parts"}
        # A candidate without a number is known by its place.
        before: list[dict[str, Any]] = [{}] * (0 if index else place)
        for part in content.get("parts", ()):
            for piece in _pieces(part):
                said = {**index, "content": {**role, "parts": [piece]}}
                yield {**top, "candidates": [*before, said]}
        rest = {key: value for key, value in candidate.items() if key != "content"}
        yield {**top, "candidates": [*before, {**rest, "content": role} if content else rest]}
    if "usageMetadata" in response:
        yield {**top, "usageMetadata": {"promptTokenCount": 0, "thoughtsTokenCount": 0}}
        yield {**top, "usageMetadata": response["usageMetadata"]}
    yield top


def _pieces(part: dict[str, Any]) -> list[dict[str, Any]]:
    if "text" not in part or not part.keys() <= _TEXT:
        return [part]
    return [{**part, "text": piece} for piece in pieces(part["text"])]


def whole_content(response: dict[str, Any], *, citations: str = "citations") -> dict[str, Any]:
    """A reply as its stream says it: texts in a row are one, citations have one name."""
    candidates = []
    for candidate in response.get("candidates", ()):
        said = dict(candidate)
        content = said.get("content", {})
        if "parts" in content:
            said["content"] = {**content, "parts": _joined(content["parts"])}
        cited = said.get("citationMetadata", {})
        if "citationSources" in cited:
            said["citationMetadata"] = {citations: cited["citationSources"]}
        candidates.append(said)
    return {**response, "candidates": candidates}


def _joined(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    joined: list[dict[str, Any]] = []
    for part in parts:
        last = joined[-1] if joined else {}
        both = "text" in part and "text" in last
        if both and last.keys() == part.keys() and part.keys() <= _TEXT:
            joined[-1] = {**part, "text": last["text"] + part["text"]}
        else:
            joined.append(part)
    return joined


def _items(body: str) -> list[str]:
    """The responses in a body of either framing, and a bare error after them."""
    if body.lstrip().startswith("["):
        return [json.dumps(item, ensure_ascii=False) for item in json.loads(body)]
    blocks = re.split(r"\r?\n\r?\n", body)
    texts = (re.sub(r"^data: ?", "", block, flags=re.MULTILINE).strip() for block in blocks)
    return [text for text in texts if text]


def as_events(recording: Recording) -> tuple[bytes, str]:
    """A recorded stream as server-sent events; one that is so already is left as it is."""
    if not recording.body.lstrip().startswith(b"["):
        return recording.body, recording.content_type
    items = _items(recording.body.decode())
    return "".join(f"data: {item}\r\n\r\n" for item in items).encode(), SSE


def as_array(recording: Recording) -> tuple[bytes, str]:
    """A recorded stream as a JSON array."""
    if recording.body.lstrip().startswith(b"["):
        return recording.body, ARRAY
    return f"[{','.join(_items(recording.body.decode()))}]".encode(), ARRAY


def google_calls(response: Any) -> list[tuple[Any, ...]]:
    """Id, name and arguments of the calls of a Google response."""
    parts = response.message_param.parts or ()
    calls = (part.function_call for part in parts if part.function_call is not None)
    return [(call.id, call.name, call.args) for call in calls]


def google_usage(response: Any) -> Any:
    """The usage of a Google response under the SDK's own names."""
    usage = response.usage
    return None if usage is None else usage.model_dump(mode="json", exclude_none=True) or None


def gemini_plain(response: Any) -> dict[str, Any]:
    """The JSON that a response of the retired SDK stands for."""
    from mirascope.core.gemini._protos import plain_message

    return plain_message(response._result)


def gemini_whole(response: dict[str, Any]) -> dict[str, Any]:
    """A reply as far as the retired SDK knows it: what its own reader makes of it."""
    from google.generativeai import protos

    from mirascope.core.gemini._protos import plain_message

    text = json.dumps(whole_content(response, citations="citationSources"))
    read = protos.GenerateContentResponse.from_json(text, ignore_unknown_fields=True)
    return plain_message(read)


def gemini_truth(truth: dict[str, Any]) -> dict[str, Any]:
    """What the retired SDK reads; that it knows the ids of calls was not noted there."""
    known = truth.get("google_generativeai", truth)
    calls = known.get("tool_calls", ())
    ids = [call["id"] for call in truth.get("tool_calls", ())]
    with_ids = [{**call, "id": each} for call, each in zip(calls, ids, strict=True)]
    return {**known, "tool_calls": with_ids}


def gemini_calls(response: Any) -> list[tuple[Any, ...]]:
    """Id, name and arguments of the calls of a response of the retired SDK."""
    from mirascope.core.gemini._protos import plain_message

    parts = plain_message(response.message_param).get("parts", ())
    calls = (part["functionCall"] for part in parts if "functionCall" in part)
    return [(call.get("id"), call.get("name", ""), call.get("args", "")) for call in calls]


def gemini_usage(response: Any) -> Any:
    """The usage of a response of the retired SDK, without the zeros it shows for what is not."""
    usage = response.usage
    if usage is None:
        return None
    names = ("prompt_token_count", "cached_content_token_count")
    names += ("candidates_token_count", "total_token_count")
    return {name: getattr(usage, name) for name in names if getattr(usage, name)} or None


__all__ = [
    "as_array",
    "as_events",
    "gemini_calls",
    "gemini_plain",
    "gemini_truth",
    "gemini_usage",
    "gemini_whole",
    "google_calls",
    "google_usage",
    "split_content",
    "whole_content",
]
