"""mirascope 1: the decorator this library continues."""

from __future__ import annotations


def _clients(wire, url):
    if wire != "anthropic":
        import openai

        given = {"api_key": "x", "base_url": f"{url}/v1", "max_retries": 0}
        return openai.OpenAI(**given), openai.AsyncOpenAI(**given)
    import anthropic

    given = {"api_key": "x", "base_url": url, "max_retries": 0}
    return anthropic.Anthropic(**given), anthropic.AsyncAnthropic(**given)


def actions(wire, url, _):
    """Give what this contender can do on a wire."""
    from documents import Document, looked

    from mirascope.core import anthropic, openai, prompt_template

    provider = anthropic if wire == "anthropic" else openai
    client, aclient = _clients(wire, url)

    @provider.call("m", stream=True, client=client)
    @prompt_template("Recommend a {genre} book")
    def recommend(genre: str): ...

    @provider.call("m", stream=True, client=aclient)
    @prompt_template("Recommend a {genre} book")
    async def arecommend(genre: str): ...

    def text():
        return sum(len(chunk.content) for chunk, _ in recommend("fantasy"))

    async def text_async():
        count = 0
        async for chunk, _ in await arecommend("fantasy"):
            count += len(chunk.content)
        return count

    @provider.call("m", stream=True, client=client, response_model=Document, json_mode=True)
    @prompt_template("Recommend a {genre} book")
    def describe(genre: str): ...

    def partial():
        return looked(describe("fantasy"))

    return {"text": text, "text_async": text_async, "partial": partial}
