"""Draws the one plot of the results: what each library costs for each chunk, to the SDK alone."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from .environments import ROOT
from .runner import Row

__all__ = ["draw"]

_PATH = Path("docs", "images", "benchmarks.svg")
_WIDTH, _LEFT, _RIGHT, _BAR, _TOP = 760, 170, 90, 24, 76
_MOST = 4.0
"""Where a bar is cut; what it stands for is written beside it."""

_STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .head { font-size: 15px; font-weight: 600 }
  .note { font-size: 12px; fill: #57606a }
  .own { fill: #0a7f5a } .other { fill: #8c959f } .sdk { stroke: #cf222e; stroke-dasharray: 4 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .note { fill: #9198a1 } .own { fill: #2ea77c } .other { fill: #6e7681 }
  }
"""


def draw(results: dict[str, Any]) -> Path:
    """Write the plot of kept results.

    Returns:
        Where it was written, from the root of the repository.
    """
    rows: list[Row] = [row for row in results["rows"] if _shown(row)]
    rows.sort(key=lambda row: row.get("value", 0))
    path = ROOT / _PATH
    path.parent.mkdir(exist_ok=True)
    path.write_text(_svg(rows))
    return _PATH


def _shown(row: Row) -> bool:
    is_sync = not row["title"].endswith(", async")
    return row["group"] == "Others" and row["wire"] == "openai" and is_sync and "value" in row


def _svg(rows: list[Row]) -> str:
    span = _WIDTH - _LEFT - _RIGHT
    height = _TOP + _BAR * len(rows) + 34
    sdk = _LEFT + span / _MOST
    title = "Processor time of the client for each streamed chunk, OpenAI's SDK alone = 1"
    how = "chunks of 4 characters from a server on the same machine; shorter is better"
    size = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
    lines = [
        f'<svg {size} role="img" aria-label="{escape(title)}">',
        f"<style>{_STYLE}</style>",
        f'<text class="head" x="12" y="26">{escape(title)}</text>',
        f'<text class="note" x="12" y="46">{how}</text>',
    ]
    for number, row in enumerate(rows):
        value = row.get("value", 0.0)
        top = _TOP + _BAR * number
        width = min(value, _MOST) / _MOST * span
        kind = "own" if row["title"] == "mirascope-core" else "other"
        name = row["title"].replace("`", "")
        lines += [
            f'<text x="{_LEFT - 8}" y="{top + 14}" text-anchor="end">{escape(name)}</text>',
            f'<rect class="{kind}" x="{_LEFT}" y="{top + 2}" width="{width:.1f}" height="16"/>',
            f'<text x="{_LEFT + width + 6:.1f}" y="{top + 14}">{value:.2f}</text>',
        ]
    bottom = _TOP + _BAR * len(rows)
    lines += [
        f'<line class="sdk" x1="{sdk:.1f}" y1="{_TOP - 6}" x2="{sdk:.1f}" y2="{bottom + 4}"/>',
        f'<text class="note" x="{sdk:.1f}" y="{bottom + 20}" text-anchor="middle">the SDK</text>',
        "</svg>",
    ]
    return "\n".join(lines) + "\n"
