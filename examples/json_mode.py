"""JSON that arrives in pieces, and is read when it is complete."""

import json

from mirascope.core import openai, prompt_template


@openai.call("gpt-4o-mini", stream=True, json_mode=True, call_params={"max_tokens": 200})
@prompt_template(
    """
    Recommend a {genre} book.
    Answer with one JSON object: {{"title": "...", "author": "..."}}
    """
)
def recommend_book(genre: str): ...


stream = recommend_book("fantasy")
for chunk, _ in stream:
    print(chunk.content, end="", flush=True)
print()

try:
    book = json.loads(stream.content)
except json.JSONDecodeError as error:
    print(f"This is not JSON ({error}); the answer ended with {stream.finish_reasons}.")
else:
    print(f"Title: {book.get('title')}, author: {book.get('author')}")
