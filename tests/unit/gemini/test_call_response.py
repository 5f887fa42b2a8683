"""What a full answer of Gemini is turned into."""

from __future__ import annotations

from typing import Any

from mirascope.core.gemini._adapter import ADAPTER
from mirascope.core.gemini._protos import response_of


def test_the_message_is_the_first_candidates_wherever_it_is() -> None:
    """Candidates are told apart by their numbers; empty parts do not go back."""
    parts = [{"text": "a"}, {"text": ""}, {"functionCall": {"name": "f", "args": {}}}]
    candidates: list[dict[str, Any]] = [
        {"index": 1, "content": {"role": "model", "parts": [{"text": "other"}]}},
        {"index": 0, "content": {"role": "model", "parts": parts}},
    ]

    message = ADAPTER.response(response_of({"candidates": candidates}), None).message_param

    assert ["a", ""] == [part.text for part in message.parts]
    assert "f" == message.parts[1].function_call.name


def test_an_answer_without_candidates() -> None:
    """A blocked prompt leaves a message without parts."""
    assert not ADAPTER.response(response_of({}), None).message_param.parts
