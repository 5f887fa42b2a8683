"""Where asynchronous code may be: the few modules that wait, each in both colours."""

from __future__ import annotations

import ast

import pytest

from tests.contracts.source import MODULES, places

OWN = ("cohere", "gemini", "google", "mistral")
COLOURED = {
    "base._alarm": "what a wait that takes too long is ended by",
    "base._call": "a plain call, waited for or awaited",
    "base._clients": "a default client is closed when its event loop ends",
    "base._connection": "the two kinds of bodies that are read to their end before they are left",
    "base._decorator": "the protocol that tells the two kinds of clients apart",
    "base._drivers": "the two loops over an open stream",
    "base._prompt_function": "what is made of an `async def` is an `async def`",
    "base._turns": "requests that begin together in an event loop",
    "base.stream": "`for` and `async for`",
    "base.structured_stream": "`for` and `async for` over partial models",
    **{f"{name}._adapter": "its SDK is asked in a way of its own for each colour" for name in OWN},
}

ASYNC = (ast.AsyncFor, ast.AsyncFunctionDef, ast.AsyncWith, ast.Await)


def asynchronous(tree: ast.AST) -> list[ast.AST]:
    """The nodes that make code asynchronous."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ASYNC) or (isinstance(node, ast.comprehension) and node.is_async)
    ]


@pytest.mark.parametrize("module", [m for m in MODULES if m.name not in COLOURED], ids=str)
def test_the_rest_is_colour_blind(module):
    """Folds, views, encoders and prompts do not know how they are driven."""
    assert [] == places(module, asynchronous(module.tree))


@pytest.mark.parametrize("module", [m for m in MODULES if m.name in COLOURED], ids=str)
def test_every_exception_is_needed(module):
    """What is allowed by name is still there."""
    assert asynchronous(module.tree)
