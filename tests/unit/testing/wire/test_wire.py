"""Which request is for which wire format."""

from __future__ import annotations

import pytest

from mirascope.core.testing import Answer, Request, render
from mirascope.core.testing._wire import find_wire


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/openai/v1/chat/completions", "OpenAI chat completions"),
        ("/openai/deployments/d/chat/completions", "OpenAI chat completions"),
        ("/openai/v1/responses", "OpenAI responses"),
        ("/groq/openai/v1/chat/completions", "Groq chat completions"),
        ("/mistral/v1/chat/completions", "Mistral chat completions"),
        ("/anthropic/v1/messages", "Anthropic messages"),
        ("/cohere/v2/chat", "Cohere chat v2"),
        ("/cohere/v1/chat", "Cohere chat v1"),
        ("/google/v1beta/models/m:generateContent", "Google generateContent"),
        ("/gemini/v1beta/models/m:streamGenerateContent", "Google generateContent"),
        ("/openai/v1/models", None),
        ("/anthropic/v1/messages/count_tokens", None),
        ("/cohere/v1/chats", None),
        ("/v1/chat/completions", None),
    ],
)
def test_find_wire(path: str, expected: str | None):
    """A path says which format, or that there is none."""
    wire = find_wire(path)
    assert expected == (wire and wire.name)


def test_unknown_path():
    """An unknown path is a mistake that says what to do."""
    with pytest.raises(ValueError, match=r"'/v1/nothing'.*WireServer\.url"):
        render(Answer(), Request(path="/v1/nothing"))
