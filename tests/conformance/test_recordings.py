"""Every recorded reply, replayed through the real SDK clients and compared with what it says."""

from __future__ import annotations

import importlib
import json
from http import HTTPStatus
from typing import Any

import pytest

from mirascope.core import Messages
from mirascope.core.testing import Answer, Raw, WireServer
from tests.support.differences import DIFFERENCES, Difference
from tests.support.playing import ask, play
from tests.support.providers import PROVIDERS, Provider
from tests.support.recordings import Recording, load, names
from tests.support.requests import REFUSING, sent_texts
from tests.support.wire import fold, run


def _cases(*, streamed: bool) -> list[Any]:
    cases = []
    for provider in PROVIDERS:
        for name in names(*provider.recordings, api=provider.api, streamed=streamed):
            if isinstance(name, str) and name in provider.unread:
                continue
            marks = getattr(name, "marks", ())
            text = name if isinstance(name, str) else provider.name
            cases.append(pytest.param(provider, text, id=f"{provider.label}-{text}", marks=marks))
    return cases


def _difference(provider: Provider, name: str) -> Difference:
    none = Difference(reason="")
    return DIFFERENCES.get(f"{provider.name}: {name}", DIFFERENCES.get(name, none))


def _expected(provider: Provider, recording: Recording) -> dict[str, Any]:
    truth = provider.truth(recording.truth)
    difference = _difference(provider, recording.name)
    return {
        "text": truth["text"],
        "reasoning": truth.get("reasoning") or None,
        "refusal": truth.get("refusal") or None,
        "tool_calls": [
            (call["id"], call["name"], provider.arguments(call["arguments"]))
            for call in truth.get("tool_calls", [])
        ],
        "finish_reason": truth["finish_reason"],
        "usage": truth["usage"] or None,
        "model": truth.get("model"),
        "id": truth.get("id"),
        "tool_plan": truth.get("tool_plan"),
        **difference.said,
    }


def without_nulls(value: Any) -> Any:
    """The value without fields that are null: what is known of recordings leaves those out."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return value


def _said(provider: Provider, response: Any) -> dict[str, Any]:
    return {
        "text": response.content,
        "reasoning": response.reasoning,
        "refusal": response.refusal,
        "tool_calls": provider.calls(response),
        "finish_reason": (response.finish_reasons or [None])[0],
        "usage": without_nulls(provider.usage(response)),
        "model": provider.native_model(response),
        "id": provider.identity(response),
        "tool_plan": getattr(response, "tool_plan", None),
    }


@pytest.mark.parametrize("chunking", ["whole", 61])
@pytest.mark.parametrize(("provider", "name"), _cases(streamed=True))
def test_a_recorded_stream_is_read_as_its_provider_meant_it(
    provider: Provider, name: str, colour: str, chunking: Any, server: WireServer
) -> None:
    """Text, reasoning, tools, finish reason, usage, model and id are those of the recording."""
    recording = load(name)
    body, content_type = provider.framed(recording)
    server.play(Raw(body=body, content_type=content_type, chunking=chunking))

    outcome = play(provider, colour, server)

    failure = provider.truth(recording.truth)["error"]
    known = _difference(provider, name).errors
    expected = known or {failure["type"] if failure else "NoneType"}
    assert type(outcome.error).__name__ in expected
    assert _expected(provider, recording) == _said(provider, outcome.response)
    assert outcome.text == outcome.response.content


@pytest.mark.parametrize(("provider", "name"), _cases(streamed=False))
def test_a_recorded_whole_reply_is_read_as_its_provider_meant_it(
    provider: Provider, name: str, colour: str, server: WireServer
) -> None:
    """A reply that was not streamed gives what it says; a recorded failure is the SDK's own."""
    recording = load(name)
    server.play(
        Raw(body=recording.body, content_type=recording.content_type, status=recording.status)
    )
    failure = provider.truth(recording.truth)["error"]
    if failure:
        with pytest.raises(provider.sdk_error) as caught:
            ask(provider, colour, server)
        # Older SDKs lack some of the newer ones' classes.
        sdk = importlib.import_module(provider.error[0])
        assert isinstance(caught.value, getattr(sdk, failure["type"], provider.sdk_error))
        return

    response = ask(provider, colour, server)

    assert _expected(provider, recording) == _said(provider, response)


@pytest.mark.parametrize(("provider", "name"), _cases(streamed=False))
def test_a_whole_reply_cut_into_events_folds_back_to_itself(provider: Provider, name: str) -> None:
    """Folding loses nothing of a recorded reply: every field is there again."""
    recording = load(name)
    if recording.status != HTTPStatus.OK or provider.truth(recording.truth)["error"]:
        pytest.skip("a failure has nothing to fold")
    reply = json.loads(recording.body)
    folding = fold(provider)

    run(folding, list(provider.split(reply)))
    folded = provider.plain(folding.response())

    assert without_empty(provider.whole(reply)) == without_empty(folded)


def without_empty(value: Any) -> Any:
    """The value without fields that say nothing: a stream has no way to send those."""
    if isinstance(value, dict):
        kept = {key: without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, [], {})}
    return [without_empty(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("provider", "name"), _cases(streamed=True))
def test_nothing_empty_goes_back(provider: Provider, name: str, server: WireServer) -> None:
    """The message that a recorded answer makes for the next turn has no part without content."""
    if provider.name not in REFUSING:
        pytest.skip(f"{provider.name} takes empty content back")
    body, content_type = provider.framed(load(name))
    server.play(Raw(body=body, content_type=content_type), Answer(text=["Done."]))
    outcome = play(provider, "sync", server)
    history = [*outcome.stream.messages, outcome.response.message_param, Messages.User("Go on.")]

    assert "Done." == provider.continue_with(server, history, colour="sync")

    assert all(text and text.strip() for text in sent_texts(server.requests[-1]))
