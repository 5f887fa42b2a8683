"""mirascope 2: its provider-neutral stream."""

from __future__ import annotations


def actions(wire, url, _):
    """Give what this contender can do on a wire."""
    from mirascope import llm

    if wire == "openai":
        llm.register_provider("openai", scope="openai/", api_key="x", base_url=f"{url}/v1")
        model = "openai/m:completions"
    else:
        llm.register_provider("anthropic", scope="anthropic/", api_key="x", base_url=url)
        model = "anthropic/m"

    @llm.call(model)
    def recommend(genre: str):
        return f"Recommend a {genre} book"

    @llm.call(model)
    async def arecommend(genre: str):
        return f"Recommend a {genre} book"

    def text():
        count = 0
        for chunk in recommend.stream("fantasy").chunk_stream():
            if chunk.type == "text_chunk":
                count += len(chunk.delta)
        return count

    async def text_async():
        count = 0
        stream = await arecommend.stream("fantasy")
        async for chunk in stream.chunk_stream():
            if chunk.type == "text_chunk":
                count += len(chunk.delta)
        return count

    return {"text": text, "text_async": text_async}
