"""Recordings that are rightly read otherwise than by the SDKs, each with what is read and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How a recording is read.

    Attributes:
        reason: Why the SDK's reading is poorer.
        said: What is read in place of what the SDK reads.
        errors: The names of the exceptions that are raised, if they are others; `NoneType` for
            none. Which one depends on the SDK's version.
    """

    reason: str
    said: Mapping[str, Any] = field(default_factory=dict[str, Any])
    errors: frozenset[str] = frozenset()


_KEPT = "the SDK gives no message, and so no usage, of a stream that failed; what came is kept"

DIFFERENCES: dict[str, Difference] = {
    "anthropic/001-messages-stream-error.json": Difference(
        reason=_KEPT, said={"usage": {"input_tokens": 472, "output_tokens": 2}}
    ),
    "anthropic/002-messages-anomaly.json": Difference(
        reason=f"{_KEPT}; a proxy's [DONE] after the end is no JSON decoder's error to the user "
        "(older SDKs pass over it)",
        errors=frozenset({"ProviderStreamError", "NoneType"}),
        said={
            "usage": {
                "input_tokens": 32,
                "output_tokens": 16,
                "cache_creation": {"ephemeral_1h_input_tokens": 0, "ephemeral_5m_input_tokens": 0},
                "cache_creation_input_tokens": 0,
                "cache_read_input_tokens": 0,
                "cost": 0.000112,
                "cost_details": {
                    "upstream_inference_completions_cost": 0.00008,
                    "upstream_inference_cost": 0.000112,
                    "upstream_inference_prompt_cost": 0.000032,
                },
                "is_byok": False,
                "output_tokens_details": {"thinking_tokens": 0},
                "speed": "standard",
            }
        },
    ),
    "anthropic/005-messages-refusal.json": Difference(
        reason="the SDK has no word for a refusal; the stop details explain it",
        said={
            "refusal": "This request triggered restrictions on violative cyber content and was "
            "blocked under Anthropic's Usage Policy."
        },
    ),
}
