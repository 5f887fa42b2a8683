"""A model that calls a function while it streams, and then uses what came of it."""

from typing import Any

from mirascope.core import Messages, openai, prompt_template

SHELVES = {"fantasy": "shelf 3", "crime": "shelf 7"}


def find_shelf(genre: str) -> str:
    """Look up where the books of a genre stand.

    Args:
        genre: The genre in one lower-case word.
    """
    return SHELVES.get(genre, "not in this library")


@openai.call("gpt-4o-mini", stream=True, tools=[find_shelf])
@prompt_template("MESSAGES: {history}")
def ask(history: list[Any]): ...


history: list[Any] = [Messages.User("Where do I find fantasy books?")]
for _turn in range(5):
    stream = ask(history)
    outputs = []
    for chunk, tool in stream:
        print(chunk.content, end="", flush=True)
        if tool:
            outputs.append((tool, str(tool.error) if tool.error else tool.call()))
            print(f"[{type(tool).__name__} {tool.args}: {outputs[-1][1]}]")
    if not outputs:
        break
    history += [stream.message_param, *stream.tool_message_params(outputs)]
print()
