"""Tools in the words of OpenAI's Responses API."""

from __future__ import annotations

from typing import Any, ClassVar

from ...base._tool_schema import arguments_schema, strict_schema
from ...base.tool import BaseTool, ToolConfig

__all__ = ["OpenAIResponsesTool", "OpenAIResponsesToolConfig"]


class OpenAIResponsesToolConfig(ToolConfig, total=False):
    """Options of a tool.

    Attributes:
        strict: Have the model keep to the schema exactly; see
            https://platform.openai.com/docs/guides/structured-outputs.
    """

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
        strict = bool(cls.tool_config.get("strict"))
        parameters = arguments_schema(cls)
        return {
            "type": "function",
            "name": cls._name(),
            "description": cls._description(),
            "parameters": strict_schema(parameters) if strict else parameters,
            # Left out, it would be true here.
            "strict": strict,
        }
