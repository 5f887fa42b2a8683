"""The names in which the signatures of the providers' `call` differ."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PROVIDERS", "Provider"]


@dataclass(frozen=True, kw_only=True)
class Provider:
    """The names that differ.

    Attributes:
        name: The module's name, below `mirascope.core`.
        prefix: What the classes' names begin with.
        title: How the provider is called in a sentence.
        imports: The lines that import what `model` and `clients` name.
        own_imports: Those that import it from the provider's own modules.
        model: The type of `model`.
        clients: The types of `client`, apart from `None`.
        two_kinds: Whether they differ for a `def` and an `async def`.
    """

    name: str
    prefix: str
    title: str
    imports: str
    model: str
    clients: str
    own_imports: str = ""
    two_kinds: bool = True


PROVIDERS = (
    Provider(
        name="anthropic",
        prefix="Anthropic",
        title="Anthropic",
        imports="from anthropic.types import ModelParam",
        own_imports="from ._clients import AnyClient\n",
        model="ModelParam",
        clients="AnyClient",
    ),
    Provider(
        name="openai",
        prefix="OpenAI",
        title="OpenAI",
        imports="from openai import AsyncOpenAI, OpenAI\nfrom openai.types import ChatModel",
        model="ChatModel | str",
        clients="OpenAI | AsyncOpenAI",
    ),
    Provider(
        name="openai.responses",
        prefix="OpenAIResponses",
        title="OpenAI",
        imports="from openai import AsyncOpenAI, OpenAI\nfrom openai.types import ResponsesModel",
        model="ResponsesModel",
        clients="OpenAI | AsyncOpenAI",
    ),
    Provider(
        name="cohere",
        prefix="Cohere",
        title="Cohere",
        imports="from cohere import AsyncClient, AsyncClientV2, Client, ClientV2",
        model="str",
        clients="ClientV2 | Client | AsyncClientV2 | AsyncClient",
    ),
    Provider(
        name="groq",
        prefix="Groq",
        title="Groq",
        imports="from groq import AsyncGroq, Groq",
        model="str",
        clients="Groq | AsyncGroq",
    ),
    Provider(
        name="mistral",
        prefix="Mistral",
        title="Mistral",
        imports="from mistralai.client import Mistral",
        model="str",
        clients="Mistral",
    ),
    Provider(
        name="gemini",
        prefix="Gemini",
        title="Gemini",
        imports="from google.generativeai.generative_models import GenerativeModel",
        model="str",
        clients="GenerativeModel",
        two_kinds=False,
    ),
    Provider(
        name="google",
        prefix="Google",
        title="Google",
        imports="from google.genai import Client",
        model="str",
        clients="Client",
        two_kinds=False,
    ),
)
