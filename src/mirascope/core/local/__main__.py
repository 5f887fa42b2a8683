"""`python -m mirascope.core.local`."""

from __future__ import annotations

from ._cli import entry

if __name__ == "__main__":
    entry()
