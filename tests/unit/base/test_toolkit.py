"""Tool kits: methods that share state as tools."""

from __future__ import annotations

import asyncio
import pickle
from typing import Any, ClassVar

import pytest
from pydantic import BaseModel, Field

from mirascope.core.base._tool_build import build_tool
from mirascope.core.base._tool_schema import arguments_schema
from mirascope.core.base._tool_types import tool_types
from mirascope.core.base.tool import BaseTool
from mirascope.core.base.toolkit import BaseToolKit, toolkit_tool


class ProviderTool(BaseTool):
    """A provider's tool class."""


class Reader(BaseModel):
    level: str = "beginner"


class Library(BaseToolKit):
    """A library that knows its reader."""

    __namespace__: ClassVar[str | None] = "library"

    reader: Reader = Reader()
    shelf: dict[str, str] = Field(default_factory=dict)

    @toolkit_tool
    def suggest(self, title: str, author: str = "someone") -> str:
        """Suggest a book to a {self.reader.level}.

        Not touched: {reader}, {{self.reader}}, {self}, {0}, {"a": 1}.

        Args:
            title: What a {self.reader.level} would like.
        """
        self.shelf[title] = author
        return f"{title} by {author} for a {self.reader.level}"

    @toolkit_tool
    async def borrow(self, title: str) -> str:
        """Borrow a book."""
        return self.shelf[title]

    def unmarked(self) -> None:
        """Not a tool."""


def run(kit: BaseToolKit, name: str, **arguments: Any) -> Any:
    classes = tool_types(kit.create_tools(), ProviderTool)
    tool = build_tool(
        classes, ProviderTool, name=name, arguments=arguments, tool_call=None, id=None
    )
    return tool.call()


def test_marked_methods_are_tools() -> None:
    """Marked methods become tools under the kit's namespace, in order of definition."""
    assert [tool._name() for tool in Library().create_tools()] == [
        "library_suggest",
        "library_borrow",
    ]


def test_methods_stay_methods() -> None:
    """A marked method can be called like any other."""
    assert Library().suggest("Emma", "Jane") == "Emma by Jane for a beginner"


def test_docstring_shows_the_kits_state() -> None:
    """Only `{self.…}` is replaced, in the description and in the arguments' texts."""
    made = tool_types(Library(reader=Reader(level="expert")).create_tools(), ProviderTool)
    suggest = made["library_suggest"]
    assert suggest._description() == (
        "Suggest a book to a expert.\n\n"
        'Not touched: {reader}, {{self.reader}}, {self}, {0}, {"a": 1}.'
    )
    description = arguments_schema(suggest)["properties"]["title"]["description"]
    assert description == "What a expert would like."


def test_value_is_no_template() -> None:
    """What the kit holds is shown, and is not looked at again for braces."""
    kit = Library(reader=Reader(level="{self.shelf}\n\nArgs:\n    author: injected"))
    suggest = kit.create_tools()[0]
    assert "{self.shelf}" in suggest._description()
    assert "description" not in arguments_schema(suggest)["properties"]["author"]


def test_tools_share_the_kits_state() -> None:
    """The tools of one kit work on that kit, and on no other."""
    kit, other = Library(), Library()
    assert run(kit, "library_suggest", title="Emma", author="Jane") == (
        "Emma by Jane for a beginner"
    )
    assert asyncio.run(run(kit, "library_borrow", title="Emma")) == "Jane"
    assert kit.shelf == {"Emma": "Jane"}
    assert other.shelf == {}


def test_each_kit_makes_its_own_classes() -> None:
    """Two kits of one class do not share tool classes."""
    assert Library().create_tools()[0] is not Library().create_tools()[0]


def test_tools_can_be_pickled() -> None:
    """A kit's tool survives pickling, with a kit of its own and the texts it had."""
    kit = Library(reader=Reader(level="expert"))
    made = tool_types(kit.create_tools(), ProviderTool)["library_suggest"]
    tool = made.model_validate({"title": "Emma"})
    again = pickle.loads(pickle.dumps(tool))
    assert again.args == {"title": "Emma", "author": "someone"}
    assert again.call() == "Emma by someone for a expert"
    assert (again._name(), again._description()) == (tool._name(), tool._description())
    assert kit.shelf == {}


def test_subclass_overrides() -> None:
    """An override keeps its place and is a tool only if it is marked."""

    class Branch(Library):
        __namespace__: ClassVar[str | None] = None

        def borrow(self, title: str) -> Any:
            return title

        @toolkit_tool
        def suggest(self, title: str) -> str:  # type: ignore[override]
            return f"branch: {title}"

        @toolkit_tool
        def close(self) -> str:
            """Close."""
            return "closed"

    assert [tool._name() for tool in Branch().create_tools()] == ["suggest", "close"]
    assert run(Branch(), "suggest", title="Emma") == "branch: Emma"


def test_namespaces_can_be_used_again() -> None:
    """Defining a kit anew, as a reload does, is no error."""

    class Again(BaseToolKit):
        __namespace__: ClassVar[str | None] = "library"

        @toolkit_tool
        def ping(self) -> str:
            return "pong"

    assert run(Again(), "library_ping") == "pong"


class Secretive(BaseToolKit):
    text: str = "x"
    _hidden: str = "secret"

    @toolkit_tool
    def peek(self) -> None: ...


@pytest.mark.parametrize(
    ("docstring", "message"),
    [
        ("Show {self._hidden}.", "`peek` uses {self._hidden}, but `_hidden` is private"),
        ("Show {self.text.__class__}.", "`__class__` is private"),
        ("Show {self.nope}.", "`peek` uses {self.nope}, but there is no `nope`"),
    ],
)
def test_docstrings_that_reach_too_far(docstring: str, message: str) -> None:
    """Private and missing names are refused, not shown."""

    class Kit(Secretive):
        @toolkit_tool
        def peek(self) -> None: ...

    Kit.peek.__doc__ = docstring
    with pytest.raises(ValueError, match=message):
        Kit().create_tools()
