"""any-llm: completions in OpenAI's shape through each provider's SDK."""

from __future__ import annotations


def actions(wire, url, _):
    """Give what this contender can do on a wire."""
    from any_llm import AnyLLM

    given = {"api_key": "x", "api_base": f"{url}/v1" if wire == "openai" else url}
    # What blocks runs in an event loop of its own, and a client stays with its first loop.
    llm, allm = AnyLLM.create(wire, **given), AnyLLM.create(wire, **given)
    asked = {
        "model": "m",
        "messages": [{"role": "user", "content": "Recommend a fantasy book"}],
        "stream": True,
    }

    def text():
        count = 0
        for chunk in llm.completion(**asked):
            if chunk.choices:
                count += len(chunk.choices[0].delta.content or "")
        return count

    async def text_async():
        count = 0
        async for chunk in await allm.acompletion(**asked):
            if chunk.choices:
                count += len(chunk.choices[0].delta.content or "")
        return count

    return {"text": text, "text_async": text_async}
