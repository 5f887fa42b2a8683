"""Common parameters in a provider's words."""

from __future__ import annotations

import pytest

from mirascope.core.base.call_params import renamed


def test_each_key_is_renamed_by_itself() -> None:
    """Keys with another name there are renamed, others kept, the given mapping not changed."""
    given = {"max_tokens": 5, "stop": "x", "top_k": 3}
    assert {"max_tokens": 5, "stop_sequences": "x", "top_k": 3} == renamed(
        given, {"stop": "stop_sequences"}
    )
    assert {"max_tokens": 5, "stop": "x", "top_k": 3} == given


@pytest.mark.parametrize("given", [("stop", "stop_sequences"), ("stop_sequences", "stop")])
def test_one_parameter_under_two_names_is_refused(given: tuple[str, str]) -> None:
    """It would not be clear which to send; both are named, in whatever order they come."""
    named = " and ".join(map(repr, given))
    with pytest.raises(ValueError, match=f"has {named}, .*same parameter"):
        renamed(dict.fromkeys(given, "x"), {"stop": "stop_sequences"})
