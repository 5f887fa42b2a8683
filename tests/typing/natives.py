"""What differs between the providers by more than a name: the types of their SDKs.

Each provider's entry gives them under common names: the clients, the message, and what a chunk, a
response and a usage report are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.util import find_spec

__all__ = ["NATIVES", "Native"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Native:
    """A provider as the programs see it.

    Attributes:
        name: The name of its module.
        prefix: What the names of its classes begin with.
        sdk: The SDK's module.
        source: What gives the SDK's types their common names, as Python text.
        two_clients: Whether the SDK has a client for each colour.
        package: Where the module is.
    """

    name: str
    prefix: str
    sdk: str
    source: str
    two_clients: bool = True
    package: str = "mirascope.core"

    def program(self, text: str) -> str:
        """Give the text of a program about OpenAI as one about this provider."""
        text = text.replace("OpenAI", self.prefix)
        text = re.sub(r"(?<![a-z])openai(?![a-z])", self.name, text)
        if self.package == "mirascope.core":
            return text
        named = rf"(from mirascope\.core import \(?[^()]*?)\b{self.name},\s*"
        return re.sub(named, rf"from {self.package} import {self.name}\n\1", text, count=1)

    @property
    def module(self) -> str:
        """The text of the module that the programs import."""
        return f"{self.source}\n\n__all__ = {list(_NAMES)!r}\n"

    @property
    def installed(self) -> bool:
        """Whether the SDK is there to be checked against."""
        try:
            return find_spec(self.sdk) is not None
        except ModuleNotFoundError:
            return False


_NAMES = (
    "AsyncClient",
    "Client",
    "FinishReason",
    "NativeChunk",
    "NativeChunkUsage",
    "NativeResponse",
    "NativeUsage",
    "native_message",
    "text_of",
)

_CHAT = """
from SDK import AsyncPREFIX as AsyncClient
from SDK import PREFIX as Client
from SDK.types.chat import ChatCompletion as NativeResponse
from SDK.types.chat import ChatCompletionChunk as NativeChunk
from SDK.types.completion_usage import CompletionUsage as NativeUsage

from mirascope.core.SDK import PREFIXMessageParam
from mirascope.core.SDK.call_response_chunk import FinishReason

NativeChunkUsage = NativeUsage


def native_message(text: str) -> PREFIXMessageParam:
    return {"role": "user", "content": text}


def text_of(chunk: NativeChunk) -> str | None:
    return chunk.choices[0].delta.content
"""

_ANTHROPIC = """
from anthropic import Anthropic as Client
from anthropic import AsyncAnthropic as AsyncClient
from anthropic.types import Message as NativeResponse
from anthropic.types import MessageDeltaUsage
from anthropic.types import RawMessageStreamEvent as NativeChunk
from anthropic.types import Usage as NativeUsage

from mirascope.core.anthropic import AnthropicMessageParam
from mirascope.core.anthropic.call_response_chunk import FinishReason

NativeChunkUsage = NativeUsage | MessageDeltaUsage


def native_message(text: str) -> AnthropicMessageParam:
    return {"role": "user", "content": text}


def text_of(chunk: NativeChunk) -> str | None:
    if chunk.type == "content_block_delta" and chunk.delta.type == "text_delta":
        return chunk.delta.text
    return None
"""

_COHERE = """
from cohere import ApiMeta
from cohere import AsyncClientV2 as AsyncClient
from cohere import ClientV2 as Client
from cohere import NonStreamedChatResponse, StreamedChatResponse, Usage
from cohere import V2ChatResponse, V2ChatStreamResponse

from mirascope.core.cohere import CohereMessageParam
from mirascope.core.cohere.call_response_chunk import FinishReason

NativeChunk = V2ChatStreamResponse | StreamedChatResponse
NativeChunkUsage = Usage | ApiMeta
NativeResponse = V2ChatResponse | NonStreamedChatResponse
NativeUsage = Usage | ApiMeta


def native_message(text: str) -> CohereMessageParam:
    return {"role": "user", "content": text}


def text_of(chunk: NativeChunk) -> str | None:
    text: str | None = getattr(chunk, "text", None)
    return text
"""

_GEMINI = """
from google.generativeai import protos
from google.generativeai.generative_models import GenerativeModel as Client
from google.generativeai.types import GenerateContentResponse as NativeChunk

from mirascope.core.gemini import GeminiMessageParam
from mirascope.core.gemini.call_response_chunk import FinishReason

AsyncClient = Client
NativeUsage = protos.GenerateContentResponse.UsageMetadata
NativeChunkUsage = NativeUsage
NativeResponse = NativeChunk


def native_message(text: str) -> GeminiMessageParam:
    return {"role": "user", "parts": [{"text": text}]}


def text_of(chunk: NativeChunk) -> str | None:
    text: str = chunk.text
    return text
"""

_GOOGLE = """
from google.genai import Client
from google.genai.types import Content
from google.genai.types import GenerateContentResponse as NativeChunk
from google.genai.types import GenerateContentResponseUsageMetadata as NativeUsage
from google.genai.types import Part

from mirascope.core.google import GoogleMessageParam
from mirascope.core.google.call_response_chunk import FinishReason

AsyncClient = Client
NativeChunkUsage = NativeUsage
NativeResponse = NativeChunk


def native_message(text: str) -> GoogleMessageParam:
    return Content(role="user", parts=[Part(text=text)])


def text_of(chunk: NativeChunk) -> str | None:
    return chunk.text
"""

_MISTRAL = """
from mistralai.client import Mistral as Client
from mistralai.client.models import ChatCompletionResponse as NativeResponse
from mistralai.client.models import CompletionChunk as NativeChunk
from mistralai.client.models import UsageInfo as NativeUsage
from mistralai.client.models import UserMessage

from mirascope.core.mistral import MistralMessageParam
from mirascope.core.mistral.call_response_chunk import FinishReason

AsyncClient = Client
NativeChunkUsage = NativeUsage


def native_message(text: str) -> MistralMessageParam:
    return UserMessage(content=text)


def text_of(chunk: NativeChunk) -> str | None:
    content = chunk.choices[0].delta.content
    return content if isinstance(content, str) else None
"""

_RESPONSES = """
from openai import AsyncOpenAI as AsyncClient
from openai import OpenAI as Client
from openai.types.responses import Response as NativeResponse
from openai.types.responses import ResponseStreamEvent as NativeChunk
from openai.types.responses import ResponseUsage as NativeUsage

from mirascope.core.openai.responses import OpenAIResponsesMessageParam
from mirascope.core.openai.responses.call_response_chunk import FinishReason

NativeChunkUsage = NativeUsage


def native_message(text: str) -> OpenAIResponsesMessageParam:
    return {"role": "user", "content": text}


def text_of(chunk: NativeChunk) -> str | None:
    return chunk.delta if chunk.type == "response.output_text.delta" else None
"""

NATIVES = (
    Native(name="anthropic", prefix="Anthropic", sdk="anthropic", source=_ANTHROPIC),
    Native(name="cohere", prefix="Cohere", sdk="cohere", source=_COHERE),
    Native(
        name="gemini",
        prefix="Gemini",
        sdk="google.generativeai",
        source=_GEMINI,
        two_clients=False,
    ),
    Native(name="google", prefix="Google", sdk="google.genai", source=_GOOGLE, two_clients=False),
    Native(
        name="groq",
        prefix="Groq",
        sdk="groq",
        source=_CHAT.replace("SDK", "groq").replace("PREFIX", "Groq"),
    ),
    Native(name="mistral", prefix="Mistral", sdk="mistralai", source=_MISTRAL, two_clients=False),
    Native(
        name="openai",
        prefix="OpenAI",
        sdk="openai",
        source=_CHAT.replace("SDK", "openai").replace("PREFIX", "OpenAI"),
    ),
    Native(
        name="responses",
        prefix="OpenAIResponses",
        sdk="openai",
        source=_RESPONSES,
        package="mirascope.core.openai",
    ),
)
