"""A prompt template: compiled once, rendered per call.

Strategy: `compile_template` turns the text into sections of literal strings and fields; rendering
walks those tuples, joins, and makes the messages.

Rules:
* A value comes out verbatim: it is not parsed, not dedented, not stripped.  Blank space at the
  ends of a message is removed only where the template's own text brought it in.
* A message that has at least one part is a list of parts, with the text between them as text parts;
  otherwise it is a text.  A message without content is left out.
* Messages spliced in by `MESSAGES:` are passed on as the very same objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from ..errors import PromptError
from ._narrow import is_list
from ._parts import why_no_message
from ._record import Record
from ._template_field import Field, PartField
from ._template_parse import parse_template
from ._template_scan import Segment
from .message_param import BaseMessageParam, CacheControlPart, Part, TextPart

__all__ = ["Template", "compile_template"]

_Piece: TypeAlias = "tuple[str, bool]"
"""A rendered text, and whether it is the template's own."""


def compile_template(text: str) -> Template:
    """Compile a template.

    Args:
        text: The template.  Role words (`SYSTEM:`, `USER:`, `ASSISTANT:`, `MESSAGES:`) at the
            start of a line open a message; without any, the whole text is one user message.

    Raises:
        PromptError: The template is malformed; the message names line and column.
    """
    sections: list[_Section] = []
    variables: set[str] = set()
    for role, segments in parse_template(text):
        variables.update(root for segment in segments for root in _roots(segment))
        sections.append(_section(role, segments))
    return Template(text=text, variables=frozenset(variables), sections=tuple(sections))


class _TextSection(Record):
    role: str
    segments: tuple[str | Field, ...]

    def messages(self, values: Mapping[str, Any]) -> Iterable[Any]:
        pieces = [s if isinstance(s, str) else s.text(values) for s in self.segments]
        content = "".join(pieces)
        if not content or content.isspace():
            return ()
        if content[0].isspace() or content[-1].isspace():
            literals = (isinstance(s, str) for s in self.segments)
            content = _joined(zip(pieces, literals, strict=True))
        return (BaseMessageParam(role=self.role, content=content),)


class _PartSection(Record):
    role: str
    segments: tuple[Segment, ...]

    def messages(self, values: Mapping[str, Any]) -> Iterable[Any]:
        parts: list[Part] = []
        run: list[_Piece] = []
        for segment in self.segments:
            if isinstance(segment, str):
                run.append((segment, True))
            elif isinstance(segment, Field):
                run.append((segment.text(values), False))
            elif made := _parts(segment, values):
                parts += [*_text_parts(run), *made]
                run = []
        if parts:
            content = [*parts, *_text_parts(run)]
            return (BaseMessageParam(role=self.role, content=content),)
        text = _joined(run)
        return (BaseMessageParam(role=self.role, content=text),) if text.strip() else ()


class _SplicedSection(Record):
    field: Field

    def messages(self, values: Mapping[str, Any]) -> Iterable[Any]:
        value = self.field.value(values)
        if not is_list(value):
            kind = "None" if value is None else type(value).__name__
            raise PromptError(
                f"MESSAGES: {self.field.source} takes a list (or tuple) of messages, got {kind}"
            )
        for place, item in enumerate(value, start=1):
            if (problem := why_no_message(item)) is not None:
                raise PromptError(f"MESSAGES: item {place} of {self.field.source} {problem}")
        return value


_Section: TypeAlias = "_TextSection | _PartSection | _SplicedSection"


class Template(Record):
    """A compiled template.

    Attributes:
        text: The template as its author wrote it.
        variables: The names of the variables it needs: of `{book.title}` it is `book`.
        sections: Its sections, compiled.
    """

    text: str
    variables: frozenset[str]
    sections: tuple[_Section, ...]

    def render(self, values: Mapping[str, Any]) -> list[Any]:
        """The messages, for these values of the variables.

        Args:
            values: The variables by name; more than needed do no harm.

        Returns:
            `BaseMessageParam` objects, and what `MESSAGES:` spliced in as it is.

        Raises:
            PromptError: A variable is missing, or a value does not fit its field.
        """
        if not values.keys() >= self.variables:
            raise PromptError(_missing(self.variables, values))
        return [message for section in self.sections for message in section.messages(values)]


def _missing(variables: frozenset[str], values: Mapping[str, Any]) -> str:
    unknown = ", ".join(sorted(variables - values.keys()))
    known = ", ".join(sorted(values)) or "none"
    return f"the template names {unknown}, which nobody gave a value; known variables: {known}"


def _section(role: str, segments: tuple[Segment, ...]) -> _Section:
    text = tuple(segment for segment in segments if isinstance(segment, (str, Field)))
    if role == "messages":
        (history,) = (segment for segment in text if isinstance(segment, Field))
        return _SplicedSection(history)
    return _TextSection(role, text) if len(text) == len(segments) else _PartSection(role, segments)


def _roots(segment: Segment) -> Iterable[str]:
    if isinstance(segment, Field):
        return segment.roots()
    return segment.field.roots() if isinstance(segment, PartField) else ()


def _parts(segment: PartField | CacheControlPart, values: Mapping[str, Any]) -> list[Part]:
    return segment.parts(values) if isinstance(segment, PartField) else [segment]


def _text_parts(run: Iterable[_Piece]) -> list[Part]:
    text = _joined(run)
    return [TextPart(text=text)] if text.strip() else []


def _joined(run: Iterable[_Piece]) -> str:
    # Without the blank space that literals, and only literals, bring to either end.
    pieces = list(run)
    texts = [text for text, _ in pieces]
    forth = range(len(pieces))
    for order, strip in ((forth, str.lstrip), (reversed(forth), str.rstrip)):
        for number in order:
            if pieces[number][1]:
                texts[number] = strip(texts[number])
            if texts[number]:
                break
    return "".join(texts)
