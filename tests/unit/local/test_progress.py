"""The progress bar, on a terminal and elsewhere."""

from __future__ import annotations

import io

from mirascope.core.local._progress import Progress


class Terminal(io.StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_bar_on_a_terminal() -> None:
    """The bar is redrawn in place, never beyond its end, and ends its line once."""
    out = Terminal()
    progress = Progress(100_000_000, out=out)
    for received in (0, 50_000_000, 250_000_000):
        progress.update(received)
    progress.close()
    progress.close()
    assert out.getvalue() == (
        f"\r[{' ' * 30}] 0 of 100 MB"
        f"\r[{'#' * 15}{' ' * 15}] 50 of 100 MB"
        f"\r[{'#' * 30}] 100 of 100 MB\n"
    )


def test_an_unchanged_bar_is_not_redrawn() -> None:
    """Updates that look the same write nothing."""
    out = Terminal()
    progress = Progress(100_000_000, out=out)
    progress.update(50_000_000)
    before = out.getvalue()
    progress.update(50_000_001)
    assert before == out.getvalue()


def test_silence_elsewhere() -> None:
    """A log file gets no bar and no empty line."""
    out = io.StringIO()
    progress = Progress(100, out=out)
    progress.update(50)
    progress.close()
    assert out.getvalue() == ""
