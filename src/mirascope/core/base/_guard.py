"""Whether an SDK's stream is untouched, so that the fast reader may read under it.

Tools that watch what a program asks of a model do it by wrapping: a proxy around the stream, a
subclass, a replaced iterator on the object or on the class, a patched method of the client. Each of
them has to see every chunk, and therefore gets the SDK's own path. So the guard asks for proof, and
anything it does not know counts against the stream: a new SDK that works differently is slower
here, not wrong.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import AsyncGeneratorType, FunctionType, GeneratorType, MethodType
from typing import Any

__all__ = ["holds_untouched", "is_own_method", "is_untouched"]

_HTTP = ("httpx", "httpx2")
_OWN_BODY = "mirascope.core.base._connection"
# The attributes of the SDKs' stream objects, as far as they are known.
_ATTRIBUTES = (
    frozenset(
        {
            "__orig_class__",
            "_cast_to",
            "_client",
            "_decoder",
            "_iterator",
            "_options",
            "response",
        }
    ),
    frozenset({"__orig_class__", "_closed", "client_ref", "generator", "response"}),
)
_DECODERS = frozenset({"SSEBytesDecoder", "SSEDecoder"})
_NOT_STARTED = 2
"""Bytes of code that an async generator of Python 3.11 may have run before its first step."""


def is_untouched(stream: Any, kind: type[Any], method: Any) -> bool:
    """Whether nobody wrapped, patched or started a stream.

    Args:
        stream: What the SDK's method returned.
        kind: The class it has to be of, exactly.
        method: The client's method that returned it.
    """
    if _type(stream) is not kind:
        return False
    root = _root(kind.__module__)
    if type(method) is not MethodType or not _is_own(method.__func__, root):
        return False
    if not _is_own_class(kind, root):
        return False
    attributes: dict[str, Any] = stream.__dict__
    if not any(attributes.keys() <= known for known in _ATTRIBUTES):
        return False
    iterator = attributes.get("_iterator", attributes.get("generator"))
    if iterator is None and "_iterator" not in vars(kind):
        return False
    if iterator is not None and not _is_fresh(iterator, root):
        return False
    decoder = attributes.get("_decoder")
    if decoder is not None and not _is_sdk_decoder(decoder, kind):
        return False
    return _is_plain(stream.response)


def holds_untouched(opened: Any, kind: type[Any], *, iterator: str, response: str) -> bool:
    """Whether nobody wrapped, patched or started the iterator that an SDK's object holds.

    Args:
        opened: What the SDK gave.
        kind: The class it has to be of, exactly.
        iterator: The name of the attribute that holds the iterator.
        response: The name of the attribute that holds the response under it.
    """
    if _type(opened) is not kind:
        return False
    attributes: dict[str, Any] = opened.__dict__
    if attributes.keys() != {iterator, response}:
        return False
    root = _root(kind.__module__)
    package = kind.__module__.partition(".")[0]
    own = (each for each in kind.__mro__ if each.__module__.partition(".")[0] == package)
    if not all(_is_own_class(each, root) for each in own):
        return False
    return _is_fresh(attributes[iterator], root) and _is_plain(attributes[response])


def is_own_method(method: Any, package: str) -> bool:
    """Whether a method of a client is the SDK's own code, and so is what it wraps.

    Args:
        method: The method.
        package: The name of the SDK's package.
    """
    root = _root(package)
    seen: set[int] = set()
    # An SDK may wrap a method itself, and a tool's patch may be under that.
    left = [method]
    while left:
        each = left.pop()
        function = each.__func__ if _type(each) is MethodType else each
        if id(function) in seen:
            continue
        seen.add(id(function))
        if _type(function) is not FunctionType or not _is_own(function, root):
            return False
        cells = (cell.cell_contents for cell in function.__closure__ or ())
        left += (content for content in cells if callable(content))
    return True


# `type` as a checker should see it: it does not narrow the value that is asked about.
_type: Callable[[Any], type[Any]] = type


@cache
def _root(module: str) -> str:
    """The folder of the package a module is in."""
    package = sys.modules[module.partition(".")[0]]
    return str(Path(next(iter(package.__path__))).absolute()) + "/"


def _is_own_class(kind: type[Any], root: str) -> bool:
    return all(_is_own(member, root) for member in vars(kind).values())


def _is_own(member: Any, root: str) -> bool:
    """Whether a member of a class is the SDK's own code.

    `functools.wraps` copies names and proxies forward attributes, so the exact type is asked for,
    and the file a function's code comes from.
    """
    kind = _type(member)
    if kind is FunctionType:
        return _file(member.__code__.co_filename).startswith(root)
    if kind is staticmethod or kind is classmethod:
        return _is_own(member.__func__, root)
    if kind is property:
        parts = (member.fget, member.fset, member.fdel)
        return all(part is None or _is_own(part, root) for part in parts)
    if isinstance(member, functools.cached_property):
        return kind is functools.cached_property and _is_own(member.func, root)
    return not callable(member) or isinstance(member, type) or kind.__module__ in _PLAIN_MODULES


_PLAIN_MODULES = frozenset({"builtins", "typing"})


@cache
def _file(name: str) -> str:
    return name.replace("\\", "/")


def _is_fresh(iterator: Any, root: str) -> bool:
    """Whether an iterator is a generator of the SDK's that has not been started."""
    if _type(iterator) is GeneratorType:
        fresh = inspect.getgeneratorstate(iterator) == inspect.GEN_CREATED
        return fresh and _file(iterator.gi_code.co_filename).startswith(root)
    if _type(iterator) is AsyncGeneratorType:
        return _not_started(iterator) and _file(iterator.ag_code.co_filename).startswith(root)
    return False


def _not_started(generator: AsyncGeneratorType[Any, Any]) -> bool:
    if sys.version_info >= (3, 12):
        return inspect.getasyncgenstate(generator) == inspect.AGEN_CREATED
    frame = generator.ag_frame
    return not generator.ag_running and frame is not None and frame.f_lasti <= _NOT_STARTED


def _is_sdk_decoder(decoder: Any, kind: type[Any]) -> bool:
    """Whether a stream decodes plain server-sent events; a client may bring another decoder."""
    package = kind.__module__.partition(".")[0]
    own = type(decoder).__module__.partition(".")[0] == package
    return own and type(decoder).__name__ in _DECODERS


def _is_plain(response: Any) -> bool:
    """Whether a response is the HTTP library's own, unread, and a plain UTF-8 event stream."""
    kind = _type(response)
    if kind.__name__ != "Response" or kind.__module__.partition(".")[0] not in _HTTP:
        return False
    if response.is_stream_consumed or response.is_closed or hasattr(response, "_content"):
        return False
    body = type(response.stream).__module__
    if body != _OWN_BODY and body.partition(".")[0] not in _HTTP:
        return False
    headers = response.headers
    content_type: str = headers.get("content-type", "").lower()
    return (
        "content-encoding" not in headers
        and content_type.startswith("text/event-stream")
        and ("charset" not in content_type or "utf-8" in content_type)
    )
