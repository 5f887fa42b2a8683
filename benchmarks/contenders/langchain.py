"""langchain: a chat model's stream."""

from __future__ import annotations


def _model(wire, url):
    if wire != "anthropic":
        from langchain_openai import ChatOpenAI

        return ChatOpenAI(model="m", api_key="x", base_url=f"{url}/v1", max_retries=0)
    from langchain_anthropic import ChatAnthropic

    return ChatAnthropic(model="m", api_key="x", base_url=url, max_retries=0, max_tokens=9)


def _size(content):
    if isinstance(content, str):
        return len(content)
    return sum(len(block.get("text", "")) for block in content)


def actions(wire, url, _):
    """Give what this contender can do on a wire."""
    model = _model(wire, url)

    def text():
        return sum(_size(chunk.content) for chunk in model.stream("Recommend a fantasy book"))

    async def text_async():
        count = 0
        async for chunk in model.astream("Recommend a fantasy book"):
            count += _size(chunk.content)
        return count

    def partial():
        from documents import Document, looked
        from langchain_core.output_parsers import JsonOutputParser

        chain = model | JsonOutputParser(pydantic_object=Document)
        return looked(chain.stream("Recommend a fantasy book"))

    return {"text": text, "text_async": text_async, "partial": partial}
