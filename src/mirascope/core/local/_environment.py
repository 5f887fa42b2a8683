"""The environment variables through which the SDKs find the local server, and who sees which.

Rules: a program run against the local server gets its address and key in place of the user's,
and a hole in any proxy. The server, third-party native code, gets none of the user's secrets.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from types import MappingProxyType

__all__ = [
    "SHELLS",
    "assignments",
    "program_environment",
    "proxy_exemption",
    "server_environment",
]

# Newer SDKs read only the key when both are set; older ones send both, and the server takes
# the token, which is the user's, for a wrong key.
_CLASHING = frozenset({"ANTHROPIC_AUTH_TOKEN"})
_PROXIES = frozenset({"http_proxy", "https_proxy", "all_proxy"})
_SECRET = re.compile(r"KEY|TOKEN|SECRET|PASSW|CREDENTIAL|AUTH", re.IGNORECASE)
_LOOPBACK = "127.0.0.1"

SHELLS: Mapping[str, Callable[[str, str], str]] = MappingProxyType(
    {
        "posix": lambda name, value: f"export {name}={shlex.quote(value)}",
        "powershell": lambda name, value: f"$env:{name} = '{value.replace(chr(39), chr(39) * 2)}'",
        "cmd": lambda name, value: f'set "{name}={value}"',
    }
)
"""How each shell writes the assignment of an environment variable."""


def assignments(variables: Mapping[str, str], *, shell: str) -> str:
    """Lines that set the variables in a shell.

    Args:
        variables: Names and values.
        shell: One of `SHELLS`.
    """
    return "".join(SHELLS[shell](name, value) + "\n" for name, value in variables.items())


def program_environment(
    variables: Mapping[str, str], *, inherited: Mapping[str, str]
) -> dict[str, str]:
    """The environment of a program that is to talk to the local server.

    Args:
        variables: The server's addresses and key, by the SDKs' names.
        inherited: The environment to start from.
    """
    environment = {name: value for name, value in inherited.items() if name not in _CLASHING}
    return environment | dict(variables)


def proxy_exemption(inherited: Mapping[str, str]) -> dict[str, str]:
    """What keeps requests to the loopback address from a proxy; empty where none is set.

    It is set only beside a proxy variable: its mere presence makes Python ignore the
    proxies of the operating system's settings.
    """
    if not any(value for name, value in inherited.items() if name.lower() in _PROXIES):
        return {}
    exempt = [inherited[name] for name in ("no_proxy", "NO_PROXY") if inherited.get(name)]
    joined = ",".join([*dict.fromkeys(exempt), _LOOPBACK])
    return {"no_proxy": joined, "NO_PROXY": joined}


def server_environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """The environment of the server process: no secrets, and threads that sleep while waiting.

    Args:
        inherited: The environment to start from.
    """
    environment = {name: value for name, value in inherited.items() if not _SECRET.search(name)}
    # Waiting threads spin by default, which makes a busy machine answer 16 times slower.
    return {"OMP_WAIT_POLICY": "passive"} | environment
