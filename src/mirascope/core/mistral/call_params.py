"""The options of Mistral's chat completions that a call can set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from mistralai.client.models import (
    PredictionTypedDict,
    ResponseFormatTypedDict,
    ToolChoiceTypedDict,
)
from mistralai.client.utils import RetryConfig

from ..base.call_params import CommonCallParams

__all__ = ["MistralCallParams"]


class MistralCallParams(CommonCallParams, total=False):
    """Parameters of `client.chat.complete` and `client.chat.stream`.

    See https://docs.mistral.ai/api/endpoint/chat for their meaning. `seed` is Mistral's
    `random_seed`. `retries`, `server_url`, `timeout_ms` (in milliseconds) and `http_headers` are
    the SDK's own.
    """

    guardrails: Sequence[Mapping[str, Any]] | None
    http_headers: Mapping[str, str] | None
    logprobs: bool | None
    metadata: Mapping[str, Any] | None
    min_tokens: int | None
    n: int | None
    parallel_tool_calls: bool
    prediction: PredictionTypedDict
    prompt_cache_key: str | None
    prompt_logprobs: bool | None
    prompt_mode: Literal["reasoning"] | None
    random_seed: int | None
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"] | None
    repetition_penalty: float | None
    response_format: ResponseFormatTypedDict
    retries: RetryConfig | None
    safe_prompt: bool
    server_url: str
    service_tier: str | None
    timeout_ms: int
    tool_choice: ToolChoiceTypedDict | Literal["auto", "none", "any", "required"]
    top_k: int | None
    top_logprobs: int | None
    top_prompt_logprobs: int | None
