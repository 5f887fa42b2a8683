"""Where each provider's SDK expects to find its service, on this server."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal, TypeAlias

__all__ = ["ADDRESSES", "Provider", "environment"]

Provider: TypeAlias = Literal[
    "anthropic", "cohere", "gemini", "google", "groq", "mistral", "openai"
]
"""The providers this server speaks for."""

ADDRESSES: Mapping[Provider, str] = {
    "anthropic": "/anthropic",
    "cohere": "/cohere",
    "gemini": "/gemini",
    "google": "/google",
    "groq": "/groq",
    "mistral": "/mistral",
    "openai": "/openai/v1",
}
"""What follows the server's origin in the base URL of each provider's SDK."""

_URL_VARIABLES: Mapping[str, Provider] = {
    "ANTHROPIC_BASE_URL": "anthropic",
    "CO_API_URL": "cohere",
    "GOOGLE_GEMINI_BASE_URL": "google",
    "GROQ_BASE_URL": "groq",
    "OPENAI_BASE_URL": "openai",
}
_KEY_VARIABLES = (
    "ANTHROPIC_API_KEY",
    "CO_API_KEY",
    "GOOGLE_API_KEY",
    "GROQ_API_KEY",
    "MISTRAL_API_KEY",
    "OPENAI_API_KEY",
)


def environment(origin: str) -> dict[str, str]:
    """The variables that lead the SDKs to a server at this origin.

    Keys are set for every provider, also for those whose SDK reads no address from the
    environment, so that a real key is never sent by a test. `NO_PROXY` keeps the hosts it has.
    """
    bypass = os.environ.get("no_proxy") or os.environ.get("NO_PROXY")
    hosts = f"{bypass},127.0.0.1" if bypass else "127.0.0.1"
    return {
        **{name: origin + ADDRESSES[provider] for name, provider in _URL_VARIABLES.items()},
        **dict.fromkeys(_KEY_VARIABLES, "test"),
        "NO_PROXY": hosts,
        "no_proxy": hosts,
    }
