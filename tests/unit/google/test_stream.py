"""What Google's SDK does not do before the first step."""

from __future__ import annotations

import json

import pytest
from google.genai import Client
from pydantic import ValidationError

from mirascope.core import Messages, google
from mirascope.core.errors import ProviderStreamError, StreamTruncated
from mirascope.core.testing import Raw, WireServer


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


@pytest.mark.parametrize("is_streamed", [False, True])
def test_a_prompt_without_contents_is_not_the_providers_fault(*, is_streamed: bool) -> None:
    """The SDK's own `ValueError` says what it misses, before there is a request."""
    with (
        WireServer() as server,
        Client(api_key="test", http_options={"base_url": server.url("google")}) as client,
    ):

        def ask() -> list[Messages.Type]:
            return [Messages.System("Be brief.")]

        def run() -> object:
            if is_streamed:
                return google.call("a-model", stream=True, client=client)(ask)().drain()
            return google.call("a-model", client=client)(ask)()

        with pytest.raises(ValueError, match="contents are required") as caught:
            run()
        assert ValueError is caught.type
        assert [] == server.requests


def test_a_first_event_that_is_no_json_is_the_providers() -> None:
    """What the decoder raises is told from what the SDK's check of its arguments raises."""
    with (
        WireServer() as server,
        Client(api_key="test", http_options={"base_url": server.url("google")}) as client,
    ):
        server.play(Raw(body=b"data: {nonsense\n\n"))

        @google.call("a-model", stream=True, client=client)
        def ask() -> str:
            return "Hello"

        with pytest.raises(ProviderStreamError):
            ask().drain()


def test_a_stream_that_breaks_off_is_not_continued() -> None:
    """A token with which the answer could go on does not make a second request of one."""
    candidate = {
        "content": {"role": "model", "parts": [{"text": "a"}]},
        "continuationToken": "QUJD",
    }
    event = f"data: {json.dumps({'candidates': [candidate]})}\r\n\r\n".encode()
    with (
        WireServer() as server,
        Client(api_key="test", http_options={"base_url": server.url("google")}) as client,
    ):
        server.play(Raw(body=event))

        @google.call("a-model", stream=True, client=client)
        def ask() -> str:
            return "Hello"

        stream = ask()
        with pytest.raises(StreamTruncated):
            stream.drain()
        assert "a" == stream.content
        assert 1 == len(server.requests)
