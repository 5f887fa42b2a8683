"""Which variables the program, the shell and the server process get."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirascope.core.local._environment import (
    assignments,
    program_environment,
    proxy_exemption,
    server_environment,
)


def test_program_environment_replaces_the_keys() -> None:
    """The user's own address and key give way, the rest stays, and nothing else is added."""
    inherited = {"PATH": "/bin", "OPENAI_API_KEY": "the user's", "ANTHROPIC_AUTH_TOKEN": "t"}
    expected = {"PATH": "/bin", "OPENAI_API_KEY": "ours", "OPENAI_BASE_URL": "http://x"}
    variables = {"OPENAI_API_KEY": "ours", "OPENAI_BASE_URL": "http://x"}
    assert expected == program_environment(variables, inherited=inherited)


@pytest.mark.parametrize(
    ("inherited", "expected"),
    [
        ({}, None),
        ({"NO_PROXY": "a"}, None),
        ({"HTTP_PROXY": ""}, None),
        ({"HTTP_PROXY": "http://p"}, "127.0.0.1"),
        ({"https_proxy": "http://p", "no_proxy": "a,b"}, "a,b,127.0.0.1"),
        ({"ALL_PROXY": "http://p", "no_proxy": "a", "NO_PROXY": "b"}, "a,b,127.0.0.1"),
        ({"all_proxy": "http://p", "no_proxy": "a", "NO_PROXY": "a"}, "a,127.0.0.1"),
    ],
)
def test_proxy_exemption(inherited: dict[str, str], expected: str | None) -> None:
    """The loopback address bypasses a proxy of the environment, beside what did so before."""
    variables = {} if expected is None else {"no_proxy": expected, "NO_PROXY": expected}
    assert variables == proxy_exemption(inherited)


def test_the_server_gets_no_secrets() -> None:
    """Keys, tokens and passwords stay out of the server process; its threads wait asleep."""
    inherited = {
        "PATH": "/bin",
        "OPENAI_API_KEY": "s",
        "hf_token": "s",
        "AWS_SECRET_ACCESS": "s",
        "PGPASSWORD": "s",
        "GOOGLE_APPLICATION_CREDENTIALS": "s",
    }
    assert server_environment(inherited) == {"PATH": "/bin", "OMP_WAIT_POLICY": "passive"}


def test_the_users_wait_policy_wins() -> None:
    """Who sets the policy means it."""
    assert server_environment({"OMP_WAIT_POLICY": "active"}) == {"OMP_WAIT_POLICY": "active"}


@pytest.mark.parametrize(
    ("shell", "expected"),
    [
        ("posix", "export A=http://x/v1\nexport B='it'\"'\"'s'\n"),
        ("powershell", "$env:A = 'http://x/v1'\n$env:B = 'it''s'\n"),
        ("cmd", 'set "A=http://x/v1"\nset "B=it\'s"\n'),
    ],
)
def test_assignments(shell: str, expected: str) -> None:
    """Each shell gets its own form."""
    assert expected == assignments({"A": "http://x/v1", "B": "it's"}, shell=shell)


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8")))
def test_posix_assignments_are_read_back(value: str) -> None:
    """Whatever the value, a POSIX shell reads one word with exactly that value."""
    line = assignments({"A": value}, shell="posix")  # noqa: S604 - the name of one, none is run
    assert [f"A={value}"] == shlex.split(line)[1:]
