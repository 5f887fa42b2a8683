"""What a `call` decorator was given: checked at decoration, so that mistakes are told there."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ._adapter import Adapter
from ._clients import check_client
from ._narrow import is_iterable, is_mapping
from ._record import Record
from .tool import BaseTool
from .types import StreamConfig, Timeout

if TYPE_CHECKING:
    from ._structured import StructuredOutput

__all__ = ["Options", "checked_mapping", "checked_timeout", "checked_tools", "options_of"]

_FAST_READER = "MIRASCOPE_FAST_READER"


class Options(Record):
    """What a `call` decorator was given.

    Attributes:
        adapter: The provider.
        model: The model's name.
        stream: Whether the answer is streamed.
        fast_reader: Whether the fast reader may be used.
        tools: The offered tools by name, or `None`.
        structured: The response model, or `None`.
        partial_tools: Whether tools are shown while they are written.
        output_parser: What is made of the response, or `None`.
        json_mode: Whether the answer must be JSON.
        client: The SDK's client, or `None` for a default one.
        call_params: Options of the SDK's method.
        timeout: The time limits, or `None`.
    """

    adapter: Adapter
    model: str
    stream: bool
    fast_reader: bool
    tools: Mapping[str, type[BaseTool]] | None
    structured: StructuredOutput | None
    partial_tools: bool
    output_parser: Callable[[Any], Any] | None
    json_mode: bool
    client: Any
    call_params: Mapping[str, Any]
    timeout: Timeout | None


def options_of(
    adapter: Adapter,
    model: str,
    *,
    stream: bool | Mapping[str, Any],
    tools: Sequence[Any] | None,
    response_model: Any,
    output_parser: Callable[[Any], Any] | None,
    json_mode: bool,
    client: Any,
    call_params: Mapping[str, Any] | None,
    timeout: float | Timeout | None,
) -> Options:
    """Check what a `call` decorator was given.

    Raises:
        ValueError: The options do not go together, or a tool cannot be offered.
        TypeError: An option is of the wrong kind, the client is not one of the provider's, or the
            response model has no schema.
    """
    if callable(model):
        raise TypeError(
            f"{adapter.name}.call takes the model's name first, as in "
            f'`@{adapter.name}.call("a-model")`; got {model!r}.'
        )
    streams = _streams(stream)
    config: Mapping[str, Any] = stream if is_mapping(stream) else {}
    _check_together(
        config, streams=streams, response_model=response_model, output_parser=output_parser
    )
    check_client(adapter, client, is_async=None)
    live = bool(config.get("live_partials"))
    return Options(
        adapter=adapter,
        model=model,
        stream=streams,
        fast_reader=_fast_reader(config),
        tools=None if tools is None else checked_tools(tools, adapter),
        structured=_structured(response_model, streams=streams, live=live),
        partial_tools=bool(config.get("partial_tools")),
        output_parser=output_parser,
        json_mode=json_mode,
        client=client,
        call_params=dict(checked_mapping("call_params", call_params)),
        timeout=checked_timeout(timeout),
    )


def _check_together(
    config: Mapping[str, Any], *, streams: bool, response_model: Any, output_parser: Any
) -> None:
    """Refuse options that do not go together."""
    if output_parser is not None and not callable(output_parser):
        raise TypeError(f"`output_parser` is a function of the response; got {output_parser!r}.")
    if streams and output_parser is not None:
        raise ValueError(
            "`output_parser` takes a complete response: leave `stream` out, or parse the response "
            "of the stream (`stream.construct_call_response()`) yourself."
        )
    if config.get("partial_tools") and response_model is not None:
        raise ValueError(
            "`partial_tools` shows tools while they are written, and a stream with a "
            "`response_model` shows the model: leave one of them out."
        )


def checked_tools(tools: Sequence[Any], adapter: Adapter) -> Mapping[str, type[BaseTool]]:
    """Give the tool classes of a call by name; see `tool_types` for what is refused."""
    from ._tool_types import tool_types

    if not is_iterable(tools):
        raise TypeError(
            f"`tools` takes a list of tools, as in `tools=[get_weather]`; got {tools!r}."
        )
    return tool_types(tools, adapter.tool)


def _structured(response_model: Any, *, streams: bool, live: bool) -> StructuredOutput | None:
    if response_model is None:
        return None
    from ._structured import StructuredOutput

    if isinstance(response_model, str):
        raise TypeError(f"`response_model` takes a type, not its name: {response_model!r}.")
    return StructuredOutput(response_model, streams=streams, live=live)


def checked_timeout(value: float | Timeout | None) -> Timeout | None:
    """Give the time limits that a number of seconds, or limits, stand for."""
    return value if value is None or isinstance(value, Timeout) else Timeout(total=value)


def checked_mapping(name: str, value: Any) -> Mapping[str, Any]:
    """Give the value of an option that takes a dictionary; empty for `None`.

    Raises:
        TypeError: It is something else.
    """
    if value is None:
        return {}
    if not is_mapping(value):
        raise TypeError(f"`{name}` takes a dictionary; got {value!r}.")
    return value


def _streams(stream: Any) -> bool:
    """Whether what was given as `stream` asks for a stream."""
    if stream is None or isinstance(stream, bool):
        return bool(stream)
    known = StreamConfig.__optional_keys__
    if not is_mapping(stream) or not stream.keys() <= known:
        raise TypeError(
            f"`stream` takes True, or a dictionary with {', '.join(sorted(known))}; got {stream!r}."
        )
    return True


def _fast_reader(config: Mapping[str, Any]) -> bool:
    asked = config.get("fast_reader")
    return os.environ.get(_FAST_READER) != "0" if asked is None else bool(asked)
