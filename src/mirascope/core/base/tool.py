"""`BaseTool`: a pydantic model whose fields are a tool's arguments and whose `call()` runs it.

The arguments belong to the user, so the tool's own attributes give way to them: `args`, `id`,
`delta`, `error` and `tool_call` are read through descriptors that an argument of the same name
covers. Code that has to read the tool's side whatever the arguments are called uses the
functions of this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import CodeType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, PrivateAttr
from typing_extensions import TypedDict

from ..errors import ToolError
from ._docstring import Documentation, read_docstring
from ._record import Record

__all__ = [
    "BaseTool",
    "Function",
    "Origin",
    "Received",
    "ToolConfig",
    "attach",
    "call_id",
    "documentation",
    "native_call",
    "offered_description",
    "offered_name",
    "received",
    "tool_arguments",
    "tool_delta",
    "tool_error",
    "tool_name",
]

ValueT = TypeVar("ValueT")

_NO_DESCRIPTION = (
    "Fill in every required argument, correctly typed, from the conversation; "
    "leave out optional arguments that the conversation says nothing about."
)


class Function(Protocol):
    """A function or a bound method, but not a class (which is callable too)."""

    @property
    def __code__(self) -> CodeType:
        """The compiled body, which classes do not have."""
        ...


class ToolConfig(TypedDict, total=False):
    """What a tool class asks of its provider; providers extend it with their own keys."""


class Received(NamedTuple):
    """How a tool came from the model.

    Attributes:
        name: The name the model called.
        tool_call: The provider's own object for the call.
        id: The call's id, where the provider gives one.
        delta: The newest piece of the arguments' text; only partial tools have one.
        error: Why the call could not be turned into the tool that was meant.
        arguments: The parsed arguments of a call with an error, as far as they are an object.
    """

    name: str
    tool_call: Any = None
    id: str | None = None
    delta: str | None = None
    error: ToolError | None = None
    arguments: Mapping[str, Any] | None = None


class Origin(Record):
    """What a generated tool class was made from; enough to make it again in another process.

    Attributes:
        source: The user's class or function, or the origin of a class that was generated itself.
        base: The provider's tool class.
        name: The tool's name where it is not the source's own.
        documentation: The tool's texts where they are not those of the source's docstring.
    """

    source: Any
    base: type[BaseTool]
    name: str | None = None
    documentation: Documentation | None = None


class _OwnAttribute(Generic[ValueT]):
    """An attribute of the tool itself, which an argument of the same name covers.

    A non-data descriptor: a field's value in the instance's dictionary wins. It does not exist
    on the class, or pydantic would take it for the default of a field of that name.
    """

    def __init__(self, read: Callable[[Any], ValueT]) -> None:
        self._read = read
        self.__doc__ = read.__doc__

    def __get__(self, instance: BaseTool | None, owner: type[BaseTool]) -> ValueT:
        if instance is None:
            raise AttributeError("An attribute of tools, not of their class.")
        return self._read(instance)


class BaseTool(BaseModel):
    """A tool the model may call: subclass it with fields for the arguments and define `call`.

    Attributes:
        tool_config: Options for the provider, such as its strict mode.
        __custom_name__: The name given to the model, instead of the class's name.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        arbitrary_types_allowed=True,
        # Arguments called `model_x` are as good as any.
        protected_namespaces=(),
        ignored_types=(_OwnAttribute,),
    )
    tool_config: ClassVar[ToolConfig] = ToolConfig()
    __custom_name__: ClassVar[str] = ""
    __tool_documentation__: ClassVar[Documentation | None] = None
    __tool_origin__: ClassVar[Origin | None] = None

    _tool_received: Received | None = PrivateAttr(default=None)

    @_OwnAttribute
    def args(self) -> dict[str, Any]:
        """The validated arguments, by the names the model uses."""
        return tool_arguments(self)

    @_OwnAttribute
    def id(self) -> str | None:
        """The id of the model's call, where the provider gives one."""
        return call_id(self)

    @_OwnAttribute
    def tool_call(self) -> Any:
        """The provider's own object for the call; `None` for a tool built by hand."""
        return native_call(self)

    @_OwnAttribute
    def delta(self) -> str | None:
        """The newest piece of the arguments' text, on partial tools; otherwise `None`."""
        return tool_delta(self)

    @_OwnAttribute
    def error(self) -> ToolError | None:
        """Why the model's call is not the tool it was meant to be; `None` for a sound one."""
        return tool_error(self)

    def call(self) -> Any:
        """Run the tool; an `async def call` returns the coroutine.

        Raises:
            ToolError: The model's call was unknown or malformed; the error says how.
            NotImplementedError: The tool's class defines no `call`.
        """
        error = tool_error(self)
        if error is not None:
            raise error
        raise NotImplementedError(
            f"`{tool_name(self)}` has nothing to run: define `call(self)` on its class."
        )

    @classmethod
    def _name(cls) -> str:
        """The name the model calls the tool by."""
        return offered_name(cls)

    @classmethod
    def _description(cls) -> str:
        """What the model is told about the tool: its docstring without the sections."""
        return offered_description(cls)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        error = tool_error(self)
        if error is not None:
            yield "name", tool_name(self)
            yield "error", str(error)
            return
        wire_names = dict(_wire_names(type(self)))
        for name, value in super().__repr_args__():
            yield wire_names.get(name or "", name), value

    def __reduce__(self) -> tuple[Any, ...]:
        # A generated class cannot be found by its name: it is made again from its origin.
        origin = vars(type(self)).get("__tool_origin__")
        return _blank, (origin or type(self),), self.__getstate__()

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_"):
                return super().__getattr__(name)
            for field_name, wire_name in _wire_names(type(self)):
                if wire_name == name and field_name in self.__dict__:
                    return self.__dict__[field_name]
            error = tool_error(self)
            if error is None:
                return super().__getattr__(name)
            raise AttributeError(f"There is no `{name}` on this tool. {error}") from error


def offered_name(tool_class: type[BaseTool]) -> str:
    """The name the model calls tools of a class by."""
    return tool_class.__custom_name__ or tool_class.__name__


def offered_description(tool_class: type[BaseTool]) -> str:
    """What the model is told about tools of a class; an instruction where there is no docstring."""
    return documentation(tool_class).description or _NO_DESCRIPTION


def received(tool: BaseTool) -> Received | None:
    """How the tool came from the model; `None` for a tool built by hand."""
    private: dict[str, Any] | None = tool.__pydantic_private__
    return None if private is None else private.get("_tool_received")


def attach(tool: BaseTool, how: Received) -> None:
    """Note on a tool how it came from the model."""
    setattr(tool, "_tool_received", how)  # noqa: B010 - protected, but this module's own


def tool_name(tool: BaseTool) -> str:
    """The name the model called, or would call this tool by."""
    how = received(tool)
    return offered_name(type(tool)) if how is None else how.name


def call_id(tool: BaseTool) -> str | None:
    """The id of the model's call, also where an argument is called `id`."""
    how = received(tool)
    return None if how is None else how.id


def native_call(tool: BaseTool) -> Any:
    """The provider's own object for the call, also where an argument is called `tool_call`."""
    how = received(tool)
    return None if how is None else how.tool_call


def tool_delta(tool: BaseTool) -> str | None:
    """The newest piece of the arguments' text, also where an argument is called `delta`."""
    how = received(tool)
    return None if how is None else how.delta


def tool_error(tool: BaseTool) -> ToolError | None:
    """Why the model's call is not sound, also where an argument is called `error`."""
    how = received(tool)
    return None if how is None else how.error


def tool_arguments(tool: BaseTool) -> dict[str, Any]:
    """The arguments by the names the model uses, also where one of them is called `args`."""
    how = received(tool)
    if how is not None and how.error is not None:
        return dict(how.arguments or {})
    held = tool.__dict__
    shown = held if tool_delta(tool) is None else tool.model_fields_set
    arguments = {wire: held[name] for name, wire in _wire_names(type(tool)) if name in shown}
    return arguments | (tool.__pydantic_extra__ or {})


def documentation(tool_class: type[BaseTool]) -> Documentation:
    """The texts about a tool: those it was made with, else those of its class's docstring."""
    return tool_class.__tool_documentation__ or read_docstring(tool_class.__doc__)


def _wire_names(tool_class: type[BaseTool]) -> Iterator[tuple[str, str]]:
    # Loaded with the first tool that is looked at.
    from ._type_fields import wire_name

    for name, info in tool_class.model_fields.items():
        yield name, wire_name(name, info)


def _blank(origin: Origin | type[BaseTool]) -> BaseTool:
    from ._tool_types import rebuild

    made = rebuild(origin) if isinstance(origin, Origin) else origin
    return made.__new__(made)
