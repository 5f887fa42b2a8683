"""A small real model on this machine: the SDKs stream from it with no key and no account.

`python -m mirascope.core.local run app.py` runs an unchanged program against it. From Python::

    from mirascope.core import local

    with local.server() as info:
        client = openai.OpenAI(base_url=info.openai_base_url, api_key=info.api_key)

It takes the extra `local`, and is never started unless it is asked for.
"""

from __future__ import annotations

from ._errors import ExitCode, LocalError
from ._local_server import LocalServer, server

__all__ = ["ExitCode", "LocalError", "LocalServer", "server"]
