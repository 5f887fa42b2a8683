"""Writes the README's table of providers from what the engine knows of each.

python scripts/provider_table.py            write the table
python scripts/provider_table.py --check    fail if the README has another
"""

from __future__ import annotations

import importlib
import re
import sys
import tomllib
from pathlib import Path

from mirascope import core

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
MARK = "<!-- providers -->"
HEAD = (
    "| provider | extra | SDK | clients | key | read by |",
    "| --- | --- | --- | --- | --- | --- |",
)
PATHS = {True: "the fast reader", False: "its SDK"}


def sdk_of(extra: str) -> str:
    """The requirement that an extra installs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (requirement,) = project["optional-dependencies"][extra]
    name = re.match(r"[\w-]+", requirement)
    return "" if name is None else name[0]


def row(name: str) -> str:
    """The row of one provider."""
    adapter = importlib.import_module(f"mirascope.core.{name}._adapter").ADAPTER
    clients = dict.fromkeys(
        kind.__name__ for kind in (*adapter.clients, *adapter.async_clients) if kind is not None
    )
    keys = [key for key in adapter.environment if key.endswith("API_KEY")]
    cells = (
        f"[{name}](docs/providers/{name}.md)",
        f"`{name}`",
        f"`{sdk_of(name)}`",
        ", ".join(f"`{client}`" for client in clients),
        " or ".join(f"`{key}`" for key in keys),
        PATHS[adapter.fast is not None],
    )
    return f"| {' | '.join(cells)} |"


def updated(text: str) -> str:
    """The README's text with the table as it should be."""
    before, _, after = text.split(MARK)
    table = "\n".join((*HEAD, *map(row, core._PROVIDERS)))  # noqa: SLF001  # the one list there is
    return f"{before}{MARK}\n{table}\n{MARK}{after}"


def main() -> int:
    """Write the table, or check it."""
    text = README.read_text(encoding="utf-8")
    if "--check" not in sys.argv:
        README.write_text(updated(text), encoding="utf-8")
    elif text != updated(text):
        print("README.md: the table of providers is not what scripts/provider_table.py writes")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
