"""The wire formats, and which request is for which of them."""

from __future__ import annotations

import re

from . import anthropic, chat_completions, cohere, cohere_v1, google, responses
from ._format import Asked, Wire

__all__ = ["Asked", "Wire", "find_wire"]

_ROUTES: tuple[tuple[re.Pattern[str], Wire], ...] = tuple(
    (re.compile(pattern), wire)
    for pattern, wire in (
        (r"/groq/(.*/)?chat/completions", chat_completions.GROQ),
        (r"/mistral/(.*/)?chat/completions", chat_completions.MISTRAL),
        (r"/openai/(.*/)?chat/completions", chat_completions.OPENAI),
        (r"/openai/(.*/)?responses", responses.RESPONSES),
        (r"/anthropic/(.*/)?messages", anthropic.MESSAGES),
        (r"/cohere/(.*/)?v2/chat", cohere.CHAT),
        (r"/cohere/(.*/)?v1/chat", cohere_v1.CHAT),
        (r"/(gemini|google)/.*:(streamG|g)enerateContent", google.GENERATE_CONTENT),
    )
)


def find_wire(path: str) -> Wire | None:
    """The wire format of the endpoint at this path, or `None` where there is none."""
    return next((wire for pattern, wire in _ROUTES if pattern.fullmatch(path)), None)
