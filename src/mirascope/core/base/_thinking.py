"""Thinking that a model wrote into its text, before the answer: it is no part of a JSON answer.

Open models mark it with `<think>` and `</think>`; where the prompt's end has the first of these
already, only the second one is in the text. Servers that know of it give the thinking apart from
the text, others leave it in (https://docs.vllm.ai/en/latest/features/reasoning_outputs.html).

Rules: a text that begins with `<think>` is thinking until `</think>`. In any other, what stands
before the first `</think>` is thinking too, unless that is inside an object: there it is a text.
"""

from __future__ import annotations

from typing import Final

from ._json import JsonReader

__all__ = ["AnswerReader"]

_BEGIN: Final = "<think>"
_END: Final = "</think>"


class AnswerReader:
    """Reads the object in a text that arrives in pieces, but not in the thinking before it.

    Args:
        reader: Reads the object. Where it is told nothing of a text, it is told of blank space as
            long, so that its places are the text's.
    """

    __slots__ = ("_begun", "_held", "_is_over", "_reader", "_tail")

    def __init__(self, reader: JsonReader) -> None:
        self._reader = reader
        self._begun: bool | None = None
        self._is_over: bool = False
        self._held: str = ""
        self._tail: str = ""

    def feed(self, piece: str) -> None:
        """Read the next piece of the text.

        Raises:
            JsonLimit: The object is nested too deeply, or the text too long.
        """
        if self._is_over:
            self._reader.feed(piece)
            return
        if self._begun is None:
            piece = self._held + piece
            start = piece.lstrip()
            if _BEGIN.startswith(start):
                self._held = piece
                return
            self._begun = start.startswith(_BEGIN)
        self._until_end(piece)

    def _until_end(self, piece: str) -> None:
        reader, known = self._reader, len(self._tail)
        text = self._tail + piece
        end = text.find(_END)
        self._tail = text[1 - len(_END) :]
        if end < 0:
            reader.feed(" " * len(piece) if self._begun else piece)
            return
        self._is_over = True
        behind = end + len(_END) - known
        if not self._begun:
            before = max(end - known, 0)
            reader.feed(piece[:before])
            if reader.is_open:
                reader.feed(piece[before:])
                return
            piece = piece[before:]
            behind -= before
        reader.restart()
        reader.feed(" " * behind + piece[behind:])
