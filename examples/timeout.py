"""An answer that must not take too long: `python timeout.py [seconds]`.

What came until then is kept.
"""

import sys

from mirascope.core import Timeout, openai, prompt_template
from mirascope.core.errors import StreamTimeout


@openai.call("gpt-4o-mini", stream=True, timeout=Timeout(first_chunk=20, between_chunks=10))
@prompt_template("Write an essay of ten paragraphs about {topic}.")
def write_essay(topic: str): ...


seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
stream = write_essay("patience").with_timeout(seconds, first_chunk=20)
try:
    for chunk, _ in stream:
        print(chunk.content, end="", flush=True)
except StreamTimeout as error:
    print(f"\n\n{error}\n{len(stream.content)} characters had arrived.")
