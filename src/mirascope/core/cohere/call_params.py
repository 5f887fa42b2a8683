"""The options of Cohere's chat that a call can set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from cohere import (
    ChatConnector,
    CitationOptions,
    Document,
    Thinking,
)
from cohere.core.request_options import RequestOptions

from ..base.call_params import CommonCallParams

__all__ = ["CohereCallParams"]


class CohereCallParams(CommonCallParams, total=False):
    """Parameters of the clients' `chat` and `chat_stream`.

    See https://docs.cohere.com/v2/reference/chat-stream for their meaning, and
    https://docs.cohere.com/v1/reference/chat-stream for those of version 1. Headers, and parameters
    that are not listed (`additional_body_parameters`), travel in `request_options`.
    """

    documents: Sequence[str | Document | Mapping[str, Any]]
    k: int | None
    p: float | None
    request_options: RequestOptions
    response_format: Mapping[str, Any]
    safety_mode: Literal["CONTEXTUAL", "STRICT", "OFF", "NONE"]
    stop_sequences: Sequence[str]

    # Of version 2 alone.
    citation_options: CitationOptions | Mapping[str, Any]
    logprobs: bool
    priority: int
    strict_tools: bool
    thinking: Thinking | Mapping[str, Any]
    tool_choice: Literal["REQUIRED", "NONE"]

    # Of version 1 alone.
    chat_history: Sequence[Any]
    citation_quality: Literal["ENABLED", "DISABLED", "FAST", "ACCURATE", "OFF"]
    connectors: Sequence[ChatConnector | Mapping[str, Any]]
    conversation_id: str
    force_single_step: bool
    max_input_tokens: int
    preamble: str
    prompt_truncation: Literal["OFF", "AUTO", "AUTO_PRESERVE_ORDER"]
    raw_prompting: bool
    search_queries_only: bool
    tool_results: Sequence[Any]
