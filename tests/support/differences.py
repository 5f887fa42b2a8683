"""Recordings that are rightly read otherwise than by the SDKs, each with what is read and why.

A recording that more than one SDK reads is listed with the provider's name before its own.
"""

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


_BLOCKED = "a blocked prompt does not look like an empty answer: the block is its finish reason"
_KEPT = "the SDK gives nothing of a stream that failed, not even its usage; what came is kept"

_PLAN = (
    "the SDK's events call it text of the tool calls, but the response at their end, and a reply "
    "that is not streamed, call it the text"
)

DIFFERENCES: dict[str, Difference] = {
    "anthropic/001-messages-stream-error.json": Difference(
        reason=_KEPT, said={"usage": {"input_tokens": 472, "output_tokens": 2}}
    ),
    "anthropic/002-messages-anomaly.json": Difference(
        reason=f"{_KEPT}; a proxy's [DONE] after the end is no part of the answer "
        "(older SDKs pass over it)",
        errors=frozenset({"NoneType"}),
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
    "gemini: gemini/007-ai-malformed-tool.json": Difference(
        reason="the retired SDK drops finish reasons younger than itself: the answer looks cut off",
        errors=frozenset({"StreamTruncated"}),
    ),
    "gemini: gemini/008-ai-tool-args-streamed.json": Difference(
        reason="the retired SDK drops the pieces of arguments; every call that came is shown",
        said={"tool_calls": [(None, name, "") for name in ("getWeather", "", "", "") * 2]},
    ),
    "gemini: gemini/086-vertex-raw-error-mid-stream.json": Difference(
        reason="the retired SDK reads an error in a stream over REST as an empty answer",
        errors=frozenset({"ProviderStreamError", "ServiceUnavailable"}),
    ),
    "gemini: gemini/087-vertex-content-filter.json": Difference(
        reason="a blocked prompt is a finish reason and no exception, as with Google's other SDK",
        errors=frozenset({"NoneType"}),
        said={"finish_reason": "SAFETY"},
    ),
    "gemini: gemini/103-vertex-empty.json": Difference(
        reason="an answer that ends without a finish reason was cut off",
        errors=frozenset({"StreamTruncated"}),
    ),
    "google: gemini/087-vertex-content-filter.json": Difference(
        reason=_BLOCKED,
        said={"finish_reason": "SAFETY", "refusal": "Reasons"},
    ),
    "google: gemini/103-vertex-empty.json": Difference(
        reason="an answer that ends without a finish reason was cut off",
        errors=frozenset({"StreamTruncated"}),
    ),
    "google: gemini/112-vertex-content-filter-whole.json": Difference(
        reason=_BLOCKED,
        said={
            "finish_reason": "MODEL_ARMOR",
            "refusal": "The prompt violated Prompt Injection and Jailbreak filters.",
        },
    ),
    "cohere/001-v1-tool.json": Difference(
        reason=_PLAN,
        said={
            "text": "I will use the Person tool to create a person with the name Erick and "
            "age 27, and then relay this information to the user."
        },
    ),
    "cohere/002-v1-tool.json": Difference(
        reason=_PLAN,
        said={"text": "I will use Python to find the movie with the highest average rating."},
    ),
    "cohere/003-v1-tool.json": Difference(
        reason=_PLAN,
        said={
            "text": "I will first find out the name of the table that contains employee "
            "salary information. Then, I will query the schema of that table to "
            "find out the name of the column that contains salary information. "
            "Finally, I will write and execute a query to find the employee with "
            "the highest salary."
        },
    ),
    "cohere/004-v1-tool.json": Difference(
        reason=_PLAN,
        said={
            "text": "I found out that the name of the table that contains employee "
            'information is "employees". Now, I will query the schema of this table '
            "to find out the name of the column that contains salary information."
        },
    ),
    "cohere/005-v1-tool.json": Difference(
        reason=_PLAN,
        said={
            "text": "I found out that the column that contains salary information is called "
            '"salary". Now, I will write and execute a query to find the employee '
            "with the highest salary."
        },
    ),
    "openai/112-responses-stream-error.json": Difference(
        reason=_KEPT,
        said={
            "id": "resp_05500b38c2cd9bfc00691c7c9d222481a3b595421266dab424",
            "model": "gpt-5-nano-2025-08-07",
        },
    ),
    "openai/182-responses-empty-whole.json": Difference(
        reason="an answer that waits in the background has not ended: its status is no reason",
        said={"finish_reason": None},
    ),
    "cohere/027-v2-stream-error.json": Difference(
        reason="the SDK shows a failure like any other end of a message",
        errors=frozenset({"ApiError"}),
    ),
}

_REFUSED = "the SDK refuses an event without the fields it requires; the fast reader shows it"

READ_WITHOUT_THE_SDK: Mapping[tuple[str, str], str] = {
    ("openai", "held open"): "older SDKs wait until the body ends, and time out",
    ("groq", "held open"): "the SDK waits until the body ends, and times out",
    ("mistral", "an empty event"): _REFUSED,
    ("mistral", "choices are null"): _REFUSED,
    ("mistral", "an error that is null"): _REFUSED,
}
"""Odd streams of which the fast reader makes more than the SDK does, each with the reason."""
