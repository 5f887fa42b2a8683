"""Tools in OpenAI's dialect."""

from __future__ import annotations

from typing import Any, ClassVar

from .._shapes.chat_tools import function_schema
from ..base.tool import BaseTool, ToolConfig

__all__ = ["OpenAITool", "OpenAIToolConfig"]


class OpenAIToolConfig(ToolConfig, total=False):
    """Options of a tool.

    Attributes:
        strict: Have the model keep to the schema exactly; see
            https://platform.openai.com/docs/guides/structured-outputs.
    """

    strict: bool


class OpenAITool(BaseTool):
    """A tool offered through OpenAI's chat completions."""

    tool_config: ClassVar[ToolConfig] = OpenAIToolConfig()

    @classmethod
    def tool_schema(cls) -> dict[str, Any]:
        """Give the tool as the `tools` parameter takes it.

        Raises:
            TypeError: An argument's type has no JSON schema.
            ValueError: `tool_config` asks for the strict mode, which cannot express an argument.
        """
        return function_schema(cls)
