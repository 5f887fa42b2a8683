"""The options of Anthropic's messages that a call can set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from anthropic.types import MetadataParam, TextBlockParam, ToolChoiceParam

from ..base.call_params import CommonCallParams

if TYPE_CHECKING:
    from anthropic.types import (
        CacheControlEphemeralParam,
        OutputConfigParam,
        ThinkingConfigParam,
        ToolUnionParam,
    )
else:
    # Older SDKs take these options without having names for their types.
    from anthropic import types as _types

    CacheControlEphemeralParam = getattr(_types, "CacheControlEphemeralParam", Any)
    OutputConfigParam = getattr(_types, "OutputConfigParam", Any)
    ThinkingConfigParam = getattr(_types, "ThinkingConfigParam", Any)
    ToolUnionParam = getattr(_types, "ToolUnionParam", Any)

__all__ = ["AnthropicCallParams"]


class AnthropicCallParams(CommonCallParams, total=False):
    """Parameters of `client.messages.create`.

    See https://docs.claude.com/en/api/messages for their meaning. `max_tokens` is 1024 unless it is
    given. `stop` is sent as `stop_sequences`; `temperature`, `top_k` and `top_p` are put in
    `extra_body`, where a parameter that is not listed goes too. `tools` takes the tools that run at
    Anthropic; they are offered beside those of the decorator. `system` comes before the prompt's
    system messages. A `seed` and penalties are refused: Anthropic has none.
    """

    cache_control: CacheControlEphemeralParam | None
    container: str | Mapping[str, Any] | None
    diagnostics: Mapping[str, Any] | None
    extra_body: Mapping[str, object] | None
    extra_headers: Mapping[str, str] | None
    extra_query: Mapping[str, object] | None
    inference_geo: str | None
    metadata: MetadataParam
    output_config: OutputConfigParam
    service_tier: Literal["auto", "standard_only"]
    speed: Literal["standard", "fast"] | None
    stop_sequences: Sequence[str]
    system: str | Iterable[TextBlockParam]
    thinking: ThinkingConfigParam
    timeout: float | None
    tool_choice: ToolChoiceParam
    tools: Sequence[ToolUnionParam]
    top_k: int | None
    user_profile_id: str
    workspace_id: str
