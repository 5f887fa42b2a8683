"""The run time of `<provider>.call`: inspect once at decoration; bind, prepare and go per call."""

from __future__ import annotations

import functools
import inspect
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from ..errors import PromptError, ProviderStreamError, StreamTimeout
from ._absent import ABSENT
from ._adapter import Adapter, CallContext, PreparedCall, Request
from ._clients import async_client, check_client, sync_client
from ._deadline import Expired, Limits, Worker
from ._decorator import CallDecorator
from ._events import plain
from ._narrow import is_list, is_mapping
from ._options import Options, checked_params, checked_timeout, checked_tools, options_of
from ._prompt import CALL_ATTRIBUTE, Prompt, RenderedPrompt
from ._run import StreamRun

__all__ = ["make_call"]

_SHOWN = 200


def make_call(adapter: Adapter, model: str, **given: Any) -> CallDecorator[Any, Any, Any]:
    """Make the decorator that `<provider>.call(...)` gives.

    Args:
        adapter: The provider.
        model: The model's name.
        given: The other arguments of `call`, as `options_of` takes them.

    Raises:
        ValueError: The options do not go together, or a tool cannot be offered.
        TypeError: An option is of the wrong kind, the client is not one of the provider's, or the
            response model has no schema.
    """
    return CallDecorator(partial(_decorate, options_of(adapter, model, **given)))


def _decorate(options: Options, fn: Callable[..., Any]) -> Callable[..., Any]:
    if not callable(fn) or isinstance(fn, type):
        raise TypeError(f"{options.adapter.name}.call decorates a prompt function, not {fn!r}.")
    if hasattr(fn, CALL_ATTRIBUTE):
        raise PromptError(
            f"{fn!r} is a call already: decorate the prompt function itself for another provider."
        )
    prompt = Prompt.of(fn)
    check_client(options.adapter, options.client, is_async=prompt.signature.is_async)
    if options.structured is not None:
        options.structured.check(prompt.signature)
    call = (_async_call if prompt.signature.is_async else _sync_call)(options, prompt)
    functools.update_wrapper(call, fn)
    attributes = {
        CALL_ATTRIBUTE: True,
        "_metadata": prompt.metadata,
        "_model": options.model,
        "_prompt_template": _template_of(prompt),
    }
    vars(call).update(attributes)
    mark = getattr(inspect, "markcoroutinefunction", None)
    return mark(call) if prompt.signature.is_async and mark is not None else call


def _sync_call(options: Options, prompt: Prompt) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        arguments = prompt.signature.bind(args, kwargs)
        returned = prompt.fn(*args, **kwargs)
        prepared = _prepare(options, prompt, arguments, returned)
        if options.stream:
            run = StreamRun(options.adapter, prepared)
            return _shown(options, run, options.adapter.stream(run))
        started = time.time()
        return _product(options, prepared, _complete(options.adapter, prepared), started)

    return call


def _async_call(options: Options, prompt: Prompt) -> Callable[..., Any]:
    async def prepare(args: Any, kwargs: Any, arguments: dict[str, Any]) -> PreparedCall:
        return _prepare(options, prompt, arguments, await prompt.fn(*args, **kwargs))

    async def call(*args: Any, **kwargs: Any) -> Any:
        prepared = await prepare(args, kwargs, prompt.signature.bind(args, kwargs))
        started = time.time()
        response = await _acomplete(options.adapter, prepared)
        return _product(options, prepared, response, started)

    def stream(*args: Any, **kwargs: Any) -> Any:
        arguments = prompt.signature.bind(args, kwargs)
        run = StreamRun(options.adapter)
        preparing = None
        if prompt.signature.has_empty_body:
            run.prepare(_prepare(options, prompt, arguments, None))
        else:
            # What the body does belongs to the caller's event loop: it runs when it is awaited.
            preparing = partial(prepare, args, kwargs, arguments)
        return _shown(options, run, options.adapter.async_stream(run, preparing))

    return stream if options.stream else call


def _prepare(
    options: Options, prompt: Prompt, arguments: dict[str, Any], returned: Any
) -> PreparedCall:
    """Put a call together; pure."""
    adapter = options.adapter
    rendered = prompt.rendered(arguments, returned)
    config = rendered.config
    params = {**options.call_params, **checked_params(config.get("call_params"))}
    _check_messages(prompt, rendered, returned, adapter=adapter, params=params)
    tools = options.tools
    if config.get("tools") is not None:
        tools = checked_tools(config["tools"], adapter)
    client = options.client
    if config.get("client") is not None:
        client = config["client"]
        check_client(adapter, client, is_async=prompt.signature.is_async)
    dialect = adapter.dialect(client)
    request = Request(
        model=options.model,
        messages=rendered.messages,
        tools=tools or {},
        params=params,
        json_mode=options.json_mode,
        stream=options.stream,
        dialect=dialect,
    )
    if options.structured is not None:
        request = options.structured.asked_in(request, adapter)
    kwargs = adapter.encode(request)
    context = CallContext(
        model=options.model,
        messages=adapter.messages(kwargs),
        call_kwargs=kwargs,
        call_params=params,
        tool_types=list(request.tools.values()) or None,
        fn_args=arguments,
        prompt_template=_template_of(prompt),
        dynamic_config={k: v for k, v in config.items() if k != "client"} or None,
        metadata=rendered.metadata or {},
        dialect=dialect,
    )
    default = async_client if prompt.signature.is_async else sync_client
    return PreparedCall(
        context=context,
        client=partial(default, adapter) if client is None else partial(_same, client),
        timeout=checked_timeout(config.get("timeout")) or options.timeout,
        fast=options.fast_reader,
        grows=options.stream and options.structured is not None,
        partial_tools=options.partial_tools,
    )


def _template_of(prompt: Prompt) -> str | None:
    return None if prompt.template is None else prompt.template.text


def _check_messages(
    prompt: Prompt,
    rendered: RenderedPrompt,
    returned: Any,
    *,
    adapter: Adapter,
    params: Mapping[str, Any],
) -> None:
    """Refuse a prompt without messages, and lists among them."""
    name = prompt.signature.name
    if not rendered.messages and not params.get(adapter.stored_prompt):
        why = "its template renders to nothing with these arguments"
        if rendered.config.get("messages") is not None:
            why = "the 'messages' of its dynamic configuration are"
        elif returned is not None and returned is not ... and not is_mapping(returned):
            why = "the function returned no messages"
        raise PromptError(f"The prompt of {name}() is empty: {why}.")
    for place, message in enumerate(rendered.messages, start=1):
        if is_list(message) and not (adapter.flattens and _is_answer(message)):
            raise PromptError(
                f"In the prompt of {name}(), item {place} of the messages is a "
                f"{type(message).__name__}: add its items with `+=`, or make a message of it, as "
                "with Messages.User([...])."
            )


def _is_answer(items: Iterable[Any]) -> bool:
    """Whether a list may be an answer in the form of items, as some providers have it."""
    from ._parts import why_no_message

    return not any(map(why_no_message, items))


def _shown(options: Options, run: StreamRun, stream: Any) -> Any:
    return stream if options.structured is None else options.structured.stream(stream, run)


def _same(client: Any) -> Any:
    return client


def _complete(adapter: Adapter, prepared: PreparedCall) -> Any:
    kwargs = prepared.context.call_kwargs
    if prepared.timeout is None:
        return adapter.call(prepared.client(), kwargs)
    limits = Limits(prepared.timeout, time.monotonic())
    kwargs = {**adapter.deadline(limits.seconds_left), **kwargs}
    worker = Worker()
    try:
        return worker.call(partial(adapter.call, prepared.client(), kwargs), limits, _same)
    except Expired as expired:
        raise _timed_out(adapter, prepared, expired) from expired.__cause__
    finally:
        worker.stop()


async def _acomplete(adapter: Adapter, prepared: PreparedCall) -> Any:
    from ._alarm import check_loop, until
    from ._turns import in_turn

    kwargs = prepared.context.call_kwargs
    if prepared.timeout is None:
        return await in_turn(adapter.acall, prepared.client(), kwargs)
    check_loop()
    # A plain call has one chunk, its answer: the limits until the first and in total hold.
    limits = Limits(prepared.timeout, time.monotonic())
    kwargs = {**adapter.deadline(limits.seconds_allowed), **kwargs}
    try:
        return await until(in_turn(adapter.acall, prepared.client(), kwargs), limits)
    except Expired as expired:
        raise _timed_out(adapter, prepared, expired) from expired.__cause__


def _timed_out(adapter: Adapter, prepared: PreparedCall, expired: Expired) -> StreamTimeout:
    return StreamTimeout(
        f"{adapter.name} model {prepared.context.model!r} did not answer within "
        f"{expired.seconds:g} s ({expired.limit})."
    )


def _product(options: Options, prepared: PreparedCall, response: Any, started: float) -> Any:
    if isinstance(response, str):
        raise ProviderStreamError(
            f"{options.adapter.name} sent a text in place of an answer: is the client's base URL "
            f"right? It begins with {response[:_SHOWN]!r}.",
            body=response,
        )
    result = options.adapter.response(
        response, prepared.context, start_time=started * 1000, end_time=time.time() * 1000
    )
    if report := result._reported:  # noqa: SLF001  # for this module
        raise ProviderStreamError(
            f"{options.adapter.name} reported a failure: {report}",
            body=plain(report),
            rebuild=lambda: result,
        )
    if options.structured is not None:
        value = options.structured.value(result)
        if value is ABSENT:
            # A tool was called: it is on the response, and is for the caller to run.
            return result
        result = value
    return result if options.output_parser is None else options.output_parser(result)
