"""What the suites know of the two versions of Cohere's chat."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from mirascope.core.base._events import plain

from .splitters import pieces

__all__ = ["V1", "V2", "V2_OVER_AIOHTTP"]


def _client(name: str, *, over_httpx: bool = True) -> Any:
    def make(url: str) -> Any:
        import cohere
        import httpx

        client = getattr(cohere, name)
        # Older clients always try three times.
        has_option = "max_retries" in inspect.signature(client).parameters
        retries = {"max_retries": 0} if has_option else {}
        # Where `httpx-aiohttp` is installed, the SDK takes it for asynchronous requests.
        is_default = over_httpx and name.startswith("Async")
        sent = {"httpx_client": httpx.AsyncClient(timeout=300)} if is_default else {}
        return client(api_key="test", base_url=url, **retries, **sent)

    return make


def _split(reply: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A reply of version 2 as events: its blocks, plan, calls and citations in pieces."""
    message = reply["message"]
    start = {"role": message["role"], "content": [], "tool_plan": "", "tool_calls": []}
    yield {"type": "message-start", "id": reply["id"], "delta": {"message": start}}
    for index, block in enumerate(message.get("content") or ()):
        kind = block["type"]
        yield _event("content-start", index, content={**block, kind: ""})
        for piece in pieces(block[kind]):
            yield _event("content-delta", index, content={kind: piece})
        yield {"type": "content-end", "index": index}
    if "tool_plan" in message:
        for piece in pieces(message["tool_plan"]):
            yield _event("tool-plan-delta", None, tool_plan=piece)
    for index, call in enumerate(message.get("tool_calls") or ()):
        function = {**call["function"], "arguments": ""}
        yield _event("tool-call-start", index, tool_calls={**call, "function": function})
        for piece in pieces(call["function"]["arguments"]):
            yield _event("tool-call-delta", index, tool_calls={"function": {"arguments": piece}})
        yield {"type": "tool-call-end", "index": index}
    for index, citation in enumerate(message.get("citations") or ()):
        yield _event("citation-start", index, citations=citation)
        yield {"type": "citation-end", "index": index}
    rest = {key: value for key, value in reply.items() if key not in ("id", "message")}
    yield {"type": "message-end", "delta": rest}


def _event(kind: str, index: int | None, **message: Any) -> dict[str, Any]:
    place = {} if index is None else {"index": index}
    return {"type": kind, **place, "delta": {"message": message}}


def _split_v1(reply: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A reply of version 1 as events, the last of which has what the others have not."""
    yield {"event_type": "stream-start", "generation_id": reply["generation_id"]}
    for key, kind in (
        ("search_queries", "search-queries-generation"),
        ("search_results", "search-results"),
        ("documents", "search-results"),
    ):
        if key in reply:
            yield {"event_type": kind, key: reply[key]}
    for piece in pieces(reply["text"]):
        yield {"event_type": "text-generation", "text": piece}
    for citation in reply.get("citations") or ():
        yield {"event_type": "citation-generation", "citations": [citation]}
    if "tool_calls" in reply:
        yield {"event_type": "tool-calls-generation", "tool_calls": reply["tool_calls"]}
    last = {key: reply[key] for key in ("response_id", "chat_history", "meta")}
    end = {"event_type": "stream-end", "is_finished": True, "response": last}
    yield {**end, "finish_reason": reply["finish_reason"]}


def _calls(response: Any) -> list[tuple[Any, ...]]:
    calls = plain(response.response.message.tool_calls) or ()
    return [(call["id"], call["function"]["name"], call["function"]["arguments"]) for call in calls]


def _calls_v1(response: Any) -> list[tuple[Any, ...]]:
    calls = plain(response.response.tool_calls) or ()
    return [(None, call["name"], call["parameters"]) for call in calls]


def _text(event: Any) -> str:
    return event.delta.message.content.text or "" if event.type == "content-delta" else ""


def _text_v1(event: Any) -> str:
    return event.text if event.event_type == "text-generation" else ""


V2: dict[str, Any] = {
    "dialect": "v2",
    "client": _client("ClientV2"),
    "async_client": _client("AsyncClientV2"),
    "api": "v2.chat",
    "raw_text": _text,
    "choice_texts": lambda response: [response.message.content[0].text],
    "request_path": "/cohere/v2/chat",
    "request_body": {"model": "test-model"},
    "split": _split,
    "calls": _calls,
    "native_model": lambda _: None,
}
V2_OVER_AIOHTTP = _client("AsyncClientV2", over_httpx=False)

V1: dict[str, Any] = {
    "dialect": "v1",
    "client": _client("Client"),
    "async_client": _client("AsyncClient"),
    "api": "v1.chat",
    "raw_text": _text_v1,
    "choice_texts": lambda response: [response.text],
    "request_path": "/cohere/v1/chat",
    "request_body": {"model": "test-model", "message": "hi"},
    "split": _split_v1,
    "calls": _calls_v1,
    "native_model": lambda _: None,
    "identity": lambda response: response.response.response_id,
}
