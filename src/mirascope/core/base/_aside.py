"""What a model says beside its answer, where a provider tells the two apart."""

from __future__ import annotations

from typing import Any

__all__ = ["Aside", "answer_text"]


class Aside:
    """A view over something whose text may not all be the answer's."""

    __slots__ = ()

    @property
    def __answer_text__(self) -> str:
        """The part of the text that is the answer's."""
        raise NotImplementedError


def answer_text(view: Any) -> str:
    """The text of a response or of a chunk that an answer in JSON is read from."""
    text: str = view.__answer_text__ if isinstance(view, Aside) else view.content
    return text
