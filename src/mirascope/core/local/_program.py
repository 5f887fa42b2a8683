"""Runs the user's program as if it had been started directly: streams, signals, exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import FrameType

__all__ = ["run_program"]

_FORWARDED = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def run_program(command: Sequence[str], *, environment: Mapping[str, str]) -> int:
    """Run a command to its end, passing on the signals this process receives.

    Args:
        command: The program and its arguments.
        environment: Its whole environment.

    Returns:
        Its exit code; 128 + N where signal N ended it, as a shell reports that.
    """
    relay = _Relay()
    before = {number: signal.signal(number, relay.receive) for number in _FORWARDED}
    try:
        program = subprocess.Popen(command, env=dict(environment))  # noqa: S603 - asked for
        relay.attach(program)
        code = program.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if code >= 0 else 128 - code


class _Relay:
    """Passes signals on, also those that came before the program was there."""

    def __init__(self) -> None:
        self._program: subprocess.Popen[bytes] | None = None
        self._waiting: list[int] = []

    def attach(self, program: subprocess.Popen[bytes]) -> None:
        self._program = program
        for number in self._waiting:
            program.send_signal(number)

    def receive(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGINT and _typed_at_terminal():
            return  # the terminal has sent it to the program as well
        if self._program is None:
            self._waiting.append(number)
        else:
            self._program.send_signal(number)


def _typed_at_terminal() -> bool:
    """Whether an interrupt is Ctrl-C: this process is in the foreground of a terminal."""
    if sys.platform == "win32":
        return True
    for descriptor in (0, 1, 2):
        try:
            return os.tcgetpgrp(descriptor) == os.getpgrp()
        except OSError:
            continue  # not the terminal
    return False
