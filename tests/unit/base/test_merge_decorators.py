"""Several decorators as one."""

from __future__ import annotations

from typing import Any

from mirascope.core import merge_decorators, metadata, openai, prompt_template
from mirascope.core.testing import Answer, WireServer


def test_the_first_is_outermost() -> None:
    """They are applied as if they were written one below the other."""

    def mark(name: str) -> Any:
        return lambda fn: lambda: f"{name}({fn()})"

    merged = merge_decorators(mark("a"), mark("b"), mark("c"))

    assert merged()(lambda: "x")() == "a(b(c(x)))"


def test_a_call_with_its_prompt() -> None:
    """A merged call streams as a call that was written out does."""
    with WireServer() as server, server.patched_environ():
        server.play(Answer(text=["hi"]))
        ask = merge_decorators(
            openai.call("m", stream=True),
            prompt_template("Hello {name}"),
            metadata({"tags": {"greeting"}}),
        )

        @ask()
        def greet(name: str) -> Any: ...

        stream = greet("Ada").drain()

    assert stream.content == "hi"
    assert stream.messages == [{"role": "user", "content": "Hello Ada"}]
    assert stream.metadata == {"tags": {"greeting"}}
