"""The options of OpenAI's chat completions that a call can set."""

from collections.abc import Mapping
from typing import Any, Literal

from openai.types.chat import (
    ChatCompletionAudioParam,
    ChatCompletionPredictionContentParam,
    ChatCompletionStreamOptionsParam,
    ChatCompletionToolChoiceOptionParam,
)
from openai.types.chat.completion_create_params import ResponseFormat
from openai.types.shared_params import Metadata

from ..base.call_params import CommonCallParams

__all__ = ["OpenAICallParams"]


class OpenAICallParams(CommonCallParams, total=False):
    """Parameters of `client.chat.completions.create`.

    See https://platform.openai.com/docs/api-reference/chat/create for their meaning. A parameter
    that is not listed travels in `extra_body`.
    """

    audio: ChatCompletionAudioParam | None
    extra_body: Mapping[str, object] | None
    extra_headers: Mapping[str, str] | None
    extra_query: Mapping[str, object] | None
    logit_bias: dict[str, int] | None
    logprobs: bool | None
    max_completion_tokens: int | None
    metadata: Metadata | None
    modalities: list[Literal["text", "audio"]] | None
    moderation: Mapping[str, Any] | None
    n: int | None
    parallel_tool_calls: bool
    prediction: ChatCompletionPredictionContentParam | None
    prompt_cache_key: str
    prompt_cache_options: Mapping[str, Any]
    prompt_cache_retention: Literal["in_memory", "24h"] | None
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high", "xhigh"] | None
    response_format: ResponseFormat
    safety_identifier: str
    service_tier: Literal["auto", "default", "flex", "scale", "priority", "fast"] | None
    store: bool | None
    stream_options: ChatCompletionStreamOptionsParam | None
    timeout: float | None
    tool_choice: ChatCompletionToolChoiceOptionParam
    top_logprobs: int | None
    user: str
    verbosity: Literal["low", "medium", "high"] | None
    web_search_options: Mapping[str, Any]
