"""The frozen records a call is made of: what was asked, and who does the asking."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

from ._connection import cut
from ._events import plain
from ._fold import Fold, FoldContext
from ._narrow import is_mapping
from ._reader import FastPath
from ._record import Record
from .tool import BaseTool, Origin, offered_name
from .types import Timeout

__all__ = [
    "Adapter",
    "AnswerFormat",
    "CallContext",
    "PreparedCall",
    "Request",
    "without_credentials",
    "without_owner",
]

ToolT = TypeVar("ToolT", bound=BaseTool)

_OWNERS = frozenset({"cls", "self"})
_HEADERS = (
    "extra_headers",
    "http_headers",
    "headers",
    "extra_query",
    "http_options",
    "request_options",
)


def without_credentials(params: Mapping[str, Any]) -> dict[str, Any]:
    """Copy call parameters without those that carry headers, where credentials travel.

    Headers inside a parameter, such as a whole configuration, are left out too; a configuration
    that has them is given as a dictionary.
    """
    return {key: _shown(value) for key, value in params.items() if key not in _HEADERS}


def without_owner(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Copy a call's arguments without the object or class that a method was called on."""
    return {name: value for name, value in arguments.items() if name not in _OWNERS}


def _portable(config: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Copy a dynamic configuration without credentials, owners, and tools: these are kept apart."""
    if config is None:
        return None
    kept = {key: value for key, value in config.items() if key != "tools"}
    for key, without in (("call_params", without_credentials), ("computed_fields", without_owner)):
        if is_mapping(kept.get(key)):
            kept[key] = without(kept[key])
    return kept


def _shown(value: Any) -> Any:
    fields = value
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name, None) for name in value.model_fields_set}
    if not is_mapping(fields) or not fields.keys() & set(_HEADERS):
        return value
    return without_credentials(fields)


class AnswerFormat(Record):
    """What the answer to a call has to look like.

    Attributes:
        name: What it is called.
        description: What it is; may be empty.
        schema: Its JSON schema: an object's.
        strict: Whether the provider is to keep to the schema exactly; `None` leaves that open.
        is_tool: Whether it is given by calling the offered tool of its name, instead of as JSON.
    """

    name: str
    description: str
    schema: Mapping[str, Any]
    strict: bool | None = None
    is_tool: bool = False


class Request(Record):
    """One call before it is put into a provider's words.

    Attributes:
        model: The model's name.
        messages: The prompt: `BaseMessageParam`s and the provider's own messages.
        tools: The offered tools by name; empty for none.
        params: The call parameters, common and provider-specific names alike.
        json_mode: Whether the answer must be JSON.
        stream: Whether the answer is streamed.
        dialect: Which of its languages the provider is spoken to in, where it has several.
        answer: What the answer has to look like, where a response model says so.
    """

    model: str
    messages: Sequence[Any]
    tools: Mapping[str, type[BaseTool]] = MappingProxyType({})
    params: Mapping[str, Any] = MappingProxyType({})
    json_mode: bool = False
    stream: bool = False
    dialect: str = ""
    answer: AnswerFormat | None = None

    def offered(self, kind: type[ToolT]) -> list[type[ToolT]]:  # noqa: ARG002  # for the checkers
        """Give the classes of the offered tools, which were all made as ones of this kind."""
        tools: list[Any] = list(self.tools.values())
        return tools

    @property
    def answer_tool(self) -> str | None:
        """The tool that the model has to answer with; `None` if there is none."""
        return self.answer.name if self.answer is not None and self.answer.is_tool else None


class CallContext(Record):
    """What one call was made with; shown by its stream and its response.

    Attributes:
        model: The model's name as asked for.
        messages: The prompt in the provider's own form.
        call_kwargs: The keyword arguments of the SDK's method.
        call_params: The call parameters as the user gave them, merged.
        fn_args: The arguments of the decorated function.
        metadata: The call's metadata.
        tool_types: The classes of the offered tools, or `None`.
        prompt_template: The template's text, or `None`.
        dynamic_config: What the function returned as its dynamic configuration, or `None`.
        dialect: Which of its languages the provider is spoken to in, where it has several.
    """

    model: str
    messages: list[Any]
    call_kwargs: dict[str, Any]
    call_params: dict[str, Any]
    fn_args: dict[str, Any]
    metadata: Mapping[str, Any]
    tool_types: list[type[BaseTool]] | None = None
    prompt_template: str | None = None
    dynamic_config: Mapping[str, Any] | None = None
    dialect: str = ""

    def __reduce__(self) -> tuple[Any, ...]:
        state = dict(vars(self))
        state["call_kwargs"] = without_credentials(self.call_kwargs)
        state["call_params"] = without_credentials(self.call_params)
        state["fn_args"] = without_owner(self.fn_args)
        state["dynamic_config"] = _portable(self.dynamic_config)
        # Classes made for a provider are not found by name; what they were made from is.
        tools, state["tool_types"] = self.tool_types, None
        made: list[Any] = [tool.__tool_origin__ or tool for tool in tools or ()]
        return _context, (state, None if tools is None else made)

    @property
    def tools(self) -> dict[str, type[BaseTool]] | None:
        """The offered tools by name."""
        if self.tool_types is None:
            return None
        return {offered_name(tool): tool for tool in self.tool_types}


class PreparedCall(Record):
    """A call that is ready to be made.

    Attributes:
        context: What it is made with.
        client: Gives the SDK's client; asked when the request is made.
        timeout: The time limits, or `None`.
        fast: Whether the fast reader may be used.
        grows: Whether the pieces of tool calls' arguments are asked for.
        partial_tools: Whether tools are shown while they are written.
    """

    context: CallContext
    client: Callable[[], Any]
    timeout: Timeout | None = None
    fast: bool = True
    grows: bool = False
    partial_tools: bool = False


def _plain_read(item: Any) -> tuple[Any, Any]:
    return plain(item), item


def _unchanged(error: BaseException, request: Any) -> BaseException:  # noqa: ARG001  # a default
    return error


def _no_class(report: Any) -> None:  # noqa: ARG001  # the default of `reported`
    return None


def _one_dialect(client: Any) -> str:  # noqa: ARG001  # the default of `dialect`
    return ""


def _cut_response(source: Any) -> None:
    cut(getattr(source, "response", None))


def _leave(client: Any) -> Awaitable[None]:
    left: Awaitable[None] = client.__aexit__(None, None, None)
    return left


class Adapter(Record):
    """One provider: its types, its pure parts, and the only functions that do I/O.

    Attributes:
        name: The provider's name, which is also that of its module and its extra.
        stream: The class of its synchronous streams.
        async_stream: The class of its asynchronous streams.
        response: The class of its call responses.
        fold: Makes the fold of one call, whose module is loaded with the first stream.
        encode: Puts a request into the keyword arguments of the SDK's method.
        messages: Gives the messages among the keyword arguments.
        clients: The classes of synchronous clients.
        async_clients: The classes of asynchronous clients.
        environment: The environment variables the SDK's default client reads.
        client: Makes a default client.
        async_client: Makes a default asynchronous client.
        open: Opens a stream: `(client, kwargs)` to an iterable of SDK objects.
        aopen: Opens a stream asynchronously.
        call: Makes a plain call.
        acall: Makes a plain call asynchronously.
        deadline: The keyword arguments that make the SDK give a request up once a time has
            passed: takes a function that gives the seconds left.
        read: Turns an object that the SDK's stream yields into its wire event, or `None` if the
            fold reads the object itself, and what the event's view builds `chunk` from (usually
            the object itself).
        failure: Turns an exception of the transport mid-stream into what the SDK raises for it, and
            leaves others as they are. Takes it and the stream's HTTP request (or `None`).
        reported: Makes the exception for a failure that the provider reported inside a stream,
            of its description; `None` where the SDK has no class for it.
        dialect: Which of the provider's languages a client speaks.
        cut: Ends an open stream's connection at once; called from another thread.
        aclose: Closes a default asynchronous client.
        fast: What the fast reader has to know; `None` where the SDK gives no way to the bytes.
        answers_as_json: In which of its dialects a response model is asked for as JSON unless tools
            are offered: a tool's arguments come in one piece there, or no tool can be called for.
        stored_prompt: The call parameter that names a prompt which the provider keeps, beside which
            there need be no messages; empty where there is none.
        flattens: Whether a list among the messages stands for its items, as one answer is several.
    """

    name: str
    stream: Callable[[Any], Any]
    async_stream: Callable[..., Any]
    response: type[Any]
    fold: Callable[[FoldContext], Fold]
    encode: Callable[[Request], dict[str, Any]]
    messages: Callable[[dict[str, Any]], list[Any]]
    clients: tuple[type[Any], ...]
    async_clients: tuple[type[Any], ...]
    environment: tuple[str, ...]
    client: Callable[[], Any]
    async_client: Callable[[], Any]
    open: Callable[[Any, dict[str, Any]], Any]
    aopen: Callable[[Any, dict[str, Any]], Any]
    call: Callable[[Any, dict[str, Any]], Any]
    acall: Callable[[Any, dict[str, Any]], Any]
    deadline: Callable[[Callable[[], float]], dict[str, Any]]
    read: Callable[[Any], tuple[Any, Any]] = _plain_read
    failure: Callable[[BaseException, Any], BaseException] = _unchanged
    reported: Callable[[Any], Exception | None] = _no_class
    dialect: Callable[[Any], str] = _one_dialect
    cut: Callable[[Any], None] = _cut_response
    aclose: Callable[[Any], Awaitable[None]] = _leave
    fast: FastPath | None = None
    answers_as_json: frozenset[str] = frozenset()
    flattens: bool = False
    stored_prompt: str = ""

    @property
    def tool(self) -> type[BaseTool]:
        """The class of its tools, which is loaded with the first one."""
        return self.response._tool_base()  # type: ignore[no-any-return]  # noqa: SLF001


def _context(state: dict[str, Any], tools: Sequence[Any] | None) -> CallContext:
    if tools is not None:
        from ._tool_types import rebuild

        made = [rebuild(each) if isinstance(each, Origin) else each for each in tools]
        state["tool_types"] = made
    return CallContext(**state)
