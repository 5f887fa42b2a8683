"""What the engine knows of Mistral."""

from __future__ import annotations

import pytest

from mirascope.core.mistral._adapter import ADAPTER


def test_a_default_client_needs_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key the error names the variable, and what else to do."""
    monkeypatch.delenv("MISTRAL_API_KEY", raising=False)

    with pytest.raises(ValueError, match=r"MISTRAL_API_KEY.*client=Mistral\(api_key=\.\.\.\)"):
        ADAPTER.client()


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(2.0, {"timeout_ms": 2250}), (-5.0, {"timeout_ms": 1}), (float("inf"), {})],
)
def test_the_sdks_own_limit(seconds: float, expected: dict[str, int]) -> None:
    """The SDK gives up a little after the library has."""
    assert expected == ADAPTER.deadline(lambda: seconds)
