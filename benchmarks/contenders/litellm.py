"""litellm: completions in OpenAI's shape."""

from __future__ import annotations

import os

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # fetches nothing at its import


def actions(wire, url, _):
    """Give what this contender can do on a wire."""
    import litellm

    address = f"{url}/v1" if wire == "openai" else url
    asked = {
        "model": f"{wire}/m",
        "messages": [{"role": "user", "content": "Recommend a fantasy book"}],
        "api_key": "x",
        "api_base": address,
        "stream": True,
    }

    def text():
        count = 0
        for chunk in litellm.completion(**asked):
            count += len(chunk.choices[0].delta.content or "")
        return count

    async def text_async():
        count = 0
        async for chunk in await litellm.acompletion(**asked):
            count += len(chunk.choices[0].delta.content or "")
        return count

    return {"text": text, "text_async": text_async}
