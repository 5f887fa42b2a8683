"""Small shared vocabulary: JSON, token usage, finish reasons, and how a stream stands."""

from dataclasses import dataclass
from numbers import Real
from typing import Literal, TypeAlias

from typing_extensions import TypedDict

__all__ = [
    "FinishReason",
    "StreamConfig",
    "StreamPath",
    "StreamState",
    "Timeout",
    "Usage",
]

FinishReason: TypeAlias = Literal["stop", "length", "tool_calls", "content_filter"]
"""Why a generation ended, in the words every provider's reason is mapped to."""

StreamState: TypeAlias = Literal[
    "pending", "open", "finished", "closed", "truncated", "timed_out", "failed"
]
"""How a stream stands.

`pending`: nothing was asked of it yet. `open`: it was started and can go on. `finished`: read
to its end. `closed`: closed by its owner before its end. `truncated`: the input ended without a
finish. `timed_out`: a time limit passed. `failed`: an exception ended it.
"""


StreamPath: TypeAlias = Literal["fast", "handed_back", "sdk"]
"""How a stream is read.

`fast`: from the bytes under the SDK's stream object. `sdk`: through the SDK's stream object.
`handed_back`: it was begun fast, and something out of the ordinary made the SDK go on with it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Token counts in provider-neutral terms.

    Attributes:
        input_tokens: Tokens of the prompt, those read from a cache included.
        cached_tokens: The part of `input_tokens` that was read from a cache.
        output_tokens: Tokens generated, reasoning included.
        total_tokens: Input and output together.
    """

    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    total_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Timeout:
    """Time limits of one call, in seconds; a limit that is `None` does not apply.

    Attributes:
        total: From the first step until the end of the answer.
        first_chunk: From the first step until the first chunk has arrived.
        between_chunks: From one chunk until the next has arrived, not counting the time the
            caller takes over a chunk. Keep-alive comments of a server are not chunks.

    Raises:
        ValueError: A limit is no positive number.
    """

    total: float | None = None
    first_chunk: float | None = None
    between_chunks: float | None = None

    def __post_init__(self) -> None:
        for name in ("total", "first_chunk", "between_chunks"):
            value = getattr(self, name)
            if value is None:
                continue
            if not isinstance(value, Real) or not float(value) > 0:
                raise ValueError(f"Timeout.{name} must be a positive number of seconds: {value!r}")


class StreamConfig(TypedDict, total=False):
    """How to stream, given as `stream={...}`.

    Attributes:
        fast_reader: Whether the bytes under an untouched stream of the SDK may be read directly,
            which costs a fraction of the processor time. On unless the environment variable
            `MIRASCOPE_FAST_READER` is `0`.
        live_partials: Whether a structured stream gives the same object at every step, which goes
            on growing, instead of a new one each time; that costs less, for large answers much.
        partial_tools: Whether tools are given while the model writes their arguments, too: with
            every field optional, and the newest piece of the text as `delta`.
    """

    fast_reader: bool
    live_partials: bool
    partial_tools: bool
