"""The SDK's messages turned into the JSON they stand for, and back.

The SDK's own classes wrap protocol buffers, which know the fields of their time and no others. JSON
that does not fit is taken in as far as it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.generativeai import protos
from google.generativeai.types import GenerateContentResponse
from google.protobuf import json_format  # type: ignore[import-untyped]  # its stubs are apart

from ..base._narrow import is_array, is_object

__all__ = ["ParseError", "call_of", "mere_text", "plain_message", "response_of", "usage_of"]

ParseError: type[Exception] = json_format.ParseError
"""What the SDK raises for JSON that is no message of its."""

_Response: Any = protos.GenerateContentResponse
_Usage: Any = _Response.UsageMetadata
_Call: Any = protos.FunctionCall
_Candidate: Any = protos.Candidate

_CANDIDATE = frozenset({"content", "index"})
_PART = {"text"}


def plain_message(message: Any) -> dict[str, Any]:
    """Give the JSON of a message; whole numbers, which travel as floats there, as integers."""
    data: dict[str, Any] = json_format.MessageToDict(_wrapped(message))
    for candidate in data.get("candidates", ()):
        for part in candidate.get("content", {}).get("parts", ()):
            call = part.get("functionCall", {})
            if "args" in call:
                call["args"] = _whole(call["args"])
    return data


def mere_text(response: Any) -> tuple[str, Any] | None:
    """Give the text of a response message that has one candidate, and in that one text, no more.

    Returns:
        The text, and which fields the message has, with the candidate's role and number; `None`
        for any other message.
    """
    message = _wrapped(response)
    candidates = message.candidates
    if len(candidates) != 1:
        return None
    candidate = candidates[0]
    parts = candidate.content.parts
    if candidate.index or len(parts) != 1 or not _names(candidate) <= _CANDIDATE:
        return None
    part = parts[0]
    if _names(part) != _PART:
        return None
    role = candidate.content.role
    return part.text, (_names(message), role, candidate.HasField("index"))


def _names(message: Any) -> set[str]:
    """The names of the fields that a message has."""
    return {field.name for field, _ in message.ListFields()}


def _wrapped(message: Any) -> Any:
    kind: Any = message.__class__
    return kind.pb(message)


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if is_object(value):
        return {key: _whole(item) for key, item in value.items()}
    return [_whole(item) for item in value] if is_array(value) else value


def response_of(data: Mapping[str, Any]) -> GenerateContentResponse:
    """Build the SDK's response."""
    response: GenerateContentResponse
    response = GenerateContentResponse.from_response(_message(_Response, data))
    return response


def usage_of(data: Mapping[str, Any]) -> protos.GenerateContentResponse.UsageMetadata:
    """Build the SDK's usage object."""
    usage: protos.GenerateContentResponse.UsageMetadata = _message(_Usage, data)
    return usage


def call_of(data: Mapping[str, Any]) -> protos.FunctionCall:
    """Build the SDK's function call object."""
    call: protos.FunctionCall = _message(_Call, data)
    return call


def _message(kind: Any, data: Mapping[str, Any]) -> Any:
    message = _parsed(kind, data)
    if message is not None:
        return message
    # One field at a time, so that one that does not fit costs no other; candidates likewise.
    made = kind.pb(kind())
    for key, value in data.items():
        items = value if key == "candidates" and is_array(value) else ()
        for item in items:
            candidate = _message(_Candidate, item if is_object(item) else {})
            made.candidates.append(_Candidate.pb(candidate))
        part = None if items else _parsed(kind, {key: value})
        if part is not None:
            made.MergeFrom(kind.pb(part))
    return kind.wrap(made)


def _parsed(kind: Any, data: Mapping[str, Any]) -> Any:
    made = kind.pb(kind())
    try:
        json_format.ParseDict(dict(data), made, ignore_unknown_fields=True)
    except Exception:  # noqa: BLE001  # it raises ParseError, and other things on odd input
        return None
    return kind.wrap(made)
