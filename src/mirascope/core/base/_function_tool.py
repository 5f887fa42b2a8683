"""Functions as tools: one field per parameter, whatever the parameters are called.

Strategy: a parameter whose name means something on a tool already (`id`, `args`, `json`,
`_private`, ...) gets a neutral field name with the real name as its alias, so that the schema,
the validation errors and `tool.args` know real names only. An argument the model leaves out is
left to the function's own default, which is neither copied nor validated.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from types import SimpleNamespace
from typing import Annotated, Any, get_type_hints

from pydantic import Field, create_model
from pydantic.errors import PydanticUserError
from pydantic.fields import FieldInfo

from ._docstring import Documentation
from ._record import Record
from .tool import BaseTool, Origin

__all__ = ["tool_from_function"]

_ANNOTATED: Any = Annotated  # checkers take no variable within `Annotated[...]`


class _Argument(Record):
    """One parameter: its name, the field that holds it, and how the function takes it."""

    name: str
    field: str
    default: Any
    positional: bool


def tool_from_function(
    fn: Callable[..., Any],
    base: type[BaseTool],
    *,
    name: str | None = None,
    documentation: Documentation | None = None,
) -> type[BaseTool]:
    """A tool class whose `call()` calls `fn`.

    Args:
        fn: A function or bound method, `def` or `async def`; every parameter is annotated.
        base: The provider's tool class.
        name: The tool's name; the function's own where it is left out.
        documentation: The tool's texts; those of the function's docstring where it is left out.

    Raises:
        TypeError: `fn` is not a function with a name, or pydantic refuses a parameter's type.
        ValueError: A parameter cannot be described to a model.
    """
    label = name or _name_of(fn)
    parameters = _parameters(fn, label)
    annotations = _annotations(fn, label, parameters)
    arguments: list[_Argument] = []
    fields: dict[str, Any] = {}
    for parameter in parameters.values():
        field_name = _field_name(parameter.name, base, taken=parameters.keys() | fields.keys())
        annotation = annotations[parameter.name]
        if field_name != parameter.name:
            annotation = _ANNOTATED[annotation, Field(alias=parameter.name)]
        required = parameter.default is parameter.empty
        fields[field_name] = (annotation, ... if required else parameter.default)
        positional = parameter.kind is parameter.POSITIONAL_ONLY
        arguments.append(_Argument(parameter.name, field_name, parameter.default, positional))
    try:
        made = create_model(label, __base__=base, __module__=fn.__module__, **fields)
    except PydanticUserError as error:
        raise TypeError(
            f"The arguments of tool `{label}` cannot be described to a model: {error.message}"
        ) from error
    made.__qualname__ = label
    made.__doc__ = fn.__doc__
    made.__tool_documentation__ = documentation
    made.__tool_origin__ = Origin(fn, base, name=name, documentation=documentation)
    setattr(made, "call", _caller(fn, tuple(arguments)))  # noqa: B010 - a method, to checkers
    return made


def _caller(fn: Callable[..., Any], arguments: tuple[_Argument, ...]) -> Callable[[BaseTool], Any]:
    def call(self: BaseTool) -> Any:
        """Call the function with the model's arguments."""
        positional: list[Any] = []
        named: dict[str, Any] = {}
        for argument in arguments:
            given = argument.field in self.model_fields_set
            if given or isinstance(argument.default, FieldInfo):
                value = self.__dict__[argument.field]
            else:
                value = argument.default
            if argument.positional:
                positional.append(value)
            else:
                named[argument.name] = value
        return fn(*positional, **named)

    return call


def _name_of(fn: Callable[..., Any]) -> str:
    name = getattr(fn, "__name__", None)
    if not callable(fn) or not isinstance(name, str):
        raise TypeError(
            f"{fn!r} cannot be a tool: pass a function, a bound method, a subclass of `BaseTool`, "
            "or a pydantic model class; of a toolkit, what its `create_tools()` gives."
        )
    if name == "<lambda>":
        raise TypeError("A lambda cannot be a tool, as it has no name: write it as a `def`.")
    return name


def _parameters(fn: Callable[..., Any], label: str) -> Mapping[str, inspect.Parameter]:
    try:
        parameters = inspect.signature(fn).parameters
    except (ValueError, NameError) as error:
        raise ValueError(f"The parameters of tool `{label}` cannot be read: {error}.") from error
    for name, parameter in parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            raise ValueError(
                f"Tool `{label}` takes `{parameter}`, which cannot be described to a model: "
                f"name its parameters one by one."
            )
        if name in ("self", "cls") and parameter.annotation is parameter.empty:
            raise ValueError(
                f"Tool `{label}` is a method without its object: pass it as an attribute of the "
                f"object, as in `tools=[library.{label}]`."
            )
        if parameter.annotation is parameter.empty:
            raise ValueError(
                f"Parameter `{name}` of tool `{label}` has no annotation: the model has to be "
                f"told its type."
            )
    return parameters


def _annotations(
    fn: Callable[..., Any], label: str, parameters: Mapping[str, inspect.Parameter]
) -> dict[str, Any]:
    written = inspect.unwrap(getattr(fn, "__func__", fn))
    scope = getattr(written, "__globals__", {})
    enclosing = _enclosing(written)
    resolved: dict[str, Any] = {}
    for name, parameter in parameters.items():
        # One at a time, so that the error names the parameter and the return type is left alone.
        holder = SimpleNamespace(__annotations__={name: parameter.annotation})
        try:
            hints = get_type_hints(holder, scope, enclosing, include_extras=True)
        except (NameError, TypeError, SyntaxError, AttributeError) as error:
            raise ValueError(
                f"The annotation {parameter.annotation!r} of parameter `{name}` of tool "
                f"`{label}` cannot be resolved: {error}. Import or define what it names at the "
                f"top level of the module, outside `if TYPE_CHECKING`."
            ) from error
        resolved[name] = hints[name]
    return resolved


def _enclosing(fn: Any) -> dict[str, Any]:
    names = getattr(getattr(fn, "__code__", None), "co_freevars", ())
    cells = getattr(fn, "__closure__", None) or ()
    enclosing: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=True):
        try:
            enclosing[name] = cell.cell_contents
        except ValueError:  # not assigned yet
            continue
    return enclosing


def _field_name(name: str, base: type[BaseTool], *, taken: AbstractSet[str]) -> str:
    if not name.startswith(("_", "model_")) and not hasattr(base, name) and name not in dir(base):
        return name
    neutral = f"argument_{name.strip('_')}"
    while neutral in taken:
        neutral += "_"
    return neutral
