"""Tools in Google's dialect."""

from __future__ import annotations

from typing import Any

from ..base._tool_schema import arguments_schema
from ..base.tool import BaseTool

__all__ = ["GoogleTool"]


class GoogleTool(BaseTool):
    """A tool offered through Google's generateContent."""

    @classmethod
    def tool_schema(cls) -> dict[str, Any]:
        """Give the tool as a function declaration.

        Raises:
            TypeError: An argument's type has no JSON schema.
        """
        return {
            "name": cls._name(),
            "description": cls._description(),
            "parameters_json_schema": arguments_schema(cls),
        }
