"""`BaseToolKit`: tools that are methods, and so share the state of one object."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from inspect import getattr_static
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict

from ._docstring import read_docstring
from ._function_tool import tool_from_function
from .tool import BaseTool

__all__ = ["BaseToolKit", "toolkit_tool"]

MethodT = TypeVar("MethodT", bound=Callable[..., Any])

_MARK = "__mirascope_toolkit_tool__"
_FIELD = re.compile(r"(?<!\{)\{self((?:\.\w+)+)\}")


def toolkit_tool(method: MethodT) -> MethodT:
    """Mark a method of a `BaseToolKit` as a tool; the method itself stays as it is.

    Its docstring may contain `{self.name}` or `{self.name.attribute}`, which `create_tools()`
    replaces by what the kit holds then. Other braces are left alone.
    """
    setattr(method, _MARK, True)
    return method


class BaseToolKit(BaseModel):
    """Tools that share state: subclass it with fields for the state and `@toolkit_tool` methods.

    Attributes:
        __namespace__: Put before every tool's name as `<namespace>_<name>`, so that kits with
            tools of the same name can be offered together.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(arbitrary_types_allowed=True)
    __namespace__: ClassVar[str | None] = None

    def create_tools(self) -> list[type[BaseTool]]:
        """A new tool class for each marked method, bound to this kit, in order of definition.

        A subclass's method stands where the method it overrides stands, and is a tool only if it
        is marked itself.

        Raises:
            ValueError: A docstring names something the kit does not have, or a private name; a
                method's parameters cannot be described to a model.
        """
        cls = type(self)
        names = dict.fromkeys(name for owner in reversed(cls.__mro__) for name in vars(owner))
        # Looked up statically: pydantic's own attributes include some that warn when read.
        marked = [name for name in names if hasattr(getattr_static(cls, name), _MARK)]
        return [_tool(self, name) for name in marked]


def _tool(kit: BaseToolKit, name: str) -> type[BaseTool]:
    method = getattr(kit, name)
    prefix = f"{kit.__namespace__}_" if kit.__namespace__ else ""
    texts = read_docstring(method.__doc__).mapped(partial(_FIELD.sub, partial(_read, kit, name)))
    return tool_from_function(method, BaseTool, name=prefix + name, documentation=texts)


def _read(kit: BaseToolKit, method: str, field: re.Match[str]) -> str:
    value: Any = kit
    for name in field[1].removeprefix(".").split("."):
        if name.startswith("_"):
            raise ValueError(
                f"The docstring of `{method}` uses {field[0]}, but `{name}` is private: give the "
                f"kit a public field or property."
            )
        try:
            value = getattr(value, name)
        except AttributeError as error:
            raise ValueError(
                f"The docstring of `{method}` uses {field[0]}, but there is no `{name}`: {error}"
            ) from error
    return str(value)
