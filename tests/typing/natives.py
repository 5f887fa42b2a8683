"""What differs between the providers by more than a name: their SDKs' own types.

A provider's entry is the text of a module. It gives the SDK's clients, its chunk, response and
usage under common names, with the provider's finish reasons, and reads a chunk's text by way of the
SDK's object.
"""

from __future__ import annotations

__all__ = ["NATIVES"]

_OPENAI = '''
from openai import AsyncOpenAI as AsyncClient
from openai import OpenAI as Client
from openai.types.chat import ChatCompletion as NativeResponse
from openai.types.chat import ChatCompletionChunk as NativeChunk
from openai.types.completion_usage import CompletionUsage as NativeUsage

from mirascope.core.openai.call_response_chunk import FinishReason

__all__ = [
    "AsyncClient", "Client", "FinishReason", "NativeChunk", "NativeResponse", "NativeUsage",
    "text_of",
]


def text_of(chunk: NativeChunk) -> str | None:
    return chunk.choices[0].delta.content
'''

NATIVES = {"openai": _OPENAI}
"""By the name of the provider's module."""
