"""Content as Mistral's SDK gives it."""

from __future__ import annotations

from mirascope.core.mistral._content import unwrapped


def test_parts_the_sdk_does_not_know() -> None:
    """What the SDK wrapped comes as it came."""
    known, unknown = {"type": "text", "text": "a"}, {"type": "hologram", "depth": 3}

    assert [known, unknown] == unwrapped([known, {"raw": unknown}])
