"""Tools in the words of OpenAI's Responses API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ...base._tool_schema import arguments_schema, strict_schema
from ...base.tool import BaseTool, ToolConfig

__all__ = ["OpenAIResponsesTool", "OpenAIResponsesToolConfig"]


class OpenAIResponsesToolConfig(ToolConfig, total=False):
    """Options of a tool.

    Attributes:
        allowed_callers: Who may call the tool: the model itself (`"direct"`), or a program that it
            runs at OpenAI (`"programmatic"`).
        defer_loading: Keep the tool out of the prompt until a tool search finds it.
        output_schema: The JSON schema of what the tool gives, where that is JSON.
        strict: Have the model keep to the schema exactly; see
            https://platform.openai.com/docs/guides/structured-outputs.
    """

    allowed_callers: Sequence[str]
    defer_loading: bool
    output_schema: Mapping[str, Any]
    strict: bool


class OpenAIResponsesTool(BaseTool):
    """A function offered through OpenAI's responses."""

    tool_config: ClassVar[ToolConfig] = OpenAIResponsesToolConfig()

    @classmethod
    def tool_schema(cls) -> dict[str, Any]:
        """Give the tool as the `tools` parameter takes it.

        Raises:
            TypeError: An argument's type has no JSON schema.
            ValueError: `tool_config` asks for the strict mode, which cannot express an argument.
        """
        # A class can be offered to several providers: their options are not OpenAI's.
        options = {
            key: value
            for key, value in cls.tool_config.items()
            if key in OpenAIResponsesToolConfig.__annotations__
        }
        strict = bool(options.get("strict"))
        parameters = arguments_schema(cls)
        return {
            "type": "function",
            "name": cls._name(),
            "description": cls._description(),
            "parameters": strict_schema(parameters) if strict else parameters,
            **options,
            # Left out, it would be true here.
            "strict": strict,
        }
