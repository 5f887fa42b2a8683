"""The text of a template cut into its sections.

Strategy: the text becomes lines that remember where they stood, so that every error can name the
author's line and column.  Indentation common to all lines goes; then role words at the start of a
line cut the lines into sections; each section's lines are then scanned for fields.

Rules:
* A role word counts at the start of a line only, after the common indentation is gone.
* A text that starts with a role word is measured without its first line, which stands behind the
  opening quotes; likewise what follows a role word is measured without the role word's own line.
* A role word that is indented deeper than the others is an error, and not text: it would silently
  become a part of the message before.
* Blank space around a section goes, inside it everything stays.
* Text before the first role word is an error: it would belong to nobody.
"""

from __future__ import annotations

import os.path
import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from ..errors import PromptError
from ._parts import shown
from ._template_field import Field
from ._template_scan import Line, Segment, scan

__all__ = ["SectionText", "parse_template"]

_WORDS: Final = "SYSTEM|USER|ASSISTANT|MESSAGES"
_ROLE: Final = re.compile(rf"({_WORDS}):")
_DEEPER: Final = re.compile(rf"[ \t]+((?:{_WORDS}):)")
_MESSAGES: Final = "messages"
_INDENTATION: Final = " \t"


SectionText: TypeAlias = "tuple[str, tuple[Segment, ...]]"
"""A section: `"system"`, `"user"`, `"assistant"` or `"messages"`, and its content.

The content of `"messages"` is a single plain field.
"""


def parse_template(text: str) -> list[SectionText]:
    """Take a template apart.

    Args:
        text: The template as its author wrote it.

    Returns:
        The sections that have any content, in order.

    Raises:
        PromptError: The template is malformed; the message names line and column.
    """
    rows = text.replace("\r\n", "\n").split("\n")
    lines = [Line(row, number, 1) for number, row in enumerate(rows, 1)]
    head = 1 if _ROLE.match(rows[0]) else 0
    sections = _by_role(lines[:head] + _dedented(lines[head:]))
    return [
        (role, _segments(role, content, body[0].row))
        for role, body in sections
        if (content := _trimmed(body)) or role == _MESSAGES
    ]


def _by_role(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    sections: list[tuple[str, list[Line]]] = []
    before: list[Line] = []
    for line in lines:
        if match := _ROLE.match(line.text):
            sections.append((match[1].lower(), [line.cut(match.end())]))
        else:
            (sections[-1][1] if sections else before).append(line)
    if not sections:
        return [("user", before)]
    if stray := next((line for line in before if line.text.strip()), None):
        raise PromptError(
            f"template, line {stray.row}: text before the first role word:"
            f" {shown(stray.text.strip())}; put it under USER: or SYSTEM:"
        )
    for line in lines:
        if match := _DEEPER.match(line.text):
            raise PromptError(
                f"template, line {line.row}, column {line.column + match.start(1)}: {match[1]} is"
                " indented deeper than the other role words: align it with them; if it is text of"
                " a message, put something before it on its line, such as - or a quotation mark,"
                " or pass it as a value, such as {example}"
            )
    return [(role, [body[0], *_dedented(body[1:])]) for role, body in sections]


def _dedented(lines: Sequence[Line]) -> list[Line]:
    indents = [_indent(line.text) for line in lines if line.text.strip()]
    margin = len(os.path.commonprefix(indents))  # noqa: RUF071  # of characters, that is the point
    return [line.cut(min(margin, len(_indent(line.text)))) for line in lines]


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip(_INDENTATION))]


def _trimmed(lines: Sequence[Line]) -> list[Line]:
    filled = [number for number, line in enumerate(lines) if line.text.strip()]
    if not filled:
        return []
    kept = list(lines[filled[0] : filled[-1] + 1])
    kept[0] = kept[0].cut(len(kept[0].text) - len(kept[0].text.lstrip()))
    kept[-1] = kept[-1].replaced(text=kept[-1].text.rstrip())
    return kept


def _segments(role: str, lines: Sequence[Line], row: int) -> tuple[Segment, ...]:
    segments = scan(lines)
    if role != _MESSAGES:
        return segments
    field = segments[0] if len(segments) == 1 else None
    if not isinstance(field, Field) or not field.is_plain:
        content = shown("\n".join(line.text for line in lines))
        raise PromptError(
            f"template, line {row}: MESSAGES: takes exactly one plain field, such as"
            f" MESSAGES: {{history}}, got {content}"
        )
    return segments
