"""The clients of Anthropic's SDK: for Anthropic itself, Amazon Bedrock and Google's Vertex AI."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from anthropic import Anthropic, AsyncAnthropic
from anthropic.lib.bedrock import AnthropicBedrock, AsyncAnthropicBedrock
from anthropic.lib.vertex import AnthropicVertex, AsyncAnthropicVertex

if TYPE_CHECKING:
    from anthropic.lib.bedrock import AnthropicBedrockMantle, AsyncAnthropicBedrockMantle
else:
    from anthropic.lib import bedrock as _bedrock

    # Older SDKs have one client for Bedrock.
    AnthropicBedrockMantle = getattr(_bedrock, "AnthropicBedrockMantle", AnthropicBedrock)
    AsyncAnthropicBedrockMantle = getattr(
        _bedrock, "AsyncAnthropicBedrockMantle", AsyncAnthropicBedrock
    )

__all__ = ["AnyClient", "AsyncClient", "SyncClient"]

SyncClient: TypeAlias = Anthropic | AnthropicBedrock | AnthropicBedrockMantle | AnthropicVertex
AsyncClient: TypeAlias = (
    AsyncAnthropic | AsyncAnthropicBedrock | AsyncAnthropicBedrockMantle | AsyncAnthropicVertex
)
AnyClient: TypeAlias = SyncClient | AsyncClient
