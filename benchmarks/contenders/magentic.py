"""magentic: a prompt function that gives a streamed string."""

from __future__ import annotations


def _model(wire, url):
    if wire == "openai":
        from magentic import OpenaiChatModel

        return OpenaiChatModel("m", api_key="x", base_url=f"{url}/v1")
    from magentic.chat_model.anthropic_chat_model import AnthropicChatModel

    return AnthropicChatModel("m", api_key="x", base_url=url)


def actions(wire, url, _):
    """Give what this contender can do on a wire."""
    from magentic import AsyncStreamedStr, StreamedStr, prompt

    model = _model(wire, url)

    def recommend(genre: str) -> StreamedStr: ...

    async def arecommend(genre: str) -> AsyncStreamedStr: ...

    recommend.__annotations__["return"] = StreamedStr
    arecommend.__annotations__["return"] = AsyncStreamedStr
    asked = prompt("Recommend a {genre} book", model=model)
    recommend, arecommend = asked(recommend), asked(arecommend)

    def text():
        return sum(map(len, recommend("fantasy")))

    async def text_async():
        count = 0
        async for piece in await arecommend("fantasy"):
            count += len(piece)
        return count

    return {"text": text, "text_async": text_async}
