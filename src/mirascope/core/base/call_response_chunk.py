"""The view over one streamed chunk that is the same for every provider."""

from __future__ import annotations

from copy import copy
from typing import Any, ClassVar, Generic, Self

from typing_extensions import TypeVar

from ._events import event_of, json_of
from .types import FinishReason, Usage

__all__ = ["BaseCallResponseChunk"]

ChunkT_co = TypeVar("ChunkT_co", covariant=True, default=Any)
FinishReasonT = TypeVar("FinishReasonT", bound=str, default=str)


class BaseCallResponseChunk(Generic[ChunkT_co, FinishReasonT]):
    """One chunk of a streamed answer.

    A small view over what the provider sent: common properties are computed when they are read,
    and the SDK's own typed object is built when `chunk` is first read.

    Attributes:
        content: The text of this chunk; the empty string if it has none.
    """

    __slots__ = ("_data", "_echo", "_raw", "content")

    content: str
    _raw: Any

    def __init__(
        self, event: Any, content: str = "", raw: Any = None, *, echo: bool = False
    ) -> None:
        """Make a view.

        Args:
            event: The wire event as plain JSON data; `None` if it is to be read from `raw`.
            content: The event's text.
            raw: What `chunk` is built from, if not from the event: the SDK's own object, or
                the event's bytes.
            echo: Whether an earlier step has shown this event already; an echo accompanies a
                further tool that the event completed, and has no content, finish reason or
                usage of its own.
        """
        self._data = event
        self._raw = raw
        self._echo = echo
        self.content = content

    @property
    def is_echo(self) -> bool:
        """Whether an earlier step has shown this chunk already."""
        return self._echo

    def as_echo(self) -> Self:
        """Give this chunk once more, to accompany a further tool; see `echo`."""
        echo = copy(self)
        echo._echo, echo.content = True, ""  # noqa: SLF001  # a chunk of this class
        return echo

    @property
    def _event(self) -> Any:
        """The wire event as plain JSON data."""
        data = self._raw if self._data is None else self._data
        if self._data is None or data.__class__ is bytes:
            data = self._data = event_of(data)
        return data

    @property
    def _as_json(self) -> Any:
        """What the SDK's object is built from: JSON in bytes, or plain data."""
        return self._event if self._raw is None else json_of(self._raw)

    @property
    def chunk(self) -> ChunkT_co:
        """The provider's own typed chunk."""
        raw: Any = self._raw
        if raw is None or isinstance(raw, bytes):
            built = self._build()
            if self._data is None:
                self._data = raw
            self._raw = built
            return built
        chunk: ChunkT_co = raw
        return chunk

    @property
    def finish_reasons(self) -> list[FinishReasonT] | None:
        """Why the generation finished, in the provider's words; `None` while it goes on."""
        raise NotImplementedError

    @property
    def model(self) -> str | None:
        """The name of the model that answers, or `None` if this chunk does not say."""
        raise NotImplementedError

    @property
    def id(self) -> str | None:
        """The answer's unique id, or `None` if this chunk does not say."""
        raise NotImplementedError

    @property
    def usage(self) -> Any:
        """The provider's own usage object, or `None` if this chunk has none."""
        raise NotImplementedError

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` if this chunk has none."""
        raise NotImplementedError

    @property
    def common_finish_reasons(self) -> list[FinishReason] | None:
        """Why the generation finished, in provider-neutral words; `None` while it goes on."""
        raise NotImplementedError

    @property
    def reasoning(self) -> str | None:
        """The model's reasoning in this chunk, or `None` if it has none."""
        return None

    @property
    def refusal(self) -> str | None:
        """The model's refusal in this chunk, or `None` if it has none."""
        return None

    @property
    def input_tokens(self) -> int | None:
        """The number of tokens in the prompt, or `None` if this chunk does not say."""
        usage = self.common_usage
        return None if usage is None else usage.input_tokens

    @property
    def output_tokens(self) -> int | None:
        """The number of tokens generated, or `None` if this chunk does not say."""
        usage = self.common_usage
        return None if usage is None else usage.output_tokens

    @property
    def cached_tokens(self) -> int | None:
        """The number of prompt tokens read from a cache, or `None` if this chunk does not say."""
        usage = self.common_usage
        return None if usage is None else usage.cached_tokens

    @property
    def _answer_text(self) -> str:
        """The text that an answer in JSON is read from: all of it, unless some is no answer."""
        return self.content

    def _build(self) -> ChunkT_co:
        """Build the SDK's typed object from the raw bytes or the event."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.content

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(content={self.content!r}, "
            f"finish_reasons={self.finish_reasons!r})"
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, type(self)):
            return NotImplemented
        return (self._event, self.content, self._echo) == (
            other._event,
            other.content,
            other._echo,
        )

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # events are plain, mutable JSON data
