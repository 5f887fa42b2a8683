"""The tree of errors."""

from __future__ import annotations

import pickle

import pytest

from mirascope.core import errors


def test_the_docstring_draws_the_whole_tree() -> None:
    """Every class is in the drawing, and every name in the drawing is a class."""
    drawn = {word for word in errors.__doc__.split() if hasattr(errors, word)}
    assert set(errors.__all__) == drawn


@pytest.mark.parametrize("name", errors.__all__)
def test_all_share_one_base(name: str) -> None:
    """One `except` catches whatever this library raises."""
    assert issubclass(getattr(errors, name), errors.MirascopeError)


@pytest.mark.parametrize(
    ("name", "builtin"),
    [
        ("StreamTimeout", TimeoutError),
        ("StreamConnectionError", ConnectionError),
        ("StreamNotFinished", ValueError),
        ("SyncAsyncMismatch", TypeError),
        ("MissingExtra", ImportError),
        ("PromptError", ValueError),
        ("ToolArgumentsError", ValueError),
    ],
)
def test_builtin_bases(name: str, builtin: type[Exception]) -> None:
    """Errors are also what Python's own code would raise."""
    assert issubclass(getattr(errors, name), builtin)


def test_errors_pickle() -> None:
    """Errors go to other processes; a stream's response stays."""
    error = errors.StreamTruncated("cut off", rebuild=lambda: "response")
    tool = errors.ToolArgumentsError("bad", name="f", arguments="{")
    reported = errors.ProviderStreamError("boom", body={"code": 1})

    assert "response" == error.response
    copy = pickle.loads(pickle.dumps(error))
    assert ("cut off", None) == (str(copy), copy.response)
    copy = pickle.loads(pickle.dumps(tool))
    assert ("bad", "f", "{") == (str(copy), copy.name, copy.arguments)
    copy = pickle.loads(pickle.dumps(reported))
    assert ("boom", {"code": 1}, None) == (str(copy), copy.body, copy.response)
