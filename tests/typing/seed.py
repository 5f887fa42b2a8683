"""Un-annotated prompt functions, the way a first program is written.

Checked, never run; see `api.py`. mypy gives `Any` for a `def` without annotations, which its strict
mode refuses in itself; the other checkers are exact.
"""

from typing import assert_type

from native_openai import text_of

from mirascope.core import BaseTool, openai, prompt_template


@openai.call(model="a-model", stream=True)
@prompt_template("Name a {kind} bird")
def name_bird(kind: str):  # error: mypy - no return annotation
    ...


for chunk, _ in name_bird("small"):  # error: mypy - a call of an untyped function
    print(chunk.content, end="", flush=True)
    assert_type(chunk, openai.OpenAICallResponseChunk)  # error: mypy - `Any`
    assert_type(text_of(chunk.chunk), str | None)

stream = name_bird("small")  # error: mypy - a call of an untyped function
assert_type(stream, openai.OpenAIStream[openai.OpenAITool])  # error: mypy - `Any`
response = stream.construct_call_response()
assert_type(response, openai.OpenAICallResponse[openai.OpenAITool])  # error: mypy - `Any`
print(response.model_dump())

word_count = 0
for number, (chunk, _) in enumerate(name_bird("rare")):  # error: mypy - untyped
    word_count += len(chunk.content.split())
    if word_count >= 1000:
        print(f"enough after {number} chunks")
        break


class Sighting(BaseTool):
    """A bird that was seen."""

    bird: str

    def call(self):  # error: mypy - no return annotation
        return self.bird


@openai.call("a-model", stream=True, tools=[Sighting])
@prompt_template("Name a {kind} bird")
def spot_bird(kind: str):  # error: mypy - no return annotation
    ...


for chunk, tool in spot_bird("small"):  # error: mypy - a call of an untyped function
    assert_type(tool, Sighting | None)  # error: mypy - `Any`
    print(tool.call() if tool else chunk.content)


@openai.call("a-model", stream=True)
@prompt_template("Name a {kind} bird")
async def aname_bird(kind: str):  # error: mypy - no return annotation
    ...


async def main() -> None:
    assert_type(aname_bird("x"), openai.AsyncOpenAIStream[openai.OpenAITool])
    async for chunk, _ in aname_bird("small"):
        assert_type(chunk, openai.OpenAICallResponseChunk)
    async for chunk, _ in await aname_bird("small"):
        assert_type(chunk.content, str)


@openai.call("a-model")
def without_template(kind: str):  # error: mypy - no return annotation
    return f"Name a {kind} bird"


answer = without_template("small")  # error: mypy - a call of an untyped function
assert_type(  # error: mypy, ty - `Any` and `Unknown`: neither infers what the function returns
    answer, openai.OpenAICallResponse[openai.OpenAITool]
)
