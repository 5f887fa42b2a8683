"""`google.call`: the typed signature; written by `scripts/call_signature.py`."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, Literal, Never, TypeAlias, overload

from typing_extensions import TypeForm, TypeVar

from ..base._call import make_call
from ._adapter import ADAPTER

if TYPE_CHECKING:
    from google.genai import Client

    from ..base._decorator import CallDecorator
    from ..base.call_params import CommonCallParams
    from ..base.structured_stream import BaseAsyncStructuredStream, BaseStructuredStream
    from ..base.tool import BaseTool, Function
    from ..base.types import StreamConfig, Timeout
    from .call_params import GoogleCallParams
    from .call_response import GoogleCallResponse
    from .stream import AsyncGoogleStream, GoogleStream
    from .tool import GoogleTool

__all__ = ["call"]

M = TypeVar("M")
T = TypeVar("T")
ToolT = TypeVar("ToolT", bound="BaseTool")
MaybeToolT = TypeVar("MaybeToolT", bound="BaseTool", default=Never)

Model: TypeAlias = "str"
Params: TypeAlias = "GoogleCallParams | CommonCallParams | None"
Limit: TypeAlias = "float | Timeout | None"
AnyTools: TypeAlias = "Sequence[Callable[..., Any]] | None"


@overload
def call(
    model: Model,
    *,
    stream: Literal[True] | StreamConfig,
    tools: Sequence[type[ToolT]],
    json_mode: bool = False,
    client: Client | None = None,
    call_params: Params = None,
    timeout: Limit = None,
) -> CallDecorator[
    None,
    GoogleStream[ToolT],
    AsyncGoogleStream[ToolT],
]: ...
@overload
def call(
    model: Model,
    *,
    stream: Literal[True] | StreamConfig,
    tools: Sequence[type[MaybeToolT] | Function] | None = None,
    json_mode: bool = False,
    client: Client | None = None,
    call_params: Params = None,
    timeout: Limit = None,
) -> CallDecorator[
    None,
    GoogleStream[MaybeToolT | GoogleTool],
    AsyncGoogleStream[MaybeToolT | GoogleTool],
]: ...
@overload
def call(  # type: ignore[overload-cannot-match]  # pyright: ignore[reportOverlappingOverload]
    model: Model,
    *,
    stream: Literal[True] | StreamConfig,
    tools: Sequence[Callable[..., Any]],
    json_mode: bool = False,
    client: Client | None = None,
    call_params: Params = None,
    timeout: Limit = None,
) -> CallDecorator[
    None,
    GoogleStream,
    AsyncGoogleStream,
]: ...
@overload
def call(
    model: Model,
    *,
    stream: Literal[True] | StreamConfig,
    tools: AnyTools = None,
    response_model: TypeForm[T],
    json_mode: bool = False,
    client: Client | None = None,
    call_params: Params = None,
    timeout: Limit = None,
) -> CallDecorator[
    None,
    BaseStructuredStream[T, GoogleStream],
    BaseAsyncStructuredStream[T, AsyncGoogleStream],
]: ...
@overload
def call(
    model: Model,
    *,
    stream: Literal[False] = False,
    tools: Sequence[type[ToolT]],
    json_mode: bool = False,
    client: Client | None = None,
    call_params: Params = None,
    timeout: Limit = None,
) -> CallDecorator[
    None,
    GoogleCallResponse[ToolT],
    Coroutine[Any, Any, GoogleCallResponse[ToolT]],
]: ...
@overload
def call(
    model: Model,
    *,
    stream: Literal[False] = False,
    tools: Sequence[type[MaybeToolT] | Function] | None = None,
    json_mode: bool = False,
    client: Client | None = None,
    call_params: Params = None,
    timeout: Limit = None,
) -> CallDecorator[
    None,
    GoogleCallResponse[MaybeToolT | GoogleTool],
    Coroutine[Any, Any, GoogleCallResponse[MaybeToolT | GoogleTool]],
]: ...
@overload
def call(  # type: ignore[overload-cannot-match]  # pyright: ignore[reportOverlappingOverload]
    model: Model,
    *,
    stream: Literal[False] = False,
    tools: Sequence[Callable[..., Any]],
    json_mode: bool = False,
    client: Client | None = None,
    call_params: Params = None,
    timeout: Limit = None,
) -> CallDecorator[
    None,
    GoogleCallResponse,
    Coroutine[Any, Any, GoogleCallResponse],
]: ...
@overload
def call(
    model: Model,
    *,
    stream: Literal[False] = False,
    response_model: TypeForm[T],
    json_mode: bool = False,
    client: Client | None = None,
    call_params: Params = None,
    timeout: Limit = None,
) -> CallDecorator[
    None,
    T,
    Coroutine[Any, Any, T],
]: ...
@overload
def call(
    model: Model,
    *,
    stream: Literal[False] = False,
    tools: Sequence[Callable[..., Any]],
    response_model: TypeForm[T],
    json_mode: bool = False,
    client: Client | None = None,
    call_params: Params = None,
    timeout: Limit = None,
) -> CallDecorator[
    None,
    T | GoogleCallResponse[GoogleTool],
    Coroutine[Any, Any, T | GoogleCallResponse[GoogleTool]],
]: ...
@overload
def call(
    model: Model,
    *,
    stream: Literal[False] = False,
    tools: AnyTools = None,
    output_parser: Callable[[GoogleCallResponse[GoogleTool]], T],
    json_mode: bool = False,
    client: Client | None = None,
    call_params: Params = None,
    timeout: Limit = None,
) -> CallDecorator[
    None,
    T,
    Coroutine[Any, Any, T],
]: ...
@overload
def call(
    model: Model,
    *,
    stream: Literal[False] = False,
    response_model: TypeForm[M],
    output_parser: Callable[[M], T],
    json_mode: bool = False,
    client: Client | None = None,
    call_params: Params = None,
    timeout: Limit = None,
) -> CallDecorator[
    None,
    T,
    Coroutine[Any, Any, T],
]: ...
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
    """Turn a prompt function into a call of a model of Google.

    The decorated function takes the same arguments. Called, it gives a response
    (`GoogleCallResponse`), or with `stream` a stream to iterate
    (`GoogleStream`); an `async def` gives their asynchronous counterparts.

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
        TypeError: The client is not one of Google's, or of the wrong kind for the function; or
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
