"""The options of `GenerativeModel.generate_content` that a call can set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.generativeai import protos
from google.generativeai.types import GenerationConfig

from ..base.call_params import CommonCallParams

__all__ = ["GeminiCallParams"]


class GeminiCallParams(CommonCallParams, total=False):
    """Parameters of `generate_content`, and fields of its `generation_config`.

    See https://ai.google.dev/api/generate-content for their meaning. A field given beside
    `generation_config` wins over the same field in it. The SDK knows no `seed`.
    """

    candidate_count: int | None
    generation_config: GenerationConfig | protos.GenerationConfig | Mapping[str, Any]
    max_output_tokens: int | None
    request_options: Mapping[str, Any]
    response_mime_type: str | None
    response_schema: Any
    safety_settings: Any
    stop_sequences: list[str] | None
    tool_config: Any
    top_k: int | None
