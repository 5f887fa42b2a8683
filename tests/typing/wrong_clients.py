"""Wrong uses of clients: a client must be of the function's colour.

For providers whose SDK has a client for each; see `wrong.py`.
"""

from __future__ import annotations

from native_openai import AsyncClient, Client

from mirascope.core import openai, prompt_template


def decorators(client: Client, async_client: AsyncClient) -> None:
    """Given to the decorator."""

    @openai.call("a-model", stream=True, client=client)  # error
    async def stream_in_async() -> str:
        return "hello"

    @openai.call("a-model", stream=True, client=async_client)  # error
    def stream_in_sync() -> str:
        return "hello"

    @openai.call("a-model", client=client)  # error
    async def plain_in_async() -> str:
        return "hello"

    @openai.call("a-model", client=async_client)  # error
    def plain_in_sync() -> str:
        return "hello"

    print(stream_in_async, stream_in_sync, plain_in_async, plain_in_sync)


@openai.call("a-model", stream=True)
@prompt_template("Hello")
async def config_in_async(client: Client) -> openai.AsyncOpenAIDynamicConfig:
    return {"client": client}  # error


@openai.call("a-model", stream=True)
@prompt_template("Hello")
def config_in_sync(client: AsyncClient) -> openai.OpenAIDynamicConfig:
    return {"client": client}  # error
