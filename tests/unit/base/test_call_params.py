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


def test_one_parameter_under_two_names_is_refused() -> None:
    """It would not be clear which to send."""
    with pytest.raises(ValueError, match=r"'stop_sequences'.*same parameter"):
        renamed({"stop": "x", "stop_sequences": ["y"]}, {"stop": "stop_sequences"})
