"""Every exception this library raises itself.

::

    MirascopeError
    ├── PromptError              also a ValueError: the template and the arguments disagree
    ├── ToolError
    │   ├── UnknownTool          the model named a tool that was not offered
    │   └── ToolArgumentsError   also a ValueError: the arguments are not what the tool takes
    ├── StreamError
    │   ├── StreamTruncated      the input ended without a finish
    │   ├── StreamTimeout        also a TimeoutError
    │   ├── StreamConnectionError  also a ConnectionError
    │   ├── ProviderStreamError  the provider reported a failure, or sent what cannot be read
    │   ├── StreamNotFinished    also a ValueError: what was asked for has not come yet
    │   ├── SyncAsyncMismatch    also a TypeError
    │   └── StreamClosed         a stream that ended early is asked for more
    └── MissingExtra             also an ImportError

Exceptions of a provider's SDK are not in this tree: they reach the caller unchanged, with one
note added that says which call failed and how much of the answer had arrived.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = [
    "MirascopeError",
    "MissingExtra",
    "PromptError",
    "ProviderStreamError",
    "StreamClosed",
    "StreamConnectionError",
    "StreamError",
    "StreamNotFinished",
    "StreamTimeout",
    "StreamTruncated",
    "SyncAsyncMismatch",
    "ToolArgumentsError",
    "ToolError",
    "UnknownTool",
]


class MirascopeError(Exception):
    """Base class of every exception this library defines."""


class PromptError(MirascopeError, ValueError):
    """A prompt template is malformed, or does not fit the arguments it is rendered with."""


class ToolError(MirascopeError):
    """A tool call of the model cannot be turned into a tool.

    Attributes:
        name: The name the model called.
        arguments: The arguments exactly as received (text, or an object where the provider
            sends one), complete or not.
    """

    def __init__(self, message: str, *, name: str, arguments: Any) -> None:
        super().__init__(message)
        self.name = name
        self.arguments = arguments

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


class UnknownTool(ToolError):
    """The model called a tool that was not offered to it."""


class ToolArgumentsError(ToolError, ValueError):
    """The model's arguments are cut off, are not JSON, or do not fit the tool's parameters."""


class StreamError(MirascopeError):
    """Something went wrong with a stream, or with how it was used.

    Attributes:
        response: What arrived until then, as the provider's call response marked incomplete;
            `None` where nothing can be rebuilt.
    """

    def __init__(self, message: str, *, rebuild: Callable[[], Any] | None = None) -> None:
        super().__init__(message)
        self._rebuild = rebuild

    @property
    def response(self) -> Any:
        """The call response rebuilt from what arrived, or `None`."""
        return None if self._rebuild is None else self._rebuild()

    def __reduce__(self) -> tuple[Any, ...]:
        # What arrived stays with the process that read it: a response may hold a client's data.
        return _rebuild, (type(self), self.args, {**self.__dict__, "_rebuild": None})


class StreamTruncated(StreamError):
    """The input ended cleanly, but without a finish reason or the provider's end marker."""


class StreamTimeout(StreamError, TimeoutError):
    """One of the stream's time limits passed; the connection is closed."""


class StreamConnectionError(StreamError, ConnectionError):
    """The connection failed, and the SDK has no exception class for that."""


class ProviderStreamError(StreamError):
    """The provider reported a failure inside its answer, or sent something unreadable.

    Attributes:
        body: The provider's own description of the failure, where it sent one.
    """

    def __init__(
        self, message: str, *, body: Any = None, rebuild: Callable[[], Any] | None = None
    ) -> None:
        super().__init__(message, rebuild=rebuild)
        self.body = body


class StreamNotFinished(StreamError, ValueError):
    """Something was asked of a stream that it does not have yet.

    The response of an asynchronous stream that was not read to its end, the value of a structured
    stream before it is complete, or anything of a stream whose prompt function has not run.
    """


class SyncAsyncMismatch(StreamError, TypeError):
    """A synchronous thing was used in an asynchronous way, or the reverse."""


class StreamClosed(StreamError):
    """A stream that ended before its answer did is iterated again, or asked for what it lacks."""


class MissingExtra(MirascopeError, ImportError):
    """A provider's SDK is not installed; the message names the extra to install."""


def _rebuild(cls: type[BaseException], args: tuple[Any, ...], state: dict[str, Any]) -> Any:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error
