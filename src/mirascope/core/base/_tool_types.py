"""Tool classes: the class used at run time for a function, a tool class or a plain model.

Strategy: a class is combined with the provider's by inheritance, so that `isinstance` holds for
both. A function becomes a class with one field per parameter.

Made once per source and provider: the class is kept on the source itself, because any table
here would keep the source alive through its class.
"""

from __future__ import annotations

import contextlib
import re
import threading
import types
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias, TypeGuard, cast

from pydantic import BaseModel, PrivateAttr

from ._function_tool import tool_from_function
from ._record import Record
from ._tool_schema import arguments_schema
from .tool import BaseTool, Origin, offered_name

__all__ = ["ToolLike", "rebuild", "tool_from_function", "tool_type", "tool_types"]

ToolLike: TypeAlias = type[BaseModel] | Callable[..., Any]
"""What may be offered to a model: a tool class, a plain pydantic model, or a function."""

_LEGAL_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_MADE = "__mirascope_tool_types__"
_MAKING = threading.RLock()


class _Made(Record):
    """The classes made from `owner`, by provider base."""

    owner: Any
    types: dict[type[BaseTool], type[BaseTool]]


def tool_types(tools: Iterable[ToolLike], base: type[BaseTool]) -> dict[str, type[BaseTool]]:
    """The classes for one call's tools, by the names the model calls them by.

    Args:
        tools: Tool classes, plain pydantic models and functions.
        base: The provider's tool class.

    Raises:
        ValueError: Two tools share a name, a name is not one that providers take, or a
            function's parameters cannot be described.
        TypeError: Something is not a tool, or has arguments without a JSON schema.
    """
    named: dict[str, type[BaseTool]] = {}
    for tool in tools:
        made = tool_type(tool, base)
        name = offered_name(made)
        if _LEGAL_NAME.fullmatch(name) is None:
            raise ValueError(
                f"`{name}` cannot be a tool's name: use 1 to 64 letters a-z, digits, `_` and `-` "
                f"(a class can set `__custom_name__`)."
            )
        if name in named:
            raise ValueError(
                f"Two tools are called `{name}`: the model could not tell them apart. Rename one, "
                f"or set `__custom_name__` on its class."
            )
        arguments_schema(made)
        named[name] = made
    return named


def tool_type(tool: ToolLike, base: type[BaseTool]) -> type[BaseTool]:
    """The class used at run time for `tool`: both what the user wrote and a `base`.

    The same input gives the same class for as long as the input lives. Bound methods are made
    anew by every access to them, and so are their classes.

    Args:
        tool: A tool class, a plain pydantic model class, or a function.
        base: The provider's tool class.

    Raises:
        TypeError: `tool` is none of these.
        ValueError: A function's parameters cannot be described.
    """
    _refuse_bases(tool, base)
    if _is_made(tool, base):
        return tool
    with _MAKING:
        kept = _made_from(tool)
        made = kept.types.get(base)
        if made is None:
            made = kept.types[base] = _make(tool, base)
        return made


def rebuild(origin: Origin) -> type[BaseTool]:
    """The class that `origin` describes, found or made again."""
    from ._response_type import ResponseType

    if isinstance(origin.source, ResponseType):
        return origin.source.tool(origin.base)
    source = rebuild(origin.source) if isinstance(origin.source, Origin) else origin.source
    if origin.name is None:
        return tool_type(source, origin.base)
    return tool_from_function(
        source, origin.base, name=origin.name, documentation=origin.documentation
    )


def _refuse_bases(tool: object, base: type[BaseTool]) -> None:
    """Refuse the classes that users are to make theirs from."""
    if not isinstance(tool, type) or not issubclass(tool, BaseModel):
        return
    if issubclass(base, tool):
        raise TypeError(
            f"`{tool.__name__}` itself cannot be a tool: pass a subclass of it, whose fields are "
            "the tool's arguments."
        )
    if hasattr(tool, "create_tools") and not issubclass(tool, BaseTool):
        raise TypeError(
            f"`{tool.__name__}` is a toolkit, which is no tool: pass the tools that it makes, as "
            f"in `tools={tool.__name__}(...).create_tools()`."
        )


def _is_made(tool: object, base: type[BaseTool]) -> TypeGuard[type[BaseTool]]:
    return isinstance(tool, type) and issubclass(tool, base)


def _made_from(tool: ToolLike) -> _Made:
    made = getattr(tool, "__dict__", {}).get(_MADE)
    # `functools.wraps` copies a function's attributes, so what is found may be another's.
    if isinstance(made, _Made) and made.owner is tool:
        return made
    made = _Made(tool, {})
    with contextlib.suppress(AttributeError, TypeError):  # bound methods and builtins refuse
        setattr(tool, _MADE, made)
    return made


def _make(tool: ToolLike, base: type[BaseTool]) -> type[BaseTool]:
    if not isinstance(tool, type):
        return tool_from_function(tool, base)
    if not issubclass(tool, BaseModel):  # pyright: ignore[reportUnnecessaryIsInstance]  # users may pass anything
        raise TypeError(
            f"`{tool.__qualname__}` cannot be a tool: pass a function, a subclass of `BaseTool`, "
            f"or a pydantic model class."
        )
    return _combine(tool, base)


def _combine(source: type[BaseModel], base: type[BaseTool]) -> type[BaseTool]:
    covered = [f for f in source.model_fields if hasattr(base, f) and not hasattr(source, f)]
    if covered:
        raise ValueError(
            f"Field `{covered[0]}` of `{source.__qualname__}` is a part of every tool: rename it, "
            f"and keep the model's name for it with `Field(alias={covered[0]!r})`."
        )
    namespace: dict[str, Any] = {
        "__module__": source.__module__,
        "__qualname__": source.__qualname__,
        "__doc__": source.__doc__,
        "model_config": {**base.model_config, **source.model_config},
        "__tool_origin__": Origin(vars(source).get("__tool_origin__") or source, base),
        # Declared again: pydantic before 2.9 forgets an inherited private attribute when the
        # source defines `model_post_init`.
        "_tool_received": PrivateAttr(default=None),
    }
    made = types.new_class(source.__name__, (source, base), None, lambda ns: ns.update(namespace))
    return cast("type[BaseTool]", made)
