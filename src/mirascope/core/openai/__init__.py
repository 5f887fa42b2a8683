"""OpenAI: `openai.call` decorates a prompt function, with the official SDK underneath.

Works with every server that speaks OpenAI's chat completions, through the client's `base_url`.
`openai.responses_call` asks the Responses API instead; its module, `openai.responses`, loads when
either is first named.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..base._lazy import missing_extra

try:
    from openai.types.chat import ChatCompletionMessageParam as OpenAIMessageParam

    from ._call import call
    from .call_params import OpenAICallParams
    from .call_response import OpenAICallResponse
    from .call_response_chunk import OpenAICallResponseChunk
    from .dynamic_config import AsyncOpenAIDynamicConfig, OpenAIDynamicConfig
    from .stream import AsyncOpenAIStream, OpenAIStream
    from .tool import OpenAITool, OpenAIToolConfig
except ModuleNotFoundError as _error:
    raise missing_extra(_error, sdk="openai", extra="openai") from _error

if TYPE_CHECKING:
    from . import responses
    from .responses import responses_call

openai_call = call

__all__ = [
    "AsyncOpenAIDynamicConfig",
    "AsyncOpenAIStream",
    "OpenAICallParams",
    "OpenAICallResponse",
    "OpenAICallResponseChunk",
    "OpenAIDynamicConfig",
    "OpenAIMessageParam",
    "OpenAIStream",
    "OpenAITool",
    "OpenAIToolConfig",
    "call",
    "openai_call",
    "responses",
    "responses_call",
]

_LATE = ("responses", "responses_call")


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Naming a module that was imported finds it without coming here.
    responses = import_module(f"{__name__}.responses")
    return responses if name == "responses" else responses.responses_call


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATE})
