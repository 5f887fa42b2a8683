"""What is measured: every comparison, and the most it may be.

A `Block` is measured together: its contenders take turns, so that each ratio is one of
neighbouring runs. `CONTENDER.ACTION` names an action of a file in `contenders`.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BLOCKS", "IMPORTS", "PEERS", "PROVIDERS", "Block", "Pair"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A comparison of two contenders.

    Attributes:
        title: What the table calls it.
        contender: What is measured.
        base: What it is compared with.
        goal: The most that the ratio may be; `None` where nothing is asked for.
    """

    title: str
    contender: str
    base: str = "raw.text"
    goal: float | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Comparisons that are measured together.

    Attributes:
        group: The table they stand in.
        wire: The wire the server speaks.
        mode: How it writes.
        n: The deltas of an answer, or the calls of a run.
        pairs: The comparisons.
        environment: Where the contenders run.
    """

    group: str
    wire: str
    mode: str
    n: int
    pairs: tuple[Pair, ...]
    environment: str = "core"


def _text(sync: float | None, asynchronous: float | None = None) -> tuple[Pair, Pair]:
    return (
        Pair("text", "core.text", goal=sync),
        Pair("text, async", "core.text_async", "raw.text_async", asynchronous),
    )


_CHUNK = Pair("`.chunk` read on every chunk", "core.typed", goal=0.18)
_SLOW = Pair("the SDK's own path", "core.sdk_path", goal=1.10)
_FLOOR = Pair("text, to the HTTP library alone", "core.text", "floor.text", 1.6)
_AFLOOR = Pair("text, async, to the HTTP library alone", "core.text_async", "floor.text_async")
_TOOLS = Pair("arguments of 20 kB", "core.tools", "raw.tools", 0.15)
_LONG = Pair("arguments of 100 kB", "core.tools", "raw.tools", 0.15)
_ONCE = "All written at once"
_EACH = "One event for each network read"
_CALLS = "Tool calls: arguments in deltas of 8 characters"

BLOCKS = (
    Block(_ONCE, "openai", "blast", 20000, (*_text(0.10, 0.14), _CHUNK, _SLOW, _FLOOR, _AFLOOR)),
    Block(_ONCE, "groq", "blast", 20000, (*_text(0.10, 0.14), _CHUNK, _SLOW, _FLOOR, _AFLOOR)),
    Block(_ONCE, "cohere", "blast", 20000, (*_text(0.11), _SLOW, _FLOOR, _AFLOOR)),
    Block(_ONCE, "mistral", "blast", 4000, (*_text(0.04), _SLOW, _FLOOR, _AFLOOR)),
    Block(_ONCE, "anthropic", "blast", 20000, (*_text(0.38), _SLOW, _FLOOR, _AFLOOR)),
    Block(_ONCE, "gemini", "blast", 4000, _text(0.35)),
    Block(_ONCE, "google", "blast", 4000, _text(1.05)),
    Block(_EACH, "openai", "paced500", 2000, _text(0.42)),
    Block(_EACH, "mistral", "paced1000", 1000, _text(0.14)),
    Block(_EACH, "anthropic", "paced500", 2000, _text(0.68)),
    Block(_EACH, "groq", "paced500", 2000, _text(None)),
    Block(_EACH, "cohere", "paced500", 2000, _text(None)),
    Block("HTTP chunks of 16 KiB", "openai", "fat", 10000, _text(None)),
    Block("HTTP chunks of 16 KiB", "anthropic", "fat", 20000, _text(None)),
    Block(_CALLS, "openai_tools", "blast", 2500, (_TOOLS,)),
    Block(_CALLS, "openai_tools", "blast", 12500, (_LONG,)),
)
"""This library against the SDKs."""

PROVIDERS = ("openai", "anthropic", "groq", "mistral", "cohere", "google", "gemini")


def _peer(environment: str, contender: str, title: str, *wires: str) -> tuple[Block, ...]:
    pairs = (
        Pair(title, f"{contender}.text"),
        Pair(f"{title}, async", f"{contender}.text_async", "raw.text_async"),
    )
    return tuple(Block("Others", wire, "blast", 4000, pairs, environment) for wire in wires)


_BOTH = ("openai", "anthropic")

PEERS = (
    *_peer("core", "core", "mirascope-core", *_BOTH),
    *_peer("core", "helpers", "the SDK's `.stream()`", *_BOTH),
    *_peer("mirascope-1", "mirascope1", "mirascope 1", *_BOTH),
    *_peer("mirascope-2", "mirascope2", "mirascope 2", *_BOTH),
    *_peer("pydantic-ai", "pydantic_ai", "pydantic-ai", *_BOTH),
    *_peer("litellm", "litellm", "litellm", *_BOTH),
    *_peer("langchain", "langchain", "langchain", *_BOTH),
    *_peer("magentic", "magentic", "magentic", *_BOTH),
    *_peer("instructor", "instructor", "instructor", "openai"),
    *_peer("any-llm", "any_llm", "any-llm", *_BOTH),
    *_peer("aisuite", "aisuite", "aisuite", *_BOTH),
    *_peer("llm", "llm", "llm", "openai"),
)
"""Other libraries, each against the SDK of its own environment."""

_MODEL = "import pydantic; pydantic.create_model('Model', field=(int, ...))"

IMPORTS = {
    "mirascope.core": (_MODEL, "import mirascope.core", 30.0),
    "mirascope.core, all of it": (_MODEL, "from mirascope.core import *", None),
    "openai": ("import openai", "from mirascope.core import openai", 20.0),
    "anthropic": ("import anthropic", "from mirascope.core import anthropic", 20.0),
    # These SDKs load what a call needs when its method is first named.
    "groq": ("import groq, groq.types.chat", "from mirascope.core import groq", 20.0),
    "cohere": (
        "from cohere import AsyncClient, AsyncClientV2, Client, ClientV2",
        "from mirascope.core import cohere",
        20.0,
    ),
    "mistral": (
        "import mistralai.client, mistralai.client.chat",
        "from mirascope.core import mistral",
        20.0,
    ),
    "google": ("from google import genai", "from mirascope.core import google", 20.0),
    # This SDK is the only one that does not bring pydantic along.
    "gemini": (f"import google.generativeai; {_MODEL}", "from mirascope.core import gemini", 20.0),
}
"""Two statements, and the most that the second may cost after the first, in milliseconds."""
