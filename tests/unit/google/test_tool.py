"""JSON schemas as Google takes them."""

from __future__ import annotations

from typing import Annotated, Literal, Optional

from pydantic import BaseModel, Field, RootModel

from mirascope.core.google import GoogleTool


class Author(BaseModel):
    """Who writes."""

    name: str


class Novel(BaseModel):
    kind: Literal["novel"]


class Poem(BaseModel):
    kind: Literal["poem"]
    rhymes: Literal[True] = True


class Writer(RootModel[Author]): ...


class Shelve(GoogleTool):
    """Puts a book on the shelf."""

    author: Author
    editor: Author = Field(default=Author(name="x"), description="Who improves.")
    writer: Annotated[Writer, Field(description="Who writes.")]
    work: Annotated[Novel | Poem, Field(discriminator="kind")]
    beside: Optional[Annotated[Shelve, Field(description="What stands there.")]] = None  # noqa: UP045


def test_a_schema() -> None:
    """A `$ref` stands alone, `const` is an `enum` of one, and there is no discriminator."""
    schema = Shelve.tool_schema()["parameters_json_schema"]

    author = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
    alone = {"$ref": "#/$defs/Author"}
    properties = schema["properties"]
    assert alone == properties["author"]
    assert {**author, "description": "Who improves."} == properties["editor"]
    assert {**author, "description": "Who writes."} == properties["writer"]
    assert {"anyOf", "oneOf"} & properties["work"].keys() == {"oneOf"}
    assert "discriminator" not in properties["work"]
    (beside, _) = properties["beside"]["anyOf"]
    assert "What stands there." == beside["description"]
    assert {"$ref": "#/$defs/Shelve"} == beside["properties"]["beside"]["anyOf"][0]
    definitions = schema["$defs"]
    assert {"type": "string", "enum": ["novel"]} == definitions["Novel"]["properties"]["kind"]
    assert "const" in definitions["Poem"]["properties"]["rhymes"]
