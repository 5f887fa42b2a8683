"""What a `call` decorator was given: checked at decoration, so that mistakes are told there."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import is_dataclass
from inspect import isroutine
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from ._adapter import Adapter
from ._clients import check_client
from ._narrow import is_iterable, is_list, is_mapping
from ._record import Record
from .tool import BaseTool
from .types import StreamConfig, Timeout

if TYPE_CHECKING:
    from ._structured import StructuredOutput

__all__ = ["Options", "checked_params", "checked_timeout", "checked_tools", "options_of"]

_FAST_READER: Final = "MIRASCOPE_FAST_READER"
_FROM_PROMPT: Final = "the messages come from the prompt"
_GIVEN_ELSEWHERE: Final = {
    "stream": "`stream` is an argument of the decorator",
    **dict.fromkeys(("contents", "input", "message", "messages"), _FROM_PROMPT),
}
"""What the SDKs' methods take and a call gets in another place, and where that is."""


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
        ValueError: The options do not go together, a tool cannot be offered, or a call parameter
            belongs elsewhere.
        TypeError: An option is of the wrong kind, the client is not one of the provider's, or the
            response model has no schema.
    """
    _check_model(adapter, model)
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
        call_params=dict(checked_params(call_params)),
        timeout=checked_timeout(timeout),
    )


def _check_model(adapter: Adapter, model: Any) -> None:
    if isinstance(model, str):
        return
    hint = "" if callable(model) else " Is the setting that it comes from missing?"
    raise TypeError(
        f"{adapter.name}.call takes the model's name first, as in "
        f'`@{adapter.name}.call("a-model")`; got {model!r}.{hint}'
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

    # A pydantic model is iterable, too: over its fields.
    if not is_iterable(tools) or isinstance(tools, BaseModel):
        raise TypeError(
            "`tools` takes a list of tools, as in `tools=[get_weather]` or, of a toolkit, "
            f"`tools=kit.create_tools()`; got {tools!r}."
        )
    return tool_types(tools, adapter.tool)


def _structured(response_model: Any, *, streams: bool, live: bool) -> StructuredOutput | None:
    if response_model is None:
        return None
    from ._structured import StructuredOutput

    if (problem := _why_no_type(response_model)) is not None:
        raise TypeError(f"`response_model` takes a type, {problem}; got {response_model!r}.")
    return StructuredOutput(response_model, streams=streams, live=live)


def _why_no_type(value: Any) -> str | None:
    """Say what to write where something is certainly no type."""
    if isinstance(value, str):
        return "not its name"
    if is_mapping(value):
        return "not a schema: write it as a pydantic model, or as a `TypedDict`"
    if is_list(value) or isinstance(value, (set, frozenset)):
        return "not a list of types: `list[Book]` is a list of books, `Book | Film` one of the two"
    if isroutine(value):
        return "not a function: write what it returns as a pydantic model"
    is_instance = not isinstance(value, type) and is_dataclass(value)
    if is_instance or isinstance(value, (BaseModel, bool, bytes, int, float)):
        return f"not a value of one: `response_model={type(value).__name__}`"
    return None


def checked_timeout(value: float | Timeout | None) -> Timeout | None:
    """Give the time limits that a number of seconds, or limits, stand for."""
    return value if value is None or isinstance(value, Timeout) else Timeout(total=value)


def checked_params(value: Any) -> Mapping[str, Any]:
    """Give the call parameters; empty for `None`.

    Raises:
        TypeError: They are no dictionary.
        ValueError: One of them is given elsewhere.
    """
    if value is None:
        return {}
    if not is_mapping(value):
        raise TypeError(f"`call_params` takes a dictionary; got {value!r}.")
    for name in value.keys() & _GIVEN_ELSEWHERE.keys():
        raise ValueError(f"`call_params` has {name!r}: leave it out, {_GIVEN_ELSEWHERE[name]}.")
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
