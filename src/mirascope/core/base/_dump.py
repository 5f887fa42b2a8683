"""A full answer and its call as plain data."""

from __future__ import annotations

from typing import Any

from pydantic_core import to_jsonable_python

from ._adapter import without_credentials, without_owner
from ._events import plain
from .tool import BaseTool, offered_name

__all__ = ["dumped"]


def dumped(answer: Any, native: Any) -> dict[str, Any]:
    """Give an answer and its call as a dictionary that JSON can hold.

    Args:
        answer: The call response.
        native: The SDK's response, or what stands for it.
    """
    tools: list[BaseTool] = answer.tools or []
    types: list[type[BaseTool]] = answer.tool_types or []
    data: dict[str, Any] = {
        "provider": answer.provider,
        "model": answer.model,
        "id": answer.id,
        "state": answer.state,
        "content": answer.content,
        "reasoning": answer.reasoning,
        "refusal": answer.refusal,
        "finish_reasons": answer.finish_reasons,
        "tools": [tool.model_dump() for tool in tools],
        "usage": plain(answer.usage),
        "input_tokens": answer.input_tokens,
        "output_tokens": answer.output_tokens,
        "cached_tokens": answer.cached_tokens,
        "cost": answer.cost,
        "message_param": plain(answer.message_param),
        "messages": plain(answer.messages),
        "user_message_param": plain(answer.user_message_param),
        "call_params": without_credentials(answer.call_params),
        "call_kwargs": without_credentials(answer.call_kwargs),
        "tool_types": [offered_name(tool) for tool in types],
        "fn_args": without_owner(answer.fn_args),
        "prompt_template": answer.prompt_template,
        "metadata": dict(answer.metadata),
        "start_time": answer.start_time,
        "end_time": answer.end_time,
        "response": plain(native),
    }
    dump: dict[str, Any] = to_jsonable_python(
        data, fallback=repr, bytes_mode="base64", inf_nan_mode="constants"
    )
    return dump
