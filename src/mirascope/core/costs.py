"""The cost of calls, from prices that the user registers.

No prices are shipped: a table in a library is out of date the day after its release.
"""

from __future__ import annotations

from dataclasses import dataclass

from .base.types import Usage

__all__ = ["CostMetadata", "Price", "calculate_cost", "register_price"]

CostMetadata = Usage
"""What a cost is calculated from."""

_PRICES: dict[tuple[str, str], Price] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a model's tokens cost, in the currency of your choice, per million tokens.

    Attributes:
        input: A million tokens of the prompt.
        output: A million generated tokens.
        cached: A million tokens of the prompt that were read from a cache; `None` if they cost
            the same as others.
    """

    input: float
    output: float
    cached: float | None = None


def register_price(provider: str, model: str, price: Price) -> None:
    """Set the price of a model, so that `cost` of its responses and streams is known.

    Args:
        provider: The provider's name, such as `"openai"`.
        model: The model's exact name, as the provider's answers give it.
        price: What its tokens cost.
    """
    _PRICES[provider, model] = price


def calculate_cost(provider: str, model: str | None, usage: CostMetadata | None) -> float | None:
    """Give the cost of a call, or `None` where the price or the usage is not known.

    Cached tokens are part of the input tokens: they are charged once, at their own price.

    Args:
        provider: The provider's name.
        model: The model's exact name.
        usage: The call's tokens.
    """
    # Whatever a provider sends as the name of its model is passed on.
    price = _PRICES.get((provider, model)) if isinstance(model, str) else None
    if price is None or usage is None:
        return None
    if usage.input_tokens is None or usage.output_tokens is None:
        return None
    cached = usage.cached_tokens or 0
    cached_price = price.input if price.cached is None else price.cached
    return (
        (usage.input_tokens - cached) * price.input
        + cached * cached_price
        + usage.output_tokens * price.output
    ) / 1_000_000
