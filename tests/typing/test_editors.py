"""What editors show of a call: jedi's engine (IPython, Jupyter) and pyright's (Pylance)."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.typing.language_server import LanguageServer

PROGRAM = '''\
from mirascope.core import openai, prompt_template


@openai.call("a-model", stream=True)
@prompt_template("Recommend a {genre} book")
def recommend_book(genre: str):
    """Ask for a book."""


@openai.call("a-model", stream=True)
@prompt_template("Recommend a {genre} book")
async def arecommend_book(genre: str):
    """Ask for a book."""


astream = arecommend_book("fantasy")
stream = recommend_book("fantasy")
for chunk, tool in stream:
    print(chunk, tool)
    chunk.
stream.
response = stream.construct_call_response()
response.
openai.call("
openai.call("a-model",
'''
CHUNK = {"chunk", "content", "finish_reasons", "id", "input_tokens", "model", "usage"}
STREAM = {"close", "construct_call_response", "content", "drain", "tools", "with_timeout"}
RESPONSE = {"content", "message_param", "response", "tool_message_params", "tools", "usage"}
OPTIONS = {
    *("call_params=", "client=", "json_mode=", "output_parser=", "stream=", "timeout=", "tools="),
}
COMPLETIONS = [
    pytest.param("    chunk.", CHUNK, id="chunk"),
    pytest.param("stream.", STREAM, id="stream"),
    pytest.param("response.", RESPONSE, id="response"),
    pytest.param('openai.call("a-model",', OPTIONS, id="options"),
]


@pytest.fixture(scope="module")
def pyright(tmp_path_factory) -> Iterator[LanguageServer]:
    bin_folder = str(Path(sys.executable).parent)
    path = os.pathsep.join((bin_folder, os.environ.get("PATH", "")))
    executable = shutil.which("pyright-langserver", path=path)
    if executable is None:
        pytest.skip("pyright is not installed")
    folder = tmp_path_factory.mktemp("editor")
    (folder / "pyrightconfig.json").write_text(json.dumps({"pythonVersion": "3.11"}))
    # The server runs the first Python on the path to learn where packages are.
    command, env = [executable, "--stdio"], {**os.environ, "PATH": path}
    with LanguageServer(command, folder, PROGRAM, env) as server:
        yield server


def hover(server: LanguageServer, line: str, offset: int) -> str:
    """What is shown where the pointer rests."""
    return server.at("textDocument/hover", line, offset)["contents"]["value"]


def completions(server: LanguageServer, line: str) -> set[str]:
    """What is offered at the end of a line."""
    offered = server.at("textDocument/completion", line, len(line))
    return {item["label"] for item in offered["items"]}


@pytest.mark.parametrize(
    ("line", "offset", "shown"),
    [
        pytest.param(
            'stream = recommend_book("fantasy")',
            *(10, "(function) def recommend_book(genre: str) -> OpenAIStream[OpenAITool]"),
            id="call",
        ),
        pytest.param(
            'astream = arecommend_book("fantasy")',
            *(12, "(function) def arecommend_book(genre: str) -> AsyncOpenAIStream[OpenAITool]"),
            id="async-call",
        ),
        pytest.param(
            "    print(chunk, tool)", 11, "(variable) chunk: OpenAICallResponseChunk", id="chunk"
        ),
        pytest.param("    print(chunk, tool)", 18, "(variable) tool: OpenAITool | None", id="tool"),
        pytest.param(
            "response = stream.construct_call_response()",
            *(20, "(method) def construct_call_response() -> OpenAICallResponse[OpenAITool]"),
            id="method",
        ),
    ],
)
def test_pyright_shows_types_under_the_pointer(pyright, line, offset, shown):
    """The types of calls, chunks and tools can be read where they are used."""
    assert shown in hover(pyright, line, offset).replace("\n", " ")


def test_pyright_shows_the_prompt_functions_own_documentation(pyright):
    """A decorated function keeps its docstring."""
    assert "Ask for a book." in hover(pyright, 'stream = recommend_book("fantasy")', 10)


@pytest.mark.parametrize(("line", "names"), COMPLETIONS)
def test_pyright_completes(pyright, line, names):
    """Members and options are offered."""
    assert names == names & completions(pyright, line)


def test_pyright_completes_model_names(pyright):
    """The models that the SDK knows are offered as soon as the quote is open."""
    assert '"gpt-4o-mini"' in completions(pyright, 'openai.call("')


@pytest.mark.parametrize(("line", "names"), COMPLETIONS)
def test_jedi_completes(line, names):
    """Members and options are offered; no private ones are needed."""
    jedi = pytest.importorskip("jedi")
    environment = jedi.create_environment(sys.executable, safe=False)
    lines = PROGRAM.splitlines()
    # Of the unfinished lines only the one that is asked about is in the document.
    unfinished = {param.values[0] for param in COMPLETIONS} | {'openai.call("'}
    document = [each if each == line or each not in unfinished else "" for each in lines]
    script = jedi.Script("\n".join(document), environment=environment)

    offered = {each.name for each in script.complete(lines.index(line) + 1, len(line))}

    assert names == names & offered
