"""The options of OpenAI's responses that a call can set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from openai.types.responses import ResponseIncludable, ResponseTextConfigParam, ToolParam
from openai.types.responses.response_create_params import ToolChoice
from openai.types.shared_params import Metadata, Reasoning

from ...base.call_params import CommonCallParams

__all__ = ["OpenAIResponsesCallParams"]


class OpenAIResponsesCallParams(CommonCallParams, total=False):
    """Parameters of `client.responses.create`.

    See https://platform.openai.com/docs/api-reference/responses/create for their meaning. A
    parameter that is not listed travels in `extra_body`. `max_tokens` is sent as
    `max_output_tokens`. `tools` takes the tools that run at OpenAI; they are offered beside those
    of the decorator. A `seed`, `stop` and penalties are refused: responses have none.
    """

    access_programs: Mapping[str, Any]
    background: bool | None
    background_options: Mapping[str, Any]
    context_management: Sequence[Mapping[str, Any]] | None
    conversation: str | Mapping[str, Any] | None
    extra_body: Mapping[str, object] | None
    extra_headers: Mapping[str, str] | None
    extra_query: Mapping[str, object] | None
    image: Mapping[str, Any]
    include: list[ResponseIncludable] | None
    instructions: str | None
    max_output_tokens: int | None
    max_tool_calls: int | None
    metadata: Metadata | None
    moderation: Mapping[str, Any] | None
    parallel_tool_calls: bool | None
    previous_response_id: str | None
    prompt: Mapping[str, Any] | None
    prompt_cache_key: str | None
    prompt_cache_options: Mapping[str, Any]
    prompt_cache_retention: Literal["in_memory", "24h"] | None
    reasoning: Reasoning | None
    safety_identifier: str | None
    service_tier: (
        Literal["auto", "default", "flex", "scale", "priority", "fast", "ultrafast"] | None
    )
    store: bool | None
    stream_options: Mapping[str, Any] | None
    text: ResponseTextConfigParam
    timeout: float | None
    tool_choice: ToolChoice
    tools: Sequence[ToolParam]
    top_logprobs: int | None
    truncation: Literal["auto", "disabled"] | None
    user: str
