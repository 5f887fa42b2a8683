"""aisuite: one client for all providers, in OpenAI's shape."""

from __future__ import annotations


def actions(wire, url, _):
    """Give what this contender can do on a wire."""
    import aisuite

    given = {"api_key": "x", "base_url": f"{url}/v1" if wire == "openai" else url}
    client = aisuite.Client({wire: given})
    asked = {
        "model": f"{wire}:m",
        "messages": [{"role": "user", "content": "Recommend a fantasy book"}],
        "stream": True,
    }

    def size(chunk):
        choices = getattr(chunk, "choices", None)
        return len(choices[0].delta.content or "") if choices else 0

    def text():
        return sum(map(size, client.chat.completions.create(**asked)))

    async def text_async():
        count = 0
        async for chunk in await client.chat.completions.acreate(**asked):
            count += size(chunk)
        return count

    return {"text": text, "text_async": text_async}
