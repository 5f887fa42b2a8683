"""Call parameters that mean the same for every provider."""

from collections.abc import Mapping
from typing import Any

from typing_extensions import TypedDict

__all__ = ["BaseCallParams", "CommonCallParams", "renamed"]


class BaseCallParams(TypedDict, total=False):
    """Base of every provider's call parameters."""


class CommonCallParams(BaseCallParams, total=False):
    """Parameters under names every provider takes; each is renamed where a provider's differs.

    Attributes:
        temperature: Sampling temperature.
        max_tokens: The most tokens to generate.
        top_p: Nucleus sampling: the probability mass to sample from, between 0 and 1.
        frequency_penalty: Penalty on tokens by how often they occurred, between -2 and 2.
        presence_penalty: Penalty on tokens that occurred at all, between -2 and 2.
        seed: Seed for repeatable sampling.
        stop: Texts at which the generation stops.
    """

    temperature: float | None
    max_tokens: int | None
    top_p: float | None
    frequency_penalty: float | None
    presence_penalty: float | None
    seed: int | None
    stop: str | list[str] | None


def renamed(params: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Copy parameters with common names put into a provider's words, key by key.

    Args:
        params: The parameters as given.
        names: The provider's name of each common parameter that is called otherwise there.

    Raises:
        ValueError: A parameter is given under its common and its provider's name at once.
    """
    result: dict[str, Any] = {}
    for key, value in params.items():
        name = names.get(key, key)
        if name in result:
            given = " and ".join(repr(each) for each in params if names.get(each, each) == name)
            raise ValueError(f"call_params has {given}, which are the same parameter: give one.")
        result[name] = value
    return result
