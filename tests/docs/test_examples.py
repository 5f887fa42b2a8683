"""Every example runs, as a process of its own and unchanged, against the testing server."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from mirascope.core.testing import Answer, Pause, Request, ToolCall, WireServer
from tests.docs.pages import ROOT
from tests.docs.scripts import BOOK, answer

EXAMPLES = ROOT / "examples"
LONGEST = 40


def _shelf(request: Request) -> Answer:
    # The model uses the output of the tool, which is in the last message.
    return Answer(text=["They are on ", request.json["messages"][-1]["content"], "."])


def _history(request: Request) -> Answer:
    return Answer(text=" ".join(message["role"] for message in request.json["messages"]))


CASES = {
    "recommend_book": ([answer], (), "", [BOOK]),
    "chat": (
        [Answer(text="Dune."), _history],
        (),
        "Recommend a book\nWho wrote it?\n\n",
        ["> Dune.", "> system user assistant user"],
    ),
    "tools": (
        [Answer(tools=[ToolCall(name="find_shelf", arguments={"genre": "fantasy"})]), _shelf],
        (),
        "",
        ["[find_shelf {'genre': 'fantasy'}: shelf 3]", "They are on shelf 3."],
    ),
    "async_many": (
        [answer],
        (),
        "",
        [f"{genre}: {BOOK}" for genre in ("crime", "fantasy", "poetry")],
    ),
    "timeout": (
        [Answer(text=["Patience", " is"], faults=[Pause(seconds=30, after=3)])],
        ("2",),
        "",
        ["Patience is", "11 characters had arrived."],
    ),
    "json_mode": ([answer], (), "", ["Title: The Name of the Wind, author: Patrick Rothfuss"]),
}


def test_every_example_is_run_and_short() -> None:
    """An example that is added is added here too; each fits on a screen."""
    lengths = {
        path.stem: len(path.read_text(encoding="utf-8").splitlines())
        for path in EXAMPLES.glob("*.py")
    }

    assert CASES.keys() == lengths.keys()
    assert {} == {name: length for name, length in lengths.items() if length >= LONGEST}


@pytest.mark.parametrize("name", CASES)
def test_an_example_runs(name: str) -> None:
    """It ends well, and prints what it promises."""
    scripts, arguments, typed, expected = CASES[name]
    with WireServer() as server:
        server.play(*scripts)
        result = subprocess.run(  # our own example
            [sys.executable, "-W", "error", str(EXAMPLES / f"{name}.py"), *arguments],
            env={**os.environ, **server.environment()},
            input=typed,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    assert 0 == result.returncode, result.stderr
    assert [] == [line for line in expected if line not in result.stdout.splitlines()]
