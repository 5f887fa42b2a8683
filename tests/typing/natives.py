"""What differs between the providers by more than a name: their SDKs' own types.

A provider's entry is the text of a module. It gives the SDK's clients, its chunk, response and
usage under common names, with the provider's finish reasons; it makes a message in the provider's
form, and reads a chunk's text by way of the SDK's object.
"""

from __future__ import annotations

__all__ = ["NATIVES"]

_OPENAI = '''
from openai import AsyncOpenAI as AsyncClient
from openai import OpenAI as Client
from openai.types.chat import ChatCompletion as NativeResponse
from openai.types.chat import ChatCompletionChunk as NativeChunk
from openai.types.completion_usage import CompletionUsage as NativeUsage

from mirascope.core.openai import OpenAIMessageParam
from mirascope.core.openai.call_response_chunk import FinishReason

__all__ = [
    "AsyncClient",
    "Client",
    "FinishReason",
    "NativeChunk",
    "NativeResponse",
    "NativeUsage",
    "native_message",
    "text_of",
]


def native_message(text: str) -> OpenAIMessageParam:
    return {"role": "user", "content": text}


def text_of(chunk: NativeChunk) -> str | None:
    return chunk.choices[0].delta.content
'''

_GROQ = '''
from groq import AsyncGroq as AsyncClient
from groq import Groq as Client
from groq.types.chat import ChatCompletion as NativeResponse
from groq.types.chat import ChatCompletionChunk as NativeChunk
from groq.types.completion_usage import CompletionUsage as NativeUsage

from mirascope.core.groq import GroqMessageParam
from mirascope.core.groq.call_response_chunk import FinishReason

__all__ = [
    "AsyncClient",
    "Client",
    "FinishReason",
    "NativeChunk",
    "NativeResponse",
    "NativeUsage",
    "native_message",
    "text_of",
]


def native_message(text: str) -> GroqMessageParam:
    return {"role": "user", "content": text}


def text_of(chunk: NativeChunk) -> str | None:
    return chunk.choices[0].delta.content
'''

NATIVES = {"groq": _GROQ, "openai": _OPENAI}
"""By the name of the provider's module."""
