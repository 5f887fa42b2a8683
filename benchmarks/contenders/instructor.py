"""instructor: a client patched by it, which passes a stream without a model through."""

from __future__ import annotations


def actions(wire, url, _):
    """Give what this contender can do on a wire."""
    import instructor
    import openai

    if wire == "anthropic":
        raise ValueError("its clients of other providers take a response model only")
    given = {"api_key": "x", "base_url": f"{url}/v1", "max_retries": 0}
    client = instructor.from_openai(openai.OpenAI(**given))
    aclient = instructor.from_openai(openai.AsyncOpenAI(**given))
    asked = {
        "model": "m",
        "messages": [{"role": "user", "content": "Recommend a fantasy book"}],
        "response_model": None,
        "stream": True,
    }

    def text():
        count = 0
        for chunk in client.chat.completions.create(**asked):
            if chunk.choices:
                count += len(chunk.choices[0].delta.content or "")
        return count

    async def text_async():
        count = 0
        async for chunk in await aclient.chat.completions.create(**asked):
            if chunk.choices:
                count += len(chunk.choices[0].delta.content or "")
        return count

    def partial():
        from documents import Document, looked

        mode = instructor.Mode.JSON_SCHEMA
        patched = instructor.from_openai(openai.OpenAI(**given), mode=mode)
        structured = {**asked, "response_model": Document}
        structured.pop("stream")
        return looked(patched.chat.completions.create_partial(**structured))

    return {"text": text, "text_async": text_async, "partial": partial}
