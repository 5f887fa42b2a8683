"""any-llm: completions in OpenAI's shape through each provider's SDK."""

from __future__ import annotations


def actions(wire, url, _):
    """Give what this contender can do on a wire."""
    from any_llm import AnyLLM

    llm = AnyLLM.create(wire, api_key="x", api_base=f"{url}/v1" if wire == "openai" else url)
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
        async for chunk in await llm.acompletion(**asked):
            if chunk.choices:
                count += len(chunk.choices[0].delta.content or "")
        return count

    return {"text": text, "text_async": text_async}
