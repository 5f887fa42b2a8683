"""Writes `<provider>/_call.py`: the typed signature of each provider's `call`.

The overloads are the same for every provider up to the names in `call_providers.py`. They are
written out, rather than derived from one generic factory, because only so do the four type checkers
agree on every result and do editors complete the models and the parameters.

    python scripts/call_signature.py            write the files
    python scripts/call_signature.py --check    fail if a file is not what this script writes
"""

from __future__ import annotations

import sys
from pathlib import Path

from call_providers import PROVIDERS, Provider

CORE = Path(__file__).resolve().parent.parent / "src" / "mirascope" / "core"


HEAD = '''\
"""`{name}.call`: the typed signature; written by `scripts/call_signature.py`."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, Literal, Never, TypeAlias, overload

from typing_extensions import TypeForm, TypeVar

from {base}._call import make_call
from ._adapter import ADAPTER

if TYPE_CHECKING:
{imports}
    from {base}._decorator import CallDecorator
    from {base}.call_params import CommonCallParams
    from {base}.structured_stream import BaseAsyncStructuredStream, BaseStructuredStream
    from {base}.tool import BaseTool, Function
    from {base}.types import StreamConfig, Timeout
{own_imports}    from .call_params import {prefix}CallParams
    from .call_response import {prefix}CallResponse
    from .stream import {streams}
    from .tool import {prefix}Tool

__all__ = ["call"]

{client_variable}
M = TypeVar("M")
T = TypeVar("T")
ToolT = TypeVar("ToolT", bound="BaseTool")
MaybeToolT = TypeVar("MaybeToolT", bound="BaseTool", default=Never)

Model: TypeAlias = "{model}"
Params: TypeAlias = "{prefix}CallParams | CommonCallParams | None"
Limit: TypeAlias = "float | Timeout | None"
AnyTools: TypeAlias = "Sequence[Callable[..., Any]] | None"
'''

COMMON = """\
    json_mode: bool = False,
    client: C | None = None,
    call_params: Params = None,
    timeout: Limit = None,
"""

# For the checkers the overloads that take any callables never match; mypy needs them.
SHADOWED = "  # type: ignore[overload-cannot-match]  # pyright: ignore[reportOverlappingOverload]"

CLASSES = "    tools: Sequence[type[ToolT]],\n"
MIXED = "    tools: Sequence[type[MaybeToolT] | Function] | None = None,\n"
CALLABLES = "    tools: Sequence[Callable[..., Any]],\n"
STREAM = "    stream: Literal[True] | StreamConfig,\n"
PLAIN = "    stream: Literal[False] = False,\n"
TOOLS = (
    (CLASSES, "[ToolT]", False),
    (MIXED, "[MaybeToolT | {prefix}Tool]", False),
    (CALLABLES, "", True),
)
"""The ways to offer tools: the parameter, what it says of the tools, whether it is shadowed."""

ANY = "    tools: AnyTools = None,\n"
PARSER = "    output_parser: Callable[[{prefix}CallResponse[{prefix}Tool]], T],\n"
MODEL = "    response_model: TypeForm[T],\n"
PARSED_MODEL = "    response_model: TypeForm[M],\n    output_parser: Callable[[M], T],\n"


def overload(*parameters: str, sync: str, asynchronous: str, shadowed: bool = False) -> str:
    """One overload: its own parameters, and what a `def` and an `async def` give."""
    return (
        f"@overload\ndef call({SHADOWED if shadowed else ''}\n    model: Model,\n    *,\n"
        f"{''.join(parameters)}{COMMON}) -> CallDecorator[\n"
        f"    C,\n    {sync},\n    {asynchronous},\n]: ...\n"
    )


def overloads() -> str:
    """All overloads, with the provider's names left open."""
    blocks = ["\n\n"]
    for tools, tool, shadowed in TOOLS:
        sync, asynchronous = f"{{prefix}}Stream{tool}", f"Async{{prefix}}Stream{tool}"
        blocks.append(
            overload(STREAM, tools, sync=sync, asynchronous=asynchronous, shadowed=shadowed)
        )
    blocks.append(
        overload(
            *(STREAM, ANY, MODEL),
            sync="BaseStructuredStream[T, {prefix}Stream]",
            asynchronous="BaseAsyncStructuredStream[T, Async{prefix}Stream]",
        )
    )
    for tools, tool, shadowed in TOOLS:
        response = f"{{prefix}}CallResponse{tool}"
        coroutine = f"Coroutine[Any, Any, {response}]"
        blocks.append(
            overload(PLAIN, tools, sync=response, asynchronous=coroutine, shadowed=shadowed)
        )
    either = "T | {prefix}CallResponse[{prefix}Tool]"
    for parameters, result in (
        ((MODEL,), "T"),
        ((CALLABLES, MODEL), either),
        ((ANY, PARSER), "T"),
        ((PARSED_MODEL,), "T"),
    ):
        coroutine = f"Coroutine[Any, Any, {result}]"
        blocks.append(overload(PLAIN, *parameters, sync=result, asynchronous=coroutine))
    return "".join(blocks)


BODY = '''\
def call(
    model: Model,
    *,
    stream: bool | StreamConfig = False,
    tools: Sequence[Any] | None = None,
    response_model: Any = None,
    output_parser: Callable[[Any], Any] | None = None,
    json_mode: bool = False,
    client: Any = None,
    call_params: Params = None,
    timeout: Limit = None,
) -> CallDecorator[Any, Any, Any]:
    """Turn a prompt function into a call of a model of {title}.

    The decorated function takes the same arguments. Called, it gives a response
    (`{prefix}CallResponse`), or with `stream` a stream to iterate
    (`{prefix}Stream`); an `async def` gives their asynchronous counterparts.

    Args:
        model: The model's name.
        stream: Whether to stream the answer; or how, as a dictionary.
        tools: Functions and `BaseTool` classes that the model may call.
        response_model: The type that the answer has to be of; it is what the decorated function
            gives, or with `stream` grows step by step (`BaseStructuredStream`).
        output_parser: Is given the response, or the response model's value; the decorated
            function returns what it returns.
        json_mode: Whether the answer must be JSON.
        client: The SDK's client; by default one is made from the environment and kept.
        call_params: Options of the SDK's method.
        timeout: Time limits in seconds: a number for the whole answer, or a `Timeout`.

    Raises:
        ValueError: Options that do not go together, or a tool that cannot be offered.
        TypeError: The client is not one of {title}'s, or of the wrong kind for the function; or
            the response model has no JSON schema.
    """
    return make_call(
        ADAPTER,
        model,
        stream=stream,
        tools=tools,
        response_model=response_model,
        output_parser=output_parser,
        json_mode=json_mode,
        client=client,
        call_params=call_params,
        timeout=timeout,
    )
'''


def indented(lines: str) -> str:
    """Lines as they stand in the block that only type checkers read."""
    return "".join(f"    {line}\n" for line in lines.splitlines())


def source(provider: Provider) -> str:
    """The file's text for a provider."""
    names = {
        **vars(provider),
        "imports": indented(provider.imports),
        "own_imports": indented(provider.own_imports),
        "base": f"..{'.' * provider.name.count('.')}base",
        "client_variable": f'C = TypeVar("C", bound="{provider.clients} | None", default=None)',
        "streams": ", ".join(sorted((f"Async{provider.prefix}Stream", f"{provider.prefix}Stream"))),
    }
    text = HEAD + overloads() + BODY
    if not provider.two_kinds:
        # One client serves both: it does not tell the decorator which functions fit.
        text = text.replace("{client_variable}\n", "")
        text = text.replace("CallDecorator[\n    C,", "CallDecorator[\n    None,")
        text = text.replace("client: C | None", "client: {clients} | None")
    for name, value in names.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def main() -> int:
    """Write the files, or check them."""
    stale: list[str] = []
    for provider in PROVIDERS:
        path = CORE.joinpath(*provider.name.split("."), "_call.py")
        text = source(provider)
        if "--check" not in sys.argv:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            stale.append(str(path.relative_to(CORE)))
    if stale:
        print("not what scripts/call_signature.py writes:", *stale)
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
