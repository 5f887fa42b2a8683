"""The content of one template section taken apart into literal text, fields and constant parts.

Strategy: jump from brace to brace.  `{{` and `}}` are literal braces, `{` starts a field, and a
field is read by position: name, conversion, specification, closing brace.

Rules:
* Whatever has braces and is no field is an error that shows the author's line and column and says
  to double the braces; nothing with braces is silently taken for text.
* A name is an identifier followed by `.name` and `[key]` steps.  A step to a name with a leading
  underscore is refused here, before any value is seen.
* Specifications of this library are recognised only in the author's own text; one that is built
  from a nested field is always a plain format specification.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from ..errors import PromptError
from ._parts import shown
from ._record import Record
from ._template_field import (
    CONVERSIONS,
    JOIN_KEYWORDS,
    PART_KEYWORDS,
    Attribute,
    Field,
    Item,
    PartField,
    Spec,
)
from .message_param import CacheControlPart

__all__ = ["Line", "Segment", "scan"]

Segment: TypeAlias = "str | Field | PartField | CacheControlPart"
"""A piece of a section: literal text, a field, or a part that is the same in every rendering."""

_BRACE: Final = re.compile(r"[{}]")
_NAME: Final = re.compile(r"[^\[\]{}!:]*(?:\[[^\]]*\][^\[\]{}!:]*)*")
_ROOT: Final = re.compile(r"[^.\[]*")
_STEP: Final = re.compile(r"\.([^.\[]*)|\[([^\]]+)\]")
_KEYWORD: Final = re.compile(r"(\w+)(?:\((.*)\))?", re.DOTALL)
_OPTIONS: Final = {"cache_control": "type", "image": "detail", "images": "detail"}
_KEYWORDS: Final = JOIN_KEYWORDS | PART_KEYWORDS | {"cache_control"}
# Longer numbers are no positions in a list, and `int` refuses the longest ones.
_LONGEST_INDEX: Final = 18
_DOUBLE: Final = "double the braces ({{ and }}) to have them in the text"


class Line(Record):
    """A line of a template, or what is left of it, and where it stood.

    Attributes:
        text: The text without the line end.
        row: Number of the line in the template, from 1.
        column: Number of the column where `text` starts, from 1.
    """

    text: str
    row: int
    column: int

    def cut(self, width: int) -> Line:
        """The line without its first `width` characters."""
        return Line(self.text[width:], self.row, self.column + width)


def scan(lines: Sequence[Line]) -> tuple[Segment, ...]:
    """Take the content of a section apart.

    Args:
        lines: Its lines.

    Returns:
        The segments in order; neighbouring literals are merged, empty ones left out.

    Raises:
        PromptError: Something with braces is no field.
    """
    source = _Source(tuple(lines), "\n".join(line.text for line in lines))
    segments, _ = _pieces(source, 0, nested=False)
    return segments


class _Source(Record):
    lines: tuple[Line, ...]
    text: str

    def error(self, position: int, reason: str) -> PromptError:
        before = self.text[:position]
        line = self.lines[before.count("\n")]
        column = line.column + position - (before.rfind("\n") + 1)
        fragment = shown(self.text[position:].split("\n", 1)[0])
        return PromptError(f"template, line {line.row}, column {column}: {fragment}: {reason}")


class _Found(Record):
    start: int
    end: int
    name: str
    conversion: str
    spec: tuple[Segment, ...]


def _pieces(source: _Source, position: int, *, nested: bool) -> tuple[tuple[Segment, ...], int]:
    # The segments from `position` on, up to the end, or up to the brace that ends a specification.
    pieces: list[Segment] = []
    literal = ""
    text = source.text
    while match := _BRACE.search(text, position):
        literal += text[position : match.start()]
        position = match.start()
        if nested and match[0] == "}":
            break
        if not nested and text[position + 1 : position + 2] == match[0]:
            literal += match[0]
            position += 2
            continue
        if match[0] == "}":
            raise source.error(position, f"no field ends here; {_DOUBLE}")
        segment, position = _field(source, position, nested=nested)
        pieces += [literal, segment] if literal else [segment]
        literal = ""
    else:
        literal += text[position:]
        position = len(text)
    return (*pieces, literal) if literal else tuple(pieces), position


def _field(source: _Source, start: int, *, nested: bool) -> tuple[Segment, int]:
    text = source.text
    match = _NAME.match(text, start + 1)
    name, position = (match[0], match.end()) if match else ("", start + 1)
    conversion = ""
    if text[position : position + 1] == "!" and name:
        conversion = text[position + 1 : position + 2]
        position += 2
    spec: tuple[Segment, ...] = ()
    if text[position : position + 1] == ":":
        if nested:
            raise source.error(start, "a nested field takes no specification of its own")
        spec, position = _pieces(source, position + 1, nested=True)
    if text[position : position + 1] != "}":
        raise source.error(start, f"not a field such as {{topic}}; {_DOUBLE}")
    if conversion and conversion not in CONVERSIONS:
        raise source.error(start, f"the conversion !{conversion} is not one of !r, !s, !a")
    end = position + 1
    return _made(source, _Found(start, end, name, conversion, spec)), end


def _made(source: _Source, found: _Found) -> Segment:
    start, name, conversion = found.start, found.name, found.conversion
    keyword, detail = _own_keyword(source, start, found.spec)
    if keyword and conversion:
        raise source.error(start, f"!{conversion} and :{keyword} exclude each other")
    if keyword == "cache_control":
        if name:
            raise source.error(start, "cache_control takes no value: write {:cache_control}")
        return CacheControlPart() if detail is None else CacheControlPart(cache_type=detail)
    root, steps = _path(source, start, name)
    field = Field(
        source=source.text[start : found.end],
        root=root,
        steps=steps,
        conversion=conversion,
        spec="" if keyword else _plain_spec(found.spec),
        join=keyword if keyword in JOIN_KEYWORDS else "",
    )
    if keyword in PART_KEYWORDS:
        return PartField(field=field, keyword=keyword, detail=detail)
    return field


def _plain_spec(spec: tuple[Segment, ...]) -> Spec:
    # A nested field has no specification, so that it is never a part.
    pieces = tuple(piece for piece in spec if isinstance(piece, (str, Field)))
    if all(isinstance(piece, str) for piece in pieces):
        return "".join(map(str, pieces))
    return pieces


def _own_keyword(source: _Source, start: int, spec: tuple[Segment, ...]) -> tuple[str, str | None]:
    # The library's own specification and the value of its only option, if that is what `spec` is.
    if len(spec) != 1 or not isinstance(spec[0], str):
        return "", None
    match = _KEYWORD.fullmatch(spec[0].strip())
    if match is None or match[1] not in _KEYWORDS:
        return "", None
    keyword, options = match[1], match[2]
    value: str | None = None
    for option in (options or "").split(","):
        if not option.strip():
            continue
        name, equals, given = (word.strip() for word in option.partition("="))
        if not equals or not given or name != _OPTIONS.get(keyword):
            known = _OPTIONS.get(keyword)
            takes = f"takes only {known}=..." if known else "takes no options"
            raise source.error(start, f"{keyword} {takes}, got {shown(option.strip())}")
        value = given
    return keyword, value


def _path(source: _Source, start: int, name: str) -> tuple[str, tuple[Attribute | Item, ...]]:
    match = _ROOT.match(name)
    root = match[0] if match else ""
    if not name or root.isdecimal():
        raise source.error(start, f"a field needs the name of a variable; {_DOUBLE}")
    position = len(root)
    steps: list[Attribute | Item] = []
    while step := _STEP.match(name, position):
        steps.append(_step(source, start, step[1], step[2]))
        position = step.end()
    if position != len(name) or not root.isidentifier():
        raise source.error(start, f"{shown(name)} is not the name of a variable; {_DOUBLE}")
    return root, tuple(steps)


def _step(source: _Source, start: int, attribute: str | None, key: str) -> Attribute | Item:
    if attribute is None:
        is_index = key.isascii() and key.isdecimal() and len(key) <= _LONGEST_INDEX
        return Item(key, int(key) if is_index else None)
    if attribute.startswith("_"):
        raise source.error(start, f"the name {attribute!r} is private and cannot be read")
    if not attribute.isidentifier():
        raise source.error(start, f"{shown(attribute)} is not the name of an attribute; {_DOUBLE}")
    return Attribute(attribute)
