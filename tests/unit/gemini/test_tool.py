"""Tools as the retired SDK's schema can say them."""

from __future__ import annotations

from enum import Enum
from typing import Any, Literal

import pytest
from pydantic import BaseModel

from mirascope.core.gemini import GeminiTool


class Genre(Enum):
    """Kinds of books."""

    FANTASY = "fantasy"
    CRIME = "crime"


class Author(BaseModel):
    """Who writes."""

    name: str
    born: int | None = None


class Find(GeminiTool):
    """Finds books.

    Args:
        genre: The kind.
    """

    genre: Genre
    authors: list[Author]
    sort: Literal["title", "year"] = "title"
    pair: tuple[int, int] = (1, 2)

    def call(self) -> str:
        return self.genre.value


def test_a_schema() -> None:
    """References are inlined, null makes nullable, enumerations are texts, defaults go."""
    declaration = Find.tool_schema()

    parameters = declaration["parameters"]
    properties = parameters["properties"]
    assert ["genre", "authors"] == parameters["required"]
    assert {"type_": "STRING", "format_": "enum", "enum": ["fantasy", "crime"]}.items() <= (
        properties["genre"].items()
    )
    author = properties["authors"]["items"]["properties"]
    assert {"name": {"type_": "STRING"}, "born": {"type_": "INTEGER", "nullable": True}} == author
    assert ["title", "year"] == properties["sort"]["enum"]
    assert {"min_items": 2, "max_items": 2}.items() <= properties["pair"].items()
    assert "default" not in str(declaration)


def test_no_arguments() -> None:
    """The provider refuses an object without properties: there are no parameters then."""

    class Now(GeminiTool):
        """Tells the time."""

    assert "parameters" not in Now.tool_schema()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (int | str, "union"),
        (Any, "no type"),
        (tuple[int, str], "no one type"),
        (dict[str, int], "without named fields"),
        (list[dict[str, Any]], "without named fields"),
    ],
)
def test_what_cannot_be_said(kind: Any, said: str) -> None:
    """A type that the schema has no word for is an error that names the argument."""
    wrong = type("Wrong", (GeminiTool,), {"__annotations__": {"x": kind}, "__module__": __name__})

    with pytest.raises(ValueError, match=rf"`Wrong`\.x.*{said}"):
        wrong.tool_schema()
