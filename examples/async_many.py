"""Several streams at once, each shown as soon as it is complete."""

import asyncio

from mirascope.core import openai, prompt_template


@openai.call("gpt-4o-mini", stream=True, call_params={"max_tokens": 60})
@prompt_template("Recommend a {genre} book in one sentence.")
async def recommend_book(genre: str): ...


async def read(genre: str) -> str:
    stream = recommend_book(genre)
    async for _ in stream:
        print(".", end="", flush=True)
    return f"\n{genre}: {stream.content}"


async def main() -> None:
    readings = [read(genre) for genre in ("fantasy", "crime", "poetry")]
    for done in asyncio.as_completed(readings):
        print(await done)


asyncio.run(main())
