"""What the engine knows of Mistral."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from mistralai.client.errors import ResponseValidationError

from mirascope.core.errors import ProviderStreamError
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


@pytest.mark.parametrize(
    ("body", "reported"),
    [
        ('{"data": {"object": "error", "message": "boom"}}', True),
        ('{"data": {"error": {"message": "boom"}}}', True),
        ('{"data": {"id": "c-1"}}', False),
        ("no JSON", False),
        (None, False),
    ],
)
def test_what_the_sdk_cannot_validate(body: str | None, *, reported: bool) -> None:
    """A failure that the provider reports is told from an event that is odd."""
    response: Any = SimpleNamespace(status_code=200, headers={}, text="")
    error = ResponseValidationError("Response validation failed", response, ValueError(), body)

    shown = ADAPTER.failure(error, None)

    if reported:
        assert isinstance(shown, ProviderStreamError)
        assert "boom" in str(shown)
    else:
        assert shown is error
