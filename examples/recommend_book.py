"""Stream a recommendation, token by token: `python recommend_book.py [genre]`.

Needs OPENAI_API_KEY, or no key at all with a small model on this machine:
`python -m mirascope.core.local run recommend_book.py`.
"""

import sys

from openai import OpenAIError

from mirascope.core import openai, prompt_template


@openai.call("gpt-4o-mini", stream=True)
@prompt_template("Recommend a {genre} book in two sentences.")
def recommend_book(genre: str): ...


stream = recommend_book(sys.argv[1] if len(sys.argv) > 1 else "fantasy")
try:
    for chunk, _ in stream:
        print(chunk.content, end="", flush=True)
except OpenAIError as error:
    sys.exit(f"\n{type(error).__name__}: {error}")

seconds = (stream.end_time - stream.start_time) / 1000
print(f"\n\n{stream.output_tokens} tokens of {stream.model} in {seconds:.1f} s", file=sys.stderr)
