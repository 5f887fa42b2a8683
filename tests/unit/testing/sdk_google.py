"""Google's two SDKs."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from contextlib import aclosing, closing
from typing import Any

from mirascope.core.testing import WireServer
from tests.unit.testing.sdk_clients import SDK, Seen, listed


def google_fold(responses: Iterable[Any]) -> Seen:
    seen = Seen()
    for response in responses:
        for candidate in response.candidates:
            for part in (candidate.content and candidate.content.parts) or []:
                if part.function_call:
                    seen.tools.append((part.function_call.name, dict(part.function_call.args)))
                elif getattr(part, "thought", False):
                    seen.reasoning += part.text
                else:
                    seen.text += part.text or ""
            if candidate.finish_reason:
                seen.finish = candidate.finish_reason.name
        usage = response.usage_metadata
        if usage:
            thoughts = getattr(usage, "thoughts_token_count", 0) or 0
            output = (usage.candidates_token_count or 0) + thoughts
            seen.usage = (usage.prompt_token_count, output)
    return seen


def google_genai() -> SDK:
    from google import genai

    ask: Any = {"model": "m", "contents": "hi"}

    def client(server: WireServer) -> genai.Client:
        return genai.Client(api_key="t", http_options={"base_url": server.url("google")})

    def plain(server: WireServer) -> Seen:
        with closing(client(server)) as google_client:
            return google_fold([google_client.models.generate_content(**ask)])

    def stream(server: WireServer) -> Seen:
        with closing(client(server)) as google_client:
            return google_fold(google_client.models.generate_content_stream(**ask))

    async def aplain(server: WireServer) -> Seen:
        async with aclosing(client(server).aio) as google_client:
            return google_fold([await google_client.models.generate_content(**ask)])

    async def astream(server: WireServer) -> Seen:
        async with aclosing(client(server).aio) as google_client:
            return google_fold(
                await listed(await google_client.models.generate_content_stream(**ask))
            )

    return SDK("google.genai", plain, stream, aplain, astream)


def google_generativeai() -> SDK:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package says at import that it is retired
        import google.generativeai as genai

    def model(server: WireServer) -> Any:
        options = {"api_endpoint": server.url("gemini")}
        genai.configure(api_key="t", transport="rest", client_options=options)
        return genai.GenerativeModel("m")

    def plain(server: WireServer) -> Seen:
        return google_fold([model(server).generate_content("hi")])

    def stream(server: WireServer) -> Seen:
        return google_fold(model(server).generate_content("hi", stream=True))

    return SDK("google.generativeai", plain, stream, None, None)
