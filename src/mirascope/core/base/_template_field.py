"""The fields of a compiled template: `{book.title}`, `{xs[0]!r:>10}`, `{x:image(detail=low)}`.

A field knows where its value is found and what becomes of it.  The value is never parsed: braces,
role words and format specifications inside it are just text.  Attributes are read only by names
the template's author wrote, and never by names with a leading underscore.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from inspect import isawaitable, isbuiltin, isfunction, ismethod
from typing import Any, Final, TypeAlias

from ..errors import PromptError
from ._parts import PART_READERS, items
from ._record import Record
from .message_param import Part

__all__ = [
    "CONVERSIONS",
    "JOIN_KEYWORDS",
    "PART_KEYWORDS",
    "Attribute",
    "Field",
    "Item",
    "PartField",
    "Spec",
]


class Attribute(Record):
    """The step `.name`.

    Attributes:
        name: The attribute's name; no leading underscore.
    """

    name: str

    def taken_from(self, owner: Any, field: str) -> Any:
        """The attribute's value.

        Raises:
            PromptError: `owner` has no such attribute, or a property of it raised AttributeError.
        """
        try:
            return getattr(owner, self.name)
        except AttributeError as error:
            kind = type(owner).__name__
            if error.obj is owner and error.name == self.name:
                raise PromptError(f"{field}: {kind} has no attribute {self.name!r}") from error
            raise PromptError(
                f"{field}: reading {self.name!r} of {kind} raised AttributeError: {error}"
            ) from error


class Item(Record):
    """The step `[key]`.

    Attributes:
        key: The key as written.
        index: The key as a number, if it is written as one.
    """

    key: str
    index: int | None

    def taken_from(self, owner: Any, field: str) -> Any:
        """The item's value.

        Raises:
            PromptError: `owner` has no items, or not this one.
        """
        key: Any = self.key
        if self.index is not None and not _holds(owner, self.key):
            key = self.index
        kind = type(owner).__name__
        try:
            return owner[key]
        except KeyError as error:
            raise PromptError(f"{field}: {kind} has no key {key!r}") from error
        except IndexError as error:
            raise PromptError(f"{field}: {kind} has no item {key!r}") from error
        except TypeError as error:
            raise PromptError(f"{field}: {kind} cannot be asked for [{key!r}]: {error}") from error


Spec: TypeAlias = "str | tuple[str | Field, ...]"
"""A format specification; a tuple where fields are nested in it, as in `{x:>{width}}`."""


class Field(Record):
    """A field that is rendered as text.

    Attributes:
        source: The field as written, braces included.
        root: The variable's name.
        steps: How to get from the variable to the value.
        conversion: `"r"`, `"s"`, `"a"`, or empty.
        spec: The format specification.
        join: `"list"`, `"lists"`, or empty.
    """

    source: str
    root: str
    steps: tuple[Attribute | Item, ...] = ()
    conversion: str = ""
    spec: Spec = ""
    join: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the field only names a value and says nothing of how to show it."""
        return not (self.conversion or self.spec or self.join)

    def value(self, values: Mapping[str, Any]) -> Any:
        """The field's value among `values`, which hold its variable.

        Raises:
            PromptError: The path leads nowhere.
        """
        value = values[self.root]
        for step in self.steps:
            value = step.taken_from(value, self.source)
        return value

    def text(self, values: Mapping[str, Any]) -> str:
        """The field's value as text; `None` is the empty text.

        Raises:
            PromptError: The path leads nowhere, or the value does not take the specification.
        """
        value = self.value(values)
        _refuse_unready(value, self.source)
        if self.join:
            return _JOINS[self.join](value, self.source)
        _refuse_code(value, self.source)
        if self.conversion:
            value = _CONVERSIONS[self.conversion](value)
        if type(value) is str and not self.spec:
            return value
        return "" if value is None else self._formatted(value, values)

    def roots(self) -> Iterator[str]:
        """The names of the variables the field needs."""
        yield self.root
        for piece in self.spec:
            if isinstance(piece, Field):
                yield from piece.roots()

    def _formatted(self, value: Any, values: Mapping[str, Any]) -> str:
        spec = self.spec
        if not isinstance(spec, str):
            spec = "".join(p if isinstance(p, str) else p.text(values) for p in spec)
        try:
            return format(value, spec)
        except (TypeError, ValueError) as error:
            raise PromptError(
                f"{self.source}: {type(value).__name__} cannot be formatted with {spec!r}: {error}"
            ) from error


class PartField(Record):
    """A field whose value becomes parts of the message.

    Attributes:
        field: Where the value is.
        keyword: `"image"`, `"images"`, ...
        detail: The option `detail` of an image.
    """

    field: Field
    keyword: str
    detail: str | None = None

    def parts(self, values: Mapping[str, Any]) -> list[Part]:
        """The parts the value stands for; none if it is `None` or empty.

        Raises:
            PromptError: The path leads nowhere, or the value is no such part.
        """
        where = self.field.source
        value = self.field.value(values)
        several = self.keyword.endswith("s")
        read = PART_READERS[self.keyword.removesuffix("s")]
        read_parts = (
            read(item, where, self.detail)
            for item in (items(value, where) if several else (value,))
        )
        return [part for part in read_parts if part is not None]


def _refuse_unready(value: Any, where: str) -> None:
    """Refuse what has no text yet: its `str` would go to the model in place of its text.

    Raises:
        PromptError: The value is a stream that was not read, or has to be awaited.
    """
    if type(value) is str:
        return
    from ._stream_properties import StreamProperties
    from ._structured_properties import StructuredProperties

    streams: tuple[Any, ...] = (StreamProperties, StructuredProperties)
    if isinstance(value, streams):
        if value.state in ("pending", "open"):
            raise PromptError(
                f"{where}: this {type(value).__name__} was not read to its end; read it first, or "
                "use its `construct_call_response()`"
            )
    elif isawaitable(value):
        raise PromptError(f"{where}: this {type(value).__name__} has to be awaited first")


def _refuse_code(value: Any, where: str) -> None:
    """Refuse what has no text at all: its `str` is a name and an address in memory.

    Raises:
        PromptError: The value is a function, a method or a class.
    """
    if isfunction(value) or ismethod(value) or isbuiltin(value):
        raise PromptError(
            f"{where}: this is a function, {value.__name__!r}, and not what it gives: call it and "
            "pass the result"
        )
    if isinstance(value, type):
        raise PromptError(f"{where}: this is the class {value.__name__!r}, and no value of it")


def _holds(owner: Any, key: str) -> bool:
    return isinstance(owner, Mapping) and key in owner


def _joined(value: Any, where: str) -> str:
    return "\n".join(_line(item, where) for item in items(value, where))


def _line(item: Any, where: str) -> str:
    _refuse_unready(item, where)
    _refuse_code(item, where)
    return str(item)


def _joined_twice(value: Any, where: str) -> str:
    return "\n\n".join(_joined(inner, where) for inner in items(value, where))


_CONVERSIONS: Final[dict[str, Callable[[Any], str]]] = {"a": ascii, "r": repr, "s": str}
_JOINS: Final[dict[str, Callable[[Any, str], str]]] = {"list": _joined, "lists": _joined_twice}

CONVERSIONS: Final = frozenset(_CONVERSIONS)
"""What may stand behind the exclamation mark."""

JOIN_KEYWORDS: Final = frozenset(_JOINS)
"""The specifications that join a list to a text."""

PART_KEYWORDS: Final = frozenset(PART_READERS) | {f"{name}s" for name in PART_READERS}
"""The specifications that make parts of a value."""
