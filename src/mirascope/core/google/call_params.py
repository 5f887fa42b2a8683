"""The options of Google's generateContent that a call can set."""

from __future__ import annotations

from typing import Any

from google.genai import types

from ..base.call_params import CommonCallParams

__all__ = ["GoogleCallParams"]


class GoogleCallParams(CommonCallParams, total=False):
    """Fields of `types.GenerateContentConfig`, beside the common parameters.

    See https://ai.google.dev/api/generate-content for their meaning. A field that is not listed
    goes into `config`, which can also be a whole `GenerateContentConfig`; it is copied, never
    changed. A parameter given beside `config` wins over the same field in it.
    """

    cached_content: str | None
    candidate_count: int | None
    config: types.GenerateContentConfig | types.GenerateContentConfigDict
    http_options: types.HttpOptions | types.HttpOptionsDict | None
    image_config: types.ImageConfig | types.ImageConfigDict | None
    labels: dict[str, str] | None
    logprobs: int | None
    max_output_tokens: int | None
    media_resolution: types.MediaResolution | None
    response_json_schema: Any
    response_logprobs: bool | None
    response_mime_type: str | None
    response_modalities: list[str] | None
    response_schema: Any
    safety_settings: list[types.SafetySetting] | list[types.SafetySettingDict] | None
    speech_config: types.SpeechConfigUnion | types.SpeechConfigUnionDict | None
    stop_sequences: list[str] | None
    system_instruction: types.ContentUnion | types.ContentUnionDict | None
    thinking_config: types.ThinkingConfig | types.ThinkingConfigDict | None
    tool_config: types.ToolConfig | types.ToolConfigDict | None
    top_k: float | None
