"""Messages as generateContent takes them: contents of parts, and the system's instruction apart.

The names are those of the SDKs' dictionaries (`inline_data`, `function_call`), and binary content
is `bytes`, so that both SDKs take what is made here as it is.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Mapping
from typing import Any

from ..base._media import parse_data_url
from ..base._narrow import is_iterable, is_mapping, is_sequence
from ..base._tool_build import output_text
from ..base.message_param import (
    AudioPart,
    AudioURLPart,
    BaseMessageParam,
    CacheControlPart,
    DocumentPart,
    DocumentURLPart,
    ImagePart,
    ImageURLPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from .content_turns import says_something
from .json_mode import request_for_json
from .message_parts import field_of, place_of_last, refused

__all__ = ["asking_for_json", "encode_contents"]

_ROLES = {"assistant": "model", "tool": "user"}


def encode_contents(
    messages: Iterable[Any], *, provider: str, signature: bytes | None = None
) -> tuple[list[Any], list[Any]]:
    """Encode messages; the provider's own ones pass through as they are.

    The results of tools that follow each other are one content: it has to answer all calls.

    Args:
        messages: The prompt. An answer that says nothing is left out: it is refused.
        provider: The provider's name, for errors.
        signature: Stands for the thoughts before the calls of a provider-neutral answer.

    Returns:
        The contents, and the parts of the system's messages, which are no contents here.

    Raises:
        ValueError: A message has a part that the provider does not take.
    """
    contents: list[Any] = []
    system: list[Any] = []
    names: dict[str, str] = {}
    results: list[Any] | None = None
    parts: list[Any]
    for message in messages:
        if isinstance(message, BaseMessageParam):
            role = _ROLES.get(message.role, message.role)
            parts = _parts(message, names, provider)
        elif is_mapping(message) and message.get("role") == "system":
            role, given = "system", message.get("parts")
            parts = [{"text": given}] if isinstance(given, str) else list(given or ())
        else:
            if not _is_empty_answer(message):
                names |= _called(message)
                contents.append(message)
                results = None
            continue
        if role == "system":
            system += parts
            continue
        if role == "model":
            parts = _answer(parts, signature)
        only_results = all("function_response" in part for part in parts)
        if only_results and results is not None:
            results.extend(parts)
        elif parts:
            contents.append({"role": role, "parts": parts})
            results = parts if only_results else None
    return contents, system


def _answer(parts: Iterable[dict[str, Any]], signature: bytes | None) -> list[Any]:
    """The parts of an answer that may go back, the first call with a signature."""
    answer = [part for part in parts if says_something(part)]
    call = next((part for part in answer if "function_call" in part), None)
    if call is not None and signature is not None:
        call["thought_signature"] = signature
    return answer


def _is_empty_answer(message: Any) -> bool:
    """Whether a message in the SDK's own form is an answer without parts."""
    return field_of(message, "role") == "model" and not field_of(message, "parts")


def _called(message: Any) -> dict[str, str]:
    """The names of the functions that a message in the SDK's own form calls, by the calls' ids."""
    parts = field_of(message, "parts")
    listed = parts if is_iterable(parts) else ()
    calls = [field_of(part, "function_call", "functionCall") for part in listed]
    return {field_of(call, "id"): field_of(call, "name") for call in calls if field_of(call, "id")}


def _parts(message: BaseMessageParam, names: dict[str, str], provider: str) -> list[Any]:
    if isinstance(message.content, str):
        return [{"text": message.content}]
    parts: list[Any] = []
    for part in message.content:
        if isinstance(part, CacheControlPart):
            continue  # a hint, and caching is automatic here
        if isinstance(part, ToolCallPart):
            if part.id is not None:
                names[part.id] = part.name
            parts.append({"function_call": _call(part)})
        elif isinstance(part, ToolResultPart):
            parts.append({"function_response": _result(part, names)})
        else:
            encoded = _media(part)
            if encoded is None:
                raise refused(part, message.role, by=provider)
            parts.append(encoded)
    return parts


def _call(part: ToolCallPart) -> dict[str, Any]:
    call: dict[str, Any] = {"name": part.name, "args": part.args or {}}
    return call if part.id is None else {"id": part.id, **call}


def _result(part: ToolResultPart, names: Mapping[str, str]) -> dict[str, Any]:
    """Encode a tool's result; providers that know calls by id alone leave the name out."""
    name = part.name or names.get(part.id or "", "")
    if not name:
        raise ValueError(
            "A ToolResultPart needs the tool's `name` here, or the `id` of a call that is in the "
            "history: the function's name is how its result is known."
        )
    key = "error" if part.is_error else "result"
    result: dict[str, Any] = {"name": name, "response": {key: output_text(part.content)}}
    return result if part.id is None else {"id": part.id, **result}


def _media(part: Any) -> dict[str, Any] | None:
    match part:
        case TextPart():
            return {"text": part.text}
        case ImagePart():
            return _inline(part.media_type, part.image)
        case AudioPart():
            return _inline(part.media_type, part.audio)
        case DocumentPart():
            return _inline(part.media_type, part.document)
        case ImageURLPart() | AudioURLPart() | DocumentURLPart():
            return _file(part.url)
        case _:
            return None


def _inline(media_type: str, data: bytes) -> dict[str, Any]:
    return {"inline_data": {"mime_type": media_type, "data": data}}


def _file(url: str) -> dict[str, Any]:
    if url[:5].lower() == "data:":
        return _inline(*parse_data_url(url))
    media_type = mimetypes.guess_type(url.partition("?")[0])[0]
    said = {} if media_type is None else {"mime_type": media_type}
    return {"file_data": {"file_uri": url, **said}}


def asking_for_json(contents: Iterable[Any], schema: Mapping[str, Any] | None = None) -> list[Any]:
    """Copy contents with a request for JSON at the end of the user's last one.

    The given contents are not changed. Where that content cannot be extended, the request follows
    it as a content of its own; where the user has none, it is the last.

    Args:
        contents: The contents.
        schema: What the JSON has to look like, where it is told in no other way.
    """
    request = {"text": request_for_json(schema)}
    asking = list(contents)
    # A content without a role is the user's.
    place = place_of_last(asking, (None, "", "user"))
    if place is None:
        return [*asking, {"role": "user", "parts": [request]}]
    content = asking[place]
    parts = content.get("parts") if is_mapping(content) else None
    if is_sequence(parts):
        asking[place] = {**content, "parts": [*parts, request]}
    else:
        asking.insert(place + 1, {"role": "user", "parts": [request]})
    return asking
