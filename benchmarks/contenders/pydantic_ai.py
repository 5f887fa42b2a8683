"""pydantic-ai: an agent's streamed text, without delay."""

from __future__ import annotations


def _model(wire, url):
    if wire != "anthropic":
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai import OpenAIProvider

        return OpenAIChatModel("m", provider=OpenAIProvider(api_key="x", base_url=f"{url}/v1"))
    import anthropic
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    client = anthropic.AsyncAnthropic(api_key="x", base_url=url)
    return AnthropicModel("m", provider=AnthropicProvider(anthropic_client=client))


def actions(wire, url, _):
    """Give what this contender can do on a wire."""
    from pydantic_ai import Agent

    agent = Agent(_model(wire, url))

    async def text_async():
        count = 0
        async with agent.run_stream("Recommend a fantasy book") as result:
            async for piece in result.stream_text(delta=True, debounce_by=None):
                count += len(piece)
        return count

    def text():
        result = agent.run_stream_sync("Recommend a fantasy book")
        return sum(len(piece) for piece in result.stream_text(delta=True, debounce_by=None))

    async def partial():
        from documents import Document, seen
        from pydantic_ai import PromptedOutput

        writer = Agent(_model(wire, url), output_type=PromptedOutput(Document))
        count = records = 0
        async with writer.run_stream("Recommend a fantasy book") as result:
            async for document in result.stream_output(debounce_by=None):
                count += 1
                records = seen(document)
        return [count, records]

    return {"text": text, "text_async": text_async, "partial": partial}
