"""llm: the library under the command line tool."""

from __future__ import annotations


def actions(wire, url, _):
    """Give what this contender can do on a wire."""
    from llm.default_plugins.openai_models import AsyncChat, Chat

    if wire != "openai":
        raise ValueError("other providers are plugins of their own")
    given = {"model_name": "m", "api_base": f"{url}/v1", "key": "x"}
    model, amodel = Chat("m", **given), AsyncChat("m", **given)

    def text():
        return sum(map(len, model.prompt("Recommend a fantasy book", key="x", stream=True)))

    async def text_async():
        count = 0
        async for piece in amodel.prompt("Recommend a fantasy book", key="x", stream=True):
            count += len(piece)
        return count

    return {"text": text, "text_async": text_async}
