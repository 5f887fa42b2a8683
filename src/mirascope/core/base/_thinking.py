"""Thinking that a model wrote into its text, before the answer: it is no part of a JSON answer.

Open models mark it with `<think>` and `</think>`; where the prompt's end has the first of these
already, only the second one is in the text. Servers that know of it give the thinking apart from
the text, others leave it in (https://docs.vllm.ai/en/latest/features/reasoning_outputs.html).

Rules: what stands before the first `</think>` is thinking, unless the text begins with a brace; a
text that begins with `<think>` is thinking until then.
"""

from __future__ import annotations

from typing import Final

__all__ = ["Thinking"]

_BEGIN: Final = "<think>"
_END: Final = "</think>"


class Thinking:
    """Tells the answer from the thinking in a text that arrives in pieces.

    Attributes:
        was_told: Whether what `feed` gave before its last piece was thinking too.
    """

    __slots__ = ("_begun", "_held", "_is_over", "_tail", "was_told")

    def __init__(self) -> None:
        self.was_told: bool = False
        self._begun: bool | None = None
        self._is_over: bool = False
        self._held: str = ""
        self._tail: str = ""

    def feed(self, piece: str) -> str:
        """Give what a piece brings of the answer, as far as one can know.

        Args:
            piece: The next piece of the text.
        """
        self.was_told = False
        if self._is_over:
            return piece
        if self._begun is None:
            piece = self._held + piece
            start = piece.lstrip()
            if _BEGIN.startswith(start):
                self._held = piece
                return ""
            self._begun = start.startswith(_BEGIN)
            if start.startswith("{"):
                self._is_over = True
                return piece
        return self._until_end(piece)

    def _until_end(self, piece: str) -> str:
        text = self._tail + piece
        end = text.find(_END)
        if end < 0:
            self._tail = text[1 - len(_END) :]
            return "" if self._begun else piece
        self._is_over = True
        self.was_told = not self._begun
        return text[end + len(_END) :]
