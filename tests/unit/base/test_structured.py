"""How each provider is asked for an answer of a type."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from pydantic import BaseModel

from mirascope.core import BaseMessageParam, BaseTool, ResponseModelConfigDict
from mirascope.core.base._adapter import Adapter, Request
from mirascope.core.base._response_type import ResponseType
from mirascope.core.base._structured import StructuredOutput
from mirascope.core.base._tool_types import tool_types

WORDS = "Answer with a JSON object and nothing else."


class Book(BaseModel):
    """A book."""

    title: str
    pages: int = 1


class Strict(Book):
    """A book."""

    model_config = ResponseModelConfigDict(strict=True)


class Free(BaseModel):
    """Anything."""

    names: dict[str, int]


class Exact(Free):
    """Anything."""

    model_config = ResponseModelConfigDict(strict=True)


class LookUp(BaseTool):
    """Looks a book up."""

    title: str


def schema(of: type[Any]) -> dict[str, Any]:
    """The schema of a response model."""
    return ResponseType(of).schema


EXACT = {
    "type": "object",
    "properties": {
        "title": {"type": "string"},
        "pages": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
    },
    "required": ["title", "pages"],
    "additionalProperties": False,
}


def encoded(
    name: str,
    of: type[Any],
    *,
    tools: list[Any] | None = None,
    json_mode: bool = False,
    dialect: str = "",
    **params: Any,
) -> dict[str, Any]:
    """The keyword arguments of a provider's SDK for a response model."""
    adapter: Adapter = importlib.import_module(f"mirascope.core.{name}._adapter").ADAPTER
    request = Request(
        model="m",
        messages=[BaseMessageParam(role="user", content="Hi")],
        tools=tool_types(tools or [], adapter.tool),
        params=params,
        json_mode=json_mode,
        dialect=dialect,
    )
    output = StructuredOutput(of, streams=False, live=False)
    return adapter.encode(output.asked_in(request, adapter))


FUNCTION = {"type": "function", "function": {"name": "Book"}}


@pytest.mark.parametrize(
    ("name", "one", "several"),
    [
        ("openai", FUNCTION, "required"),
        ("groq", FUNCTION, "required"),
        ("mistral", FUNCTION, "any"),
        ("cohere", "REQUIRED", "REQUIRED"),
        ("anthropic", {"type": "tool", "name": "Book"}, {"type": "any"}),
        ("openai.responses", {"type": "function", "name": "Book"}, "required"),
    ],
)
def test_the_tool_has_to_be_called(name: str, one: Any, several: Any) -> None:
    """It alone, or one of the tools; a choice of the user's wins."""
    alone, among = encoded(name, Book), encoded(name, Book, tools=[LookUp])

    assert one == alone["tool_choice"]
    assert several == among["tool_choice"]
    assert (1, 2) == (len(alone["tools"]), len(among["tools"]))
    assert "auto" == encoded(name, Book, tool_choice="auto")["tool_choice"]
    assert "response_format" not in alone


@pytest.mark.parametrize("name", ["openai", "groq", "mistral"])
def test_strict_tools(name: str) -> None:
    """`strict` in the model's configuration makes its tool strict."""
    (strict,), (plain,) = encoded(name, Strict)["tools"], encoded(name, Book)["tools"]

    assert strict["function"]["strict"]
    assert EXACT == strict["function"]["parameters"]
    assert "strict" not in plain["function"]
    with pytest.raises(ValueError, match="free keys"):
        encoded(name, Exact)


@pytest.mark.parametrize(
    ("name", "of", "expected"),
    [
        ("openai", Book, (EXACT, True)),
        ("openai", Free, (schema(Free), False)),
        ("openai", Strict, (EXACT, True)),
        ("groq", Book, (schema(Book), False)),
        ("groq", Strict, (EXACT, True)),
        ("mistral", Book, (EXACT, True)),
        ("mistral", Free, (schema(Free), False)),
    ],
)
def test_json_by_its_schema(name: str, of: type[Any], expected: Any) -> None:
    """Chat completions take the schema as the format, exact where it can be."""
    kwargs = encoded(name, of, json_mode=True)
    form = kwargs["response_format"]["json_schema"]

    assert "json_schema" == kwargs["response_format"]["type"]
    assert (of.__name__, of.__doc__) == (form["name"], form["description"])
    assert expected == (form["schema"], form["strict"])
    assert "tools" not in kwargs


def test_json_of_responses() -> None:
    """The format is a part of the text's options, which may have others."""
    text = encoded("openai.responses", Book, json_mode=True, text={"verbosity": "low"})["text"]

    assert {
        "format": {
            "type": "json_schema",
            "name": "Book",
            "description": "A book.",
            "schema": EXACT,
            "strict": True,
        },
        "verbosity": "low",
    } == text


def test_json_of_anthropic() -> None:
    """The schema goes where every version of the SDK passes it on; else into words."""
    exact = encoded("anthropic", Book, json_mode=True, extra_body={"x": 1})
    words = encoded("anthropic", Free, json_mode=True)

    form = {"format": {"type": "json_schema", "schema": EXACT}}
    assert {"output_config": form, "x": 1} == exact["extra_body"]
    assert "extra_body" not in words
    assert '"names"' in words["system"][-1]["text"]


@pytest.mark.parametrize(
    "thinking", [{"type": "enabled", "budget_tokens": 1024}, {"type": "adaptive"}]
)
def test_anthropic_that_thinks_cannot_be_forced(thinking: Any) -> None:
    """The tool is offered, and the answer may also come as text."""
    assert {"type": "auto"} == encoded("anthropic", Book, thinking=thinking)["tool_choice"]


def test_json_of_cohere() -> None:
    """Each version has its own word for the schema, and neither goes with tools."""
    v2 = encoded("cohere", Book, json_mode=True)
    v1 = encoded("cohere", Book, dialect="v1")
    beside = encoded("cohere", Book, json_mode=True, tools=[LookUp])

    assert {"type": "json_object", "json_schema": schema(Book)} == v2["response_format"]
    assert {"type": "json_object", "schema": schema(Book)} == v1["response_format"]
    assert f"Hi\n\n{WORDS}" == v2["messages"][-1]["content"] == v1["message"]
    assert "response_format" not in beside
    assert '"pages"' in beside["messages"][-1]["content"]
    assert "tools" not in v1


def test_google() -> None:
    """JSON by its schema; beside tools the answer is one of them, or told in words."""
    config = encoded("google", Book)["config"]
    among = encoded("google", Book, tools=[LookUp])["config"]
    words = encoded("google", Book, tools=[LookUp], json_mode=True)

    assert ("application/json", schema(Book)) == (
        config["response_mime_type"],
        config["response_json_schema"],
    )
    assert {"mode": "ANY", "allowed_function_names": ["LookUp", "Book"]} == among["tool_config"][
        "function_calling_config"
    ]
    assert "response_json_schema" not in words["config"]
    assert '"pages"' in words["contents"][-1]["parts"][-1]["text"]


def test_gemini() -> None:
    """The SDK's schema where it has words for the type, the prompt's where it has not."""
    book = encoded("gemini", Book)
    free = encoded("gemini", Free)
    among = encoded("gemini", Book, tools=[LookUp])

    config = book["generation_config"]
    assert "application/json" == config["response_mime_type"]
    assert {"title", "pages"} == set(config["response_schema"]["properties"])
    assert f"{WORDS}" == book["contents"][-1]["parts"][-1]["text"]
    assert "response_schema" not in free["generation_config"]
    assert '"names"' in free["contents"][-1]["parts"][-1]["text"]
    assert {"mode": "ANY", "allowed_function_names": ["LookUp", "Book"]} == among["tool_config"][
        "function_calling_config"
    ]


@pytest.mark.parametrize("name", ["openai", "anthropic", "google"])
def test_a_tool_of_the_answers_name(name: str) -> None:
    """It is refused."""

    class Book(BaseTool):
        title: str

    with pytest.raises(ValueError, match="both called `Book`"):
        encoded(name, globals()["Book"], tools=[Book])
