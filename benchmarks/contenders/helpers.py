"""The SDKs' own `.stream()`, which accumulates as this library does."""

from __future__ import annotations

MESSAGES = [{"role": "user", "content": "Recommend a fantasy book"}]


def _openai(url):
    import openai

    given = {"api_key": "x", "base_url": f"{url}/v1", "max_retries": 0}
    client, aclient = openai.OpenAI(**given), openai.AsyncOpenAI(**given)

    def text():
        count = 0
        with client.chat.completions.stream(model="m", messages=MESSAGES) as stream:
            for event in stream:
                if event.type == "content.delta":
                    count += len(event.delta)
        return count

    async def text_async():
        count = 0
        async with aclient.chat.completions.stream(model="m", messages=MESSAGES) as stream:
            async for event in stream:
                if event.type == "content.delta":
                    count += len(event.delta)
        return count

    def partial():
        from documents import Document, looked

        asked = {"model": "m", "messages": MESSAGES, "response_format": Document}
        with client.chat.completions.stream(**asked) as stream:
            pieces = (event for event in stream if event.type == "content.delta")
            return looked(each.parsed for each in pieces if each.parsed is not None)

    return {"text": text, "text_async": text_async, "partial": partial}


def _anthropic(url):
    import anthropic

    given = {"api_key": "x", "base_url": url, "max_retries": 0}
    client, aclient = anthropic.Anthropic(**given), anthropic.AsyncAnthropic(**given)
    asked = {"model": "m", "max_tokens": 9, "messages": MESSAGES}

    def text():
        with client.messages.stream(**asked) as stream:
            return sum(map(len, stream.text_stream))

    async def text_async():
        count = 0
        async with aclient.messages.stream(**asked) as stream:
            async for piece in stream.text_stream:
                count += len(piece)
        return count

    return {"text": text, "text_async": text_async}


def actions(wire, url, _):
    """Give what this contender can do on a wire."""
    return (_anthropic if wire == "anthropic" else _openai)(url)
