"""Views over generateContent answers: what a chunk, a response and a usage report say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from typing_extensions import TypeVar

from ..base._narrow import is_mapping, is_object, is_sequence
from ..base.call_response import BaseCallResponse, Said
from ..base.call_response_chunk import BaseCallResponseChunk
from ..base.tool import BaseTool
from ..base.types import FinishReason, Usage
from ._content_wire import (
    calls_of,
    common_finish_reasons_of,
    common_usage,
    finish_reasons_of,
    first_candidate,
    refusal_of,
    text_of,
)

__all__ = ["ContentCallResponse", "ContentCallResponseChunk"]

ChunkT_co = TypeVar("ChunkT_co", covariant=True, default=Any)
ResponseT_co = TypeVar("ResponseT_co", covariant=True, default=Any)
FinishReasonT = TypeVar("FinishReasonT", bound=str, default=str)
ToolT_co = TypeVar("ToolT_co", bound=BaseTool, covariant=True, default=BaseTool)


class ContentCallResponseChunk(BaseCallResponseChunk[ChunkT_co, FinishReasonT]):
    """A chunk of a streamed generateContent answer."""

    __slots__ = ("_called",)

    def __init__(
        self,
        event: Any,
        content: str = "",
        raw: Any = None,
        *,
        echo: bool = False,
        called: bool = False,
    ) -> None:
        """Make a view.

        Args:
            event: The wire event as plain JSON data; `None` if it is to be read from `raw`.
            content: The event's text.
            raw: The SDK's own object, or `None`.
            echo: Whether an earlier step has shown this event already.
            called: Whether the answer has called a function up to this event.
        """
        super().__init__(event, content, raw, echo=echo)
        self._called = called

    @property
    def _event(self) -> Any:
        """The wire event as plain JSON data."""
        if self._data is None and self._raw is not None:
            self._data = self._read(self._raw)
        return self._data

    def _read(self, raw: Any) -> Any:
        """Give the JSON that the SDK's object stands for."""
        raise NotImplementedError

    def _said(self) -> Any:
        """The event, if it is not yet shown."""
        return None if self._echo else self._event

    def _field(self, name: str) -> Any:
        return self._event.get(name) if is_object(self._event) else None

    @property
    def finish_reasons(self) -> list[FinishReasonT] | None:
        """Why each candidate that ends with this chunk finished; `None` if none does."""
        reasons: Any = finish_reasons_of(self._said())
        found: list[FinishReasonT] | None = reasons
        return found

    @property
    def common_finish_reasons(self) -> list[FinishReason] | None:
        """Why the generation finished, in provider-neutral words; `None` while it goes on."""
        return common_finish_reasons_of(self._said(), called=self._called)

    @property
    def model(self) -> str | None:
        """The name of the model that answers."""
        return self._field("modelVersion") or None

    @property
    def id(self) -> str | None:
        """The answer's unique id."""
        return self._field("responseId") or None

    @property
    def reasoning(self) -> str | None:
        """The model's thoughts in this chunk, or `None` if it has none."""
        return text_of(first_candidate(self._said()), thought=True) or None

    @property
    def refusal(self) -> str | None:
        """What the provider says about a prompt it blocked or an answer it filtered."""
        return refusal_of(self._said())

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` if this chunk has none."""
        return common_usage(self._usage_data())

    def _usage_data(self) -> Mapping[str, Any] | None:
        usage = None if self._echo else self._field("usageMetadata")
        return usage if is_object(usage) else None


class ContentCallResponse(BaseCallResponse[ResponseT_co, FinishReasonT, ToolT_co]):
    """A full generateContent answer."""

    __slots__ = ("_known",)

    def _wire(self) -> dict[str, Any]:
        """Give the response as the JSON it stands for."""
        raise NotImplementedError

    def _native_call(self, data: dict[str, Any]) -> Any:
        """Build the SDK's function call object."""
        raise NotImplementedError

    @property
    def _data(self) -> dict[str, Any]:
        known: dict[str, Any] | None = getattr(self, "_known", None)
        if known is None:
            known = self._known = self._wire()
        return known

    @property
    def content(self) -> str:
        """The text of the first candidate without its thoughts; empty if it has none."""
        return text_of(first_candidate(self._data), thought=False)

    @property
    def finish_reasons(self) -> list[FinishReasonT] | None:
        """Why each candidate finished, or why the prompt was blocked; `None` if nothing says."""
        reasons: Any = finish_reasons_of(self._data)
        found: list[FinishReasonT] | None = reasons
        return found

    @property
    def common_finish_reasons(self) -> list[FinishReason] | None:
        """Why the generation finished, in provider-neutral words."""
        return common_finish_reasons_of(
            self._data, called=any(True for _ in calls_of(first_candidate(self._data)))
        )

    @property
    def model(self) -> str:
        """The name of the model that answered."""
        return self._data.get("modelVersion") or self._context.model

    @property
    def id(self) -> str | None:
        """The answer's unique id."""
        return self._data.get("responseId") or None

    @property
    def reasoning(self) -> str | None:
        """The thoughts of the first candidate, or `None` if it sent none."""
        return text_of(first_candidate(self._data), thought=True) or None

    @property
    def refusal(self) -> str | None:
        """What the provider says about a prompt it blocked or an answer it filtered."""
        return refusal_of(self._data)

    @property
    def common_usage(self) -> Usage | None:
        """The token usage in provider-neutral terms, or `None` if the provider sent none."""
        usage = self._data.get("usageMetadata")
        return common_usage(usage) if is_object(usage) else None

    @property
    def user_message_param(self) -> Any:
        """The last message of the prompt if it is the user's and no tools' results, else `None`."""
        message: Any = super().user_message_param
        parts = message.get("parts") if is_mapping(message) else getattr(message, "parts", None)
        said = [_is_result(part) for part in parts] if is_sequence(parts) else []
        return None if said and all(said) else message

    def _said(self) -> Iterator[Said]:
        yield self.content
        for call in calls_of(first_candidate(self._data)):
            yield call.get("name") or "", call.get("args"), call.get("id")

    def _read_tools(self, build: Callable[..., BaseTool]) -> list[BaseTool]:
        return [
            build(
                name=call.get("name") or "",
                arguments=call.get("args"),
                tool_call=self._native_call(call),
                id=call.get("id"),
            )
            for call in calls_of(first_candidate(self._data))
        ]


def _is_result(part: Any) -> bool:
    if is_mapping(part):
        return "function_response" in part or "functionResponse" in part
    return bool(getattr(part, "function_response", None))
