"""The floor: the same request and the same bytes with the SDK's HTTP library alone."""

from __future__ import annotations

import importlib

_LIBRARY = {"groq": "httpx", "cohere": "httpx"}
_TAILS = {"openai": "/v1/chat/completions", "anthropic": "/v1/messages"}


def actions(wire, url, n):
    """Give what this contender can do on a wire."""
    http = importlib.import_module(_LIBRARY.get(wire, "httpx2"))
    client, aclient = http.Client(), http.AsyncClient()
    address = url + _TAILS.get(wire, "")
    body = {"model": "m", "messages": [{"role": "user", "content": "Hello"}], "stream": True}

    def text():
        with client.stream("POST", address, json=body) as response:
            count = sum(map(len, response.iter_raw()))
        return 4 * n if count > 4 * n else 0

    async def text_async():
        count = 0
        async with aclient.stream("POST", address, json=body) as response:
            async for piece in response.aiter_raw():
                count += len(piece)
        return 4 * n if count > 4 * n else 0

    return {"text": text, "text_async": text_async}
