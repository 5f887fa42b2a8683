"""A download's progress on standard error: a bar on a terminal, one plain line elsewhere."""

from __future__ import annotations

from typing import TextIO

__all__ = ["Progress"]

_WIDTH = 30


class Progress:
    """Draws how much of a known number of bytes has arrived.

    Args:
        total: The bytes to expect.
        out: Where to draw; a bar only where that is a terminal.
    """

    def __init__(self, total: int, *, out: TextIO) -> None:
        self._total = total
        self._out = out
        self._shown = ""

    def update(self, received: int) -> None:
        """Draw the bar anew if it looks different; `received` may exceed the total."""
        if not self._out.isatty():
            return
        share = min(received / self._total, 1.0)
        bar = "#" * round(share * _WIDTH)
        megabytes = f"{share * self._total / 1e6:.0f} of {self._total / 1e6:.0f} MB"
        line = f"\r[{bar:<{_WIDTH}}] {megabytes}"
        if line != self._shown:
            self._out.write(line)
            self._out.flush()
            self._shown = line

    def close(self) -> None:
        """End the bar's line, so that what follows starts on its own."""
        if self._shown:
            self._out.write("\n")
            self._out.flush()
            self._shown = ""
