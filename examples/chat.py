"""A conversation in the terminal; an empty line ends it."""

from typing import Any

from mirascope.core import openai, prompt_template


@openai.call("gpt-4o-mini", stream=True, call_params={"max_tokens": 300})
@prompt_template(
    """
    SYSTEM: You are a librarian. You answer in two sentences at most.
    MESSAGES: {history}
    USER: {question}
    """
)
def answer(history: list[Any], question: str): ...


history: list[Any] = []
while question := input("> "):
    stream = answer(history, question)
    for chunk, _ in stream:
        print(chunk.content, end="", flush=True)
    print()
    history += [stream.user_message_param, stream.message_param]
