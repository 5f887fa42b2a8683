"""The options of Groq's chat completions that a call can set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from groq.types.chat import ChatCompletionToolChoiceOptionParam
from groq.types.chat.completion_create_params import ResponseFormat

from ..base.call_params import CommonCallParams

__all__ = ["GroqCallParams"]


class GroqCallParams(CommonCallParams, total=False):
    """Parameters of `client.chat.completions.create`.

    See https://console.groq.com/docs/api-reference#chat-create for their meaning. A parameter that
    is not listed, or that the installed SDK does not know, travels in `extra_body`.
    """

    citation_options: Literal["enabled", "disabled"] | None
    compound_custom: Mapping[str, Any] | None
    disable_tool_validation: bool
    documents: Sequence[Mapping[str, Any]] | None
    exclude_domains: Sequence[str] | None
    extra_body: Mapping[str, object] | None
    extra_headers: Mapping[str, str] | None
    extra_query: Mapping[str, object] | None
    include_domains: Sequence[str] | None
    include_reasoning: bool | None
    logit_bias: dict[str, int] | None
    logprobs: bool | None
    max_completion_tokens: int | None
    metadata: dict[str, str] | None
    n: int | None
    parallel_tool_calls: bool | None
    reasoning_effort: Literal["none", "default", "low", "medium", "high"] | None
    reasoning_format: Literal["hidden", "raw", "parsed"] | None
    response_format: ResponseFormat | None
    search_settings: Mapping[str, Any] | None
    service_tier: Literal["auto", "on_demand", "flex", "performance"] | None
    store: bool | None
    timeout: float | None
    tool_choice: ChatCompletionToolChoiceOptionParam | None
    top_logprobs: int | None
    user: str | None
