"""Tools in Anthropic's dialect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ..base._tool_schema import arguments_schema, strict_schema
from ..base.tool import BaseTool, ToolConfig
from ._schema import without_bounds

__all__ = ["AnthropicTool", "AnthropicToolConfig"]


class AnthropicToolConfig(ToolConfig, total=False):
    """Options of a tool; see https://docs.claude.com/en/api/messages#body-tools.

    Attributes:
        allowed_callers: Who may call the tool: the model itself (`"direct"`), or code that it runs
            at Anthropic, such as `"code_execution_20260120"`.
        cache_control: Cache the prompt up to and including this tool, such as
            `{"type": "ephemeral"}`.
        defer_loading: Keep the tool out of the prompt until a tool search finds it.
        eager_input_streaming: Stream the arguments as they are generated, without buffering.
        input_examples: Examples of the arguments.
        strict: Have the model keep to the schema exactly.
    """

    allowed_callers: Sequence[str]
    cache_control: Mapping[str, Any]
    defer_loading: bool
    eager_input_streaming: bool
    input_examples: Sequence[Mapping[str, Any]]
    strict: bool


class AnthropicTool(BaseTool):
    """A tool offered through Anthropic's messages."""

    tool_config: ClassVar[ToolConfig] = AnthropicToolConfig()

    @classmethod
    def tool_schema(cls) -> dict[str, Any]:
        """Give the tool as the `tools` parameter takes it.

        Raises:
            TypeError: An argument's type has no JSON schema.
            ValueError: `tool_config` asks for the strict mode, which cannot express an argument.
        """
        # A class can be offered to several providers: their options are not Anthropic's.
        options = {
            key: value
            for key, value in cls.tool_config.items()
            if key in AnthropicToolConfig.__annotations__
        }
        schema = arguments_schema(cls)
        if options.get("strict"):
            schema = without_bounds(strict_schema(schema))
        return {
            "name": cls._name(),
            "description": cls._description(),
            "input_schema": schema,
            **options,
        }
