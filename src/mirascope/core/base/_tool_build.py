"""From a model's call to a tool, and from a tool's output to the text a model is given.

Strategy: the arguments are JSON and are validated as JSON, so that dates, bytes, enumerations
and tuples are read as JSON writes them. Whatever a model gets wrong becomes a tool that carries
the error: a mistake in a call must not cost the reader the text around it.
"""

from __future__ import annotations

import base64
import reprlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import isawaitable
from typing import Any, Literal, TypeAlias, TypeVar, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticSerializationError, from_json, to_json

from ..errors import ToolArgumentsError, ToolError, UnknownTool
from ._narrow import is_list, is_object
from .tool import BaseTool, Received, attach

__all__ = [
    "UNREADABLE",
    "build_tool",
    "object_in",
    "output_text",
    "tool_outputs",
    "validate_json",
]

ValueT = TypeVar("ValueT")

Arguments: TypeAlias = str | Mapping[str, Any] | None

_NOTHING = frozenset({"", "null"})
_EMPTY = ("null", "{}")
_MORE = "A higher limit on output tokens may let the model finish them."
UNREADABLE = (ValueError, TypeError)
"""What reading JSON raises; the latter for text that has no UTF-8 form."""


def build_tool(
    tool_classes: Mapping[str, type[BaseTool]],
    base: type[BaseTool],
    *,
    name: str,
    arguments: Arguments,
    tool_call: Any,
    id: str | None,  # noqa: A002 - the word all providers use
    whole: bool = True,
) -> BaseTool:
    """The tool for one call of the model; a mistake of the model is on its `error`.

    No arguments at all (`None`, an empty text) are an empty object, unless the call was cut off
    before they began: a tool whose arguments never came must not look like one to run. A null
    where the tool takes none is read as "left out": strict schemas leave a model no other way to
    omit an argument.

    Args:
        tool_classes: The offered tools by name.
        base: The provider's tool class; a call that cannot be turned into a tool is one of these.
        name: The name the model called.
        arguments: The arguments as received: JSON text, or an object.
        tool_call: The provider's own object for the call.
        id: The call's id, where the provider gives one.
        whole: Whether the call is known to have ended.
    """
    tool_class = tool_classes.get(name)
    if tool_class is None:
        unknown = _unknown(name, arguments, tool_classes)
        return _failed(base, unknown, tool_call=tool_call, id=id)
    if not whole and (not arguments or arguments in _EMPTY):
        return _failed(base, _unbegun(name, arguments), tool_call=tool_call, id=id)
    try:
        tool = _validate(tool_class, arguments)
    except Exception as cause:  # noqa: BLE001 - a user's validator may raise anything on bad data
        return _failed(base, _unfit(name, arguments, cause), tool_call=tool_call, id=id)
    attach(tool, Received(name, tool_call=tool_call, id=id))
    return tool


def tool_outputs(given: Iterable[tuple[BaseTool, Any]]) -> Iterator[tuple[BaseTool, Any]]:
    """Each tool the model called with what it gave, as a user says it.

    Raises:
        TypeError: They are not pairs of these.
    """
    pairs: Iterable[Any] = given
    for pair in pairs:
        tool, *output = pair if is_list(pair) and pair else (pair,)
        if not isinstance(tool, BaseTool) or len(output) != 1:
            raise TypeError(
                "`tool_message_params` takes pairs of a tool and what it gave, as in "
                f"`[(tool, tool.call())]`; got {reprlib.repr(pair)}."
            )
        yield tool, output[0]


def output_text(value: object) -> str:
    """A tool's output as the text a model is given.

    A `str` as it is, `bytes` as base64, anything that JSON can say as JSON (numbers, `None`,
    collections, pydantic models, dataclasses), the rest as `str()` shows it.

    Raises:
        TypeError: The value is a coroutine, or another thing that has to be awaited first.
    """
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(cast("bytes", value)).decode("ascii")
    if isawaitable(value):
        raise TypeError(
            f"A tool's output has to be awaited first: this is a {type(value).__name__}. The "
            "`call()` of a tool with an `async def` is awaited: `await tool.call()`."
        )
    try:
        text = to_json(value, bytes_mode="base64", fallback=str).decode()
    except (PydanticSerializationError, ValueError, TypeError):
        return str(value)
    # A date, a path or an object of the user's is a JSON text: given like any other text.
    return from_json(text) if text.startswith('"') else text


def _failed(
    base: type[BaseTool],
    error: ToolError,
    *,
    tool_call: Any,
    id: str | None,  # noqa: A002 - as above
) -> BaseTool:
    tool = base.model_construct()
    arguments = _parsed(error.arguments)
    attach(tool, Received(error.name, tool_call=tool_call, id=id, error=error, arguments=arguments))
    return tool


def _validate(tool_class: type[BaseTool], arguments: Arguments) -> BaseTool:
    text = _json(arguments)
    if text is None:
        return tool_class.model_validate(arguments)
    return validate_json(tool_class.model_validate_json, text)


def validate_json(validate: Callable[[str | bytes], ValueT], text: str | bytes) -> ValueT:
    """Validate JSON; a null where the type takes none is read as "left out".

    Args:
        validate: Validates JSON text.
        text: The text.

    Raises:
        ValidationError: It is no JSON, or does not fit.
    """
    try:
        return validate(text)
    except ValidationError as error:
        nulls = [found["loc"] for found in error.errors(include_url=False) if _is_null(found)]
        if not nulls:
            raise
        return _validate_without(validate, text, nulls, error)


def _json(arguments: Arguments) -> str | bytes | None:
    """The arguments as JSON text; `None` for an object that JSON cannot say."""
    if arguments is None or isinstance(arguments, str):
        text = (arguments or "").strip()
        return "{}" if text in _NOTHING else text
    try:
        return to_json(dict(arguments))
    except PydanticSerializationError:
        return None


def _is_null(found: ErrorDetails) -> bool:
    return found["input"] is None


def _validate_without(
    validate: Callable[[str | bytes], ValueT],
    text: str | bytes,
    nulls: list[tuple[int | str, ...]],
    error: ValidationError,
) -> ValueT:
    """Once more without the nulls; where that is not valid either, the first error stands."""
    data = from_json(text)
    for location in nulls:
        _drop_null(data, location)
    try:
        return validate(to_json(data))
    except ValidationError:
        raise error from None


def _drop_null(holder: Any, location: tuple[int | str, ...]) -> None:
    for depth, step in enumerate(location, start=1):
        try:
            inner: Any = holder[step]
        except (KeyError, IndexError, TypeError):
            continue  # a location also names the branch of a union, which is no step in the data
        if inner is not None:
            _drop_null(inner, location[depth:])
        elif isinstance(holder, dict):
            del holder[step]
        return


def _parsed(arguments: Arguments) -> dict[str, Any]:
    """The arguments as far as they are an object; otherwise empty."""
    if isinstance(arguments, Mapping):
        return dict(arguments)
    return object_in(arguments) or {}


def object_in(
    arguments: Any, *, allow_partial: bool | Literal["trailing-strings"] = False
) -> dict[str, Any] | None:
    """What JSON says if it is an object, as the arguments of a call should be; otherwise `None`.

    Args:
        arguments: JSON text, or what was read from it.
        allow_partial: Whether text that was cut off is read as far as it goes; as in
            `pydantic_core.from_json`.
    """
    if isinstance(arguments, (str, bytes)):
        try:
            arguments = from_json(arguments, allow_partial=allow_partial)
        except UNREADABLE:
            return None
    return arguments if is_object(arguments) else None


def _unknown(name: str, arguments: Arguments, offered: Mapping[str, Any]) -> UnknownTool:
    names = ", ".join(f"`{known}`" for known in offered)
    choice = f"Offered: {names}." if names else "No tools were offered."
    message = f"The model called the tool `{name}`, which it was not offered. {choice}"
    return UnknownTool(message, name=name, arguments=arguments)


def _unbegun(name: str, arguments: Arguments) -> ToolArgumentsError:
    message = f"The model's arguments for the tool `{name}` were cut off before they began. {_MORE}"
    return ToolArgumentsError(message, name=name, arguments=arguments)


def _unfit(name: str, arguments: Arguments, cause: Exception) -> ToolArgumentsError:
    message = f"The model's arguments for the tool `{name}` {_problem(arguments, cause)}"
    error = ToolArgumentsError(message, name=name, arguments=arguments)
    error.__cause__ = cause
    return error


def _problem(arguments: Arguments, cause: Exception) -> str:
    if isinstance(arguments, str) and arguments.strip():
        try:
            parsed = from_json(arguments)
        except UNREADABLE as error:
            return _unreadable(arguments, error)
        if parsed is not None and not isinstance(parsed, dict):
            return f"are not a JSON object, but {reprlib.repr(parsed)}."
    if not isinstance(cause, ValidationError):
        return f"do not fit: {type(cause).__name__}: {cause}"
    found = "; ".join(map(_line, cause.errors(include_url=False)))
    return f"do not fit: {found}."


def _unreadable(arguments: str, error: Exception) -> str:
    if isinstance(error, TypeError):
        return "are not JSON: they have half of a character (a lone surrogate)."
    if not str(error).startswith("EOF"):
        return f"are not JSON: {error}."
    return f"are cut off after {len(arguments)} characters ({error}). {_MORE}"


def _line(found: ErrorDetails) -> str:
    place = ".".join(map(str, found["loc"]))
    given = "" if found["type"] == "missing" else f" (given: {reprlib.repr(found['input'])})"
    return f"{place}: {found['msg']}{given}" if place else f"{found['msg']}{given}"
