"""What Google's SDK does not do before the first step."""

from __future__ import annotations

import pytest
from google.genai import Client
from pydantic import ValidationError

from mirascope.core import google
from mirascope.core.testing import WireServer


def test_a_mistake_in_the_parameters_is_not_the_providers() -> None:
    """The SDK checks them at the first step: its own error says what is wrong with them."""
    with (
        WireServer() as server,
        Client(api_key="test", http_options={"base_url": server.url("google")}) as client,
    ):

        @google.call("a-model", stream=True, client=client, call_params={"temprature": 1})
        def ask() -> str:
            return "Hello"

        with pytest.raises(ValidationError, match="temprature"):
            ask().drain()
        assert [] == server.requests
