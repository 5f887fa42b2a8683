"""Costs from registered prices."""

from __future__ import annotations

from typing import Any

import pytest

from mirascope.core import costs
from mirascope.core.base import Usage


@pytest.fixture(autouse=True)
def _prices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(costs, "_PRICES", {})


def test_cached_tokens_are_charged_once() -> None:
    """Cached tokens are part of the input and cost their own price."""
    price = costs.Price(input=0.15, output=0.6, cached=0.075)
    costs.register_price("openai", "gpt-4o-mini", price)
    usage = Usage(input_tokens=10, cached_tokens=4, output_tokens=5)
    cost = costs.calculate_cost("openai", "gpt-4o-mini", usage)
    assert pytest.approx(4.2e-6) == cost


def test_without_a_price_for_cached_tokens_they_cost_what_others_cost() -> None:
    """A provider may not distinguish them."""
    costs.register_price("openai", "m", costs.Price(input=1, output=2))
    usage = Usage(input_tokens=10, cached_tokens=4, output_tokens=5)
    assert pytest.approx(20e-6) == costs.calculate_cost("openai", "m", usage)


@pytest.mark.parametrize(
    ("model", "usage"),
    [
        ("other", Usage(input_tokens=1, output_tokens=1)),
        (None, Usage(input_tokens=1, output_tokens=1)),
        (["m"], Usage(input_tokens=1, output_tokens=1)),
        ("m", None),
        ("m", Usage(input_tokens=1)),
        ("m", Usage(output_tokens=1)),
    ],
)
def test_what_is_not_known_has_no_cost(model: Any, usage: Usage | None) -> None:
    """No price or no tokens: no guess."""
    costs.register_price("openai", "m", costs.Price(input=1, output=2))
    assert costs.calculate_cost("openai", model, usage) is None
