"""What the installed SDKs know, beside what this package says of them: options and reasons.

A new release of an SDK makes these tests fail where it can do something new: then the option or the
reason is added, or stands here with why it is not. An older release cannot do all of it.
"""

from __future__ import annotations

import importlib
import inspect
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args, get_origin

import pytest

from mirascope.core.base.call_params import CommonCallParams
from tests.contracts.source import APIS
from tests.support.versions import older_sdks


@dataclass(frozen=True, kw_only=True)
class Sdk:
    """Where an SDK says what it takes and what it gives.

    Attributes:
        methods: The methods that take the options, as `module:path`.
        models: Models whose fields are options too.
        own: Options of ours that the SDK's methods do not have, with what becomes of them.
        left_out: Options of the SDK that ours do not have, with the reason.
        reasons: The types of its finish reasons.
        older_reasons: Reasons that the wire has and this version's type does not.
        going_on: Words of these types that say that the answer has not ended.
    """

    methods: tuple[str, ...]
    models: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[str, ...]
    older_reasons: frozenset[str] = frozenset()
    going_on: frozenset[str] = frozenset()


CALL = {
    "messages": "is the prompt",
    "model": "is the decorator's first argument",
    "stream": "is the decorator's `stream`",
    "tools": "is the decorator's `tools`",
}

FUNCTIONS = {"function_call": "is older than `tool_choice`", "functions": "is older than `tools`"}

CONFIG = "goes into `config`"

SDKS = {
    "anthropic": Sdk(
        methods=("anthropic.resources.messages:Messages.create",),
        own={
            "frequency_penalty": "is refused: Anthropic has none",
            "presence_penalty": "is refused: Anthropic has none",
            "seed": "is refused: Anthropic has none",
            "stop": "is sent as `stop_sequences`",
            "temperature": "is put in `extra_body`: newer SDKs do not name it",
            "top_k": "is put in `extra_body`: newer SDKs do not name it",
            "top_p": "is put in `extra_body`: newer SDKs do not name it",
        },
        reasons=("anthropic.types:StopReason",),
    ),
    "cohere": Sdk(
        methods=(
            "cohere:ClientV2.chat",
            "cohere:ClientV2.chat_stream",
            "cohere:Client.chat",
            "cohere:Client.chat_stream",
        ),
        own={"stop": "is sent as `stop_sequences`", "top_p": "is sent as `p`"},
        left_out={
            "accepts": "is about the bytes of the answer, which the SDK reads",
            "message": "is the prompt",
        },
        reasons=("cohere:ChatFinishReason", "cohere:FinishReason"),
    ),
    "gemini": Sdk(
        methods=("google.generativeai:GenerativeModel.generate_content",),
        models=("google.generativeai.types:GenerationConfig",),
        own={
            "max_tokens": "is sent as `max_output_tokens`",
            "seed": "is refused: the SDK knows none",
            "stop": "is sent as `stop_sequences`",
        },
        left_out={"contents": "is the prompt"},
        reasons=("google.generativeai.protos:Candidate.FinishReason",),
    ),
    "google": Sdk(
        methods=("google.genai.models:Models.generate_content",),
        models=("google.genai.types:GenerateContentConfig",),
        own={
            "max_tokens": "is sent as `max_output_tokens`",
            "stop": "is sent as `stop_sequences`",
        },
        left_out={
            "audio_timestamp": CONFIG,
            "audio_transcription_config": CONFIG,
            "automatic_continuation": CONFIG,
            "automatic_function_calling": "is off: the tools are the caller's to call",
            "contents": "is the prompt",
            "continuation_token": CONFIG,
            "enable_enhanced_civic_answers": CONFIG,
            "generation_output_config": CONFIG,
            "model_armor_config": CONFIG,
            "model_selection_config": CONFIG,
            "routing_config": CONFIG,
            "service_tier": CONFIG,
            "should_return_http_response": "is about the bytes of the answer, which the SDK reads",
            "store": CONFIG,
        },
        reasons=("google.genai.types:FinishReason",),
        older_reasons=frozenset({"JAILBREAK"}),
    ),
    "groq": Sdk(
        methods=("groq.resources.chat.completions:Completions.create",),
        left_out=FUNCTIONS,
        reasons=("groq.types.chat.chat_completion_chunk:Choice",),
    ),
    "mistral": Sdk(
        methods=("mistralai.client.chat:Chat.complete", "mistralai.client.chat:Chat.stream"),
        own={"seed": "is sent as `random_seed`"},
        reasons=("mistralai.client.models:CompletionResponseStreamChoice",),
        older_reasons=frozenset({"model_length"}),
    ),
    "openai": Sdk(
        methods=("openai.resources.chat.completions:Completions.create",),
        left_out=FUNCTIONS,
        reasons=("openai.types.chat.chat_completion_chunk:Choice",),
    ),
    "openai.responses": Sdk(
        methods=("openai.resources.responses:Responses.create",),
        own={
            "frequency_penalty": "is refused: responses have none",
            "max_tokens": "is sent as `max_output_tokens`",
            "presence_penalty": "is refused: responses have none",
            "seed": "is refused: responses have none",
            "stop": "is refused: responses have none",
        },
        left_out={"input": "is the prompt"},
        reasons=(
            "openai.types.responses.response:IncompleteDetails",
            "openai.types.responses:ResponseStatus",
        ),
        going_on=frozenset({"in_progress", "queued"}),
    ),
}

by_api = pytest.mark.parametrize("api", APIS)

COMMON = set(CommonCallParams.__annotations__)


def found(path: str) -> Any:
    """What `module:path` names."""
    module, _, inner = path.partition(":")
    with warnings.catch_warnings():
        # A retired SDK says so whenever it is imported.
        warnings.simplefilter("ignore")
        value: Any = importlib.import_module(module)
    for name in inner.split("."):
        value = getattr(value, name)
    return value


def fields_of(model: Any) -> set[str]:
    """The names of a model's fields."""
    known: Mapping[str, Any] | None = getattr(model, "model_fields", None)
    return set(known) if known is not None else {each.name for each in fields(model)}


def accepted(sdk: Sdk) -> set[str]:
    """The names of the options that an SDK takes."""
    names = {name for path in sdk.methods for name in inspect.signature(found(path)).parameters}
    for path in sdk.models:
        names |= fields_of(found(path))
    return names - {"self"}


def options(api: str) -> set[str]:
    """The names of the options that calls take."""
    module = importlib.import_module(f"mirascope.core.{api}.call_params")
    (name,) = module.__all__
    return set(getattr(module, name).__annotations__) | COMMON


def words(annotation: Any) -> set[str]:
    """The words that a type of finish reasons is made of."""
    if get_origin(annotation) is Literal:
        return set(get_args(annotation))
    if hasattr(annotation, "__members__"):
        return {name for name in annotation.__members__ if "UNSPECIFIED" not in name}
    for name in ("finish_reason", "reason"):
        if name in getattr(annotation, "model_fields", {}):
            return words(annotation.model_fields[name].annotation)
    return set().union(*map(words, get_args(annotation)))


def unlisted(known: Iterable[str], *tables: Iterable[str]) -> set[str]:
    """What is known and in none of the tables."""
    return set(known).difference(*tables)


def skip_with_an_older_sdk(api: str) -> None:
    """Skip a test that is about what the newest release can do."""
    older = older_sdks().get(api.partition(".")[0])
    if older:
        pytest.skip(older)


@by_api
def test_every_option_is_taken_by_the_sdk(api):
    """An option that the types allow is one that arrives."""
    skip_with_an_older_sdk(api)
    sdk = SDKS[api]

    assert set() == unlisted(options(api), accepted(sdk), sdk.own)


@by_api
def test_every_option_of_the_sdk_can_be_given(api):
    """What the SDK can do is in the types, or there is a reason."""
    sdk = SDKS[api]

    assert set() == unlisted(accepted(sdk), options(api), CALL, sdk.left_out)


@by_api
def test_no_reason_outlives_its_option(api):
    """The exceptions above are needed."""
    sdk = SDKS[api]

    assert set() == set(sdk.left_out) - accepted(sdk)
    assert set() == set(sdk.own) - options(api)
    assert set() == set(sdk.left_out) & options(api)


@by_api
def test_every_finish_reason_is_known(api):
    """The type of `finish_reasons` has every word that the SDK's has."""
    skip_with_an_older_sdk(api)
    sdk = SDKS[api]
    module = importlib.import_module(f"mirascope.core.{api}.call_response_chunk")
    ours = set(get_args(module.FinishReason))
    theirs = set().union(*(words(found(path)) for path in sdk.reasons))

    assert theirs
    assert theirs - sdk.going_on == ours - sdk.older_reasons


def test_the_events_of_anthropic_are_known():
    """Every event that the SDK tells apart has its class among those a chunk is built of."""
    from anthropic.types import RawMessageStreamEvent

    from mirascope.core.anthropic import call_response_chunk as ours

    members = get_args(get_args(RawMessageStreamEvent)[0])
    theirs = {get_args(each.model_fields["type"].annotation)[0]: each for each in members}

    assert theirs == ours._EVENTS
