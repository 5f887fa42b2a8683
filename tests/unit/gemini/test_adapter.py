"""What a call does with the user's model object, its options and its transport."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from mirascope.core import Messages, errors, gemini
from mirascope.core.base._adapter import Request
from mirascope.core.gemini._encode import encode
from mirascope.core.testing import Answer, ErrorEvent, Raw, WireServer
from tests.support.gemini_grpc import RestModel


def test_the_users_model_object_is_never_changed() -> None:
    """A system message goes behind the model's own, on a copy; the next call does not see it."""
    with WireServer() as server, RestModel(server.url("gemini")) as model:
        server.play(Answer(text="hi"))
        before = dict(vars(model))

        @gemini.call("ignored", client=model, stream=True)
        def ask(system: str) -> Any:
            return [*([Messages.System(system)] if system else []), Messages.User("hello")]

        for system in ("Be kind.", ""):
            ask(system).drain()

        first, second = (request.json for request in server.requests)
        assert before == vars(model)

    assert "Be kind." == first["systemInstruction"]["parts"][0]["text"]
    assert "systemInstruction" not in second
    assert "test-model" in server.requests[0].path


def test_asynchronous_calls_over_rest_say_what_to_do() -> None:
    """The SDK cannot await over REST; its own error would not say so."""
    model = RestModel("http://127.0.0.1:1")
    model._async_client = model._client

    async def ask() -> Any:
        return [Messages.User("hello")]

    for streamed in (True, False):

        async def run(streamed: bool = streamed) -> None:
            call: Any = gemini.call("m", client=model, stream=streamed)(ask)
            result = await call()
            if streamed:
                await result.drain()

        with pytest.raises(errors.SyncAsyncMismatch, match=r"grpc|'rest'"):
            asyncio.run(run())
    with model:
        pass


def test_retries_are_off_unless_asked_for() -> None:
    """The SDK would repeat a request for ten minutes; the user's options are kept."""
    message = [Messages.User("hi")]

    plain = encode(Request(model="m", messages=message))
    asked = encode(
        Request(model="m", messages=message, params={"request_options": {"retry": "yes"}})
    )

    assert {"retry": None} == plain["request_options"]
    assert {"retry": "yes"} == asked["request_options"]


def test_parameters() -> None:
    """Common names are renamed, beside or over a configuration; there is no seed."""
    params = {
        "generation_config": {"top_k": 3, "temperature": 1.0},
        "temperature": 0.5,
        "stop": "E",
    }

    kwargs = encode(Request(model="m", messages=[Messages.User("hi")], params=params))

    assert {"top_k": 3, "temperature": 0.5, "stop_sequences": ["E"]} == kwargs["generation_config"]
    assert {"top_k": 3, "temperature": 1.0} == params["generation_config"]
    with pytest.raises(ValueError, match="seed"):
        encode(Request(model="m", messages=[], params={"seed": 1}))


def test_an_error_in_a_stream_over_rest_is_an_error() -> None:
    """What the SDK reads as a message without content raises, after what arrived."""
    with WireServer() as server, RestModel(server.url("gemini")) as model:
        server.play(Answer(text=["a", "b"], faults=[ErrorEvent(after=1)]))
        stream: Any = gemini.call("m", client=model, stream=True)(lambda: "hello")()

        with pytest.raises(errors.ProviderStreamError, match="leaves of an error"):
            stream.drain()

    assert "a" == stream.content


def test_an_event_of_unknown_fields_over_rest_is_shown() -> None:
    """The SDK drops what it does not know; that is no failure where the answer goes on."""
    end = {"content": {"parts": [{"text": "b"}], "role": "model"}, "finishReason": "STOP"}
    events = [
        {"candidates": [{"content": {"parts": [{"text": "a"}], "role": "model"}}]},
        {"something": "new"},
        {"candidates": [end]},
    ]
    with WireServer() as server, RestModel(server.url("gemini")) as model:
        server.play(Raw(body=json.dumps(events).encode(), content_type="application/json"))
        stream: Any = gemini.call("m", client=model, stream=True)(lambda: "hello")()

        steps = list(stream)

    assert "ab" == stream.content
    assert ["a", "", "b"] == [chunk.content for chunk, _ in steps]
