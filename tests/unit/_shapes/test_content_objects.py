"""The SDKs' objects say the same to a fold that reads no more of them than it needs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mirascope.core.gemini._protos import response_of
from mirascope.core.google._typed import typed
from tests.support.providers import PROVIDERS, Provider
from tests.support.wire import fold

GOOGLE = next(provider for provider in PROVIDERS if provider.name == "google")
GEMINI = next(provider for provider in PROVIDERS if provider.name == "gemini")


def google_object(event: dict[str, Any]) -> Any:
    """What google-genai yields for an event."""
    from google.genai import types

    return typed(types.GenerateContentResponse, event)


def gemini_object(event: dict[str, Any]) -> Any:
    """What google-generativeai reads from its connection for an event."""
    return response_of(event)._result


def told(provider: Provider, folding: Any) -> Any:
    """All that a fold says of what has arrived."""
    response = provider.plain(folding.response())
    return folding.complete, folding.content, folding.model, folding.common_usage, response


SDKS = [
    pytest.param(GOOGLE, google_object, id="google"),
    pytest.param(GEMINI, gemini_object, id="gemini"),
]


def event(*parts: Any, **said: Any) -> dict[str, Any]:
    """An event of one candidate, with what it says beside it."""
    return {"candidates": [candidate(*parts)], **said}


def candidate(*parts: Any, role: str | None = "model", **said: Any) -> dict[str, Any]:
    """A candidate with what it says beside its parts."""
    content = {"parts": list(parts), **({} if role is None else {"role": role})}
    return {"content": content, **({"index": 0} | said)}


texts = st.text("abü\n", max_size=3)
usage = st.builds(lambda count: {"promptTokenCount": count}, st.integers(1, 3))
beside = st.fixed_dictionaries(
    {}, optional={"usageMetadata": usage, "modelVersion": st.sampled_from(["m-1", "m-2"])}
)
mere = st.builds(lambda text, said: event({"text": text}, **said), texts, beside)
parts = st.one_of(
    st.builds(lambda text: {"text": text}, texts),
    st.builds(lambda name: {"functionCall": {"name": name, "args": {}}}, st.just("Find")),
    st.just({"inlineData": {"mimeType": "image/png", "data": "AAAA"}}),
)
candidates = st.builds(
    lambda said, role, rest: candidate(*said, role=role, **rest),
    st.lists(parts, min_size=1, max_size=2),
    st.sampled_from(["model", "user", None]),
    st.fixed_dictionaries(
        {}, optional={"index": st.sampled_from([0, 1, None]), "finishReason": st.just("STOP")}
    ),
)
others = st.builds(
    lambda found, beside: {"candidates": found, **beside},
    st.lists(candidates, min_size=1, max_size=2),
    beside,
)
blocked = st.just({"promptFeedback": {"blockReason": "SAFETY"}})
events = st.lists(st.one_of(mere, others, blocked), max_size=8)

COUNTED = [
    event({"text": "a"}, usageMetadata={"promptTokenCount": 1}),
    event({"text": "b"}, usageMetadata={"promptTokenCount": 2}),
    event({"text": "c"}, modelVersion="m-1"),
    event({"text": "d"}, modelVersion="m-2"),
]
OTHERWISE = [
    event({"text": "a"}),
    {"candidates": [candidate({"text": "b"}, role="user")]},
    {"candidates": [candidate({"text": "c"}, role="user", index=None)]},
    {"candidates": [candidate({"text": "d"}, role="user")]},
    {"candidates": [candidate({"text": "e"}, role="user", finishReason="STOP")]},
]


@pytest.mark.parametrize(("provider", "made"), SDKS)
@example(COUNTED)
@example(OTHERWISE)
@example(OTHERWISE[:2])
@example(OTHERWISE[2:4])
@given(events)
def test_objects_are_folded_as_their_events(
    provider: Provider, made: Any, events: list[dict[str, Any]]
) -> None:
    """Whatever is left unread, all steps say what they would have said, and so does the rest."""
    whole, lazy = fold(provider), fold(provider)
    for each in events:
        item = made(each)
        ((expected, _),) = whole.feed(whole.event_of(item), item)
        found, _ = lazy.feed_text(item) or lazy.feed(None, item)[0]
        assert expected.content == found.content
        assert expected.common_finish_reasons == found.common_finish_reasons
        assert expected == found

    assert told(provider, whole) == told(provider, lazy)


@pytest.mark.parametrize(("provider", "made"), SDKS)
def test_what_repeats_is_not_read(provider: Provider, made: Any) -> None:
    """Of a text with the shape of the last one, the JSON is made when somebody asks for it."""
    folding = fold(provider)
    for count in (1, 2):
        said = {"promptTokenCount": count}
        item = made(event({"text": "a"}, usageMetadata=said))
        chunk, _ = folding.feed_text(item) or folding.feed(None, item)[0]

    assert chunk._data is None
    assert ("a", 2) == (chunk.content, chunk.common_usage.input_tokens)
    assert 2 == folding.common_usage.input_tokens
