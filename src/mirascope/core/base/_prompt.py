"""A prompt function inspected once, and what one call of it makes: messages and configuration.

What the body returns decides: nothing (or `...`) means the template; a text, a message, a part or a
sequence of these is the prompt itself; a mapping without a `role` is a dynamic configuration.
Nothing the user returned is kept or changed: lists and mappings are copied, messages are passed on.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MethodType
from typing import TYPE_CHECKING, Any, Final

from ..errors import PromptError
from ._narrow import is_list, is_mapping
from ._record import Record
from ._signature import FunctionSignature, inspect_function
from .dynamic_config import DynamicConfig

if TYPE_CHECKING:
    from ._template import Template

__all__ = ["CALL_ATTRIBUTE", "PROMPT_ATTRIBUTE", "Prompt", "RenderedPrompt"]

PROMPT_ATTRIBUTE: Final = "__mirascope_prompt__"
"""The attribute of a decorated function that holds its `Prompt`."""

CALL_ATTRIBUTE: Final = "__mirascope_call__"
"""The attribute that tells a function made by a call decorator."""

_CONFIG_KEYS: Final = DynamicConfig.__optional_keys__
_NO_PROMPT: Final = (
    "no prompt: give the function a template with @prompt_template(...), or return a text or"
    " messages from it, or return a dynamic configuration with 'messages'"
)


class RenderedPrompt(Record):
    """What one call of a prompt function asks for.

    Attributes:
        messages: The conversation: `BaseMessageParam`, or whatever the user put in.
        config: A copy of the dynamic configuration the body returned; empty without one.
        metadata: The call's metadata: the configuration's, else the decorator's.
    """

    messages: list[Any]
    config: Mapping[str, Any]
    metadata: Mapping[str, Any] | None


class Prompt(Record):
    """A function that gives a prompt, as the decorators have described it.

    Attributes:
        fn: The user's own function.
        signature: What is known of it.
        template: Its template, or `None` if its return value is the prompt.
        metadata: What the `metadata` decorator says.
        renders: Whether the decorated function, called by itself, gives the messages; if not, it
            gives what the user's own function returns.
    """

    fn: Callable[..., Any]
    signature: FunctionSignature
    template: Template | None = None
    metadata: Mapping[str, Any] | None = None
    renders: bool = False

    @classmethod
    def of(cls, fn: Callable[..., Any]) -> Prompt:
        """The prompt of any callable, decorated or not.

        Args:
            fn: A function, a method or a partial of one, or a callable object.

        Raises:
            PromptError: A foreign decorator that would be skipped stands above `prompt_template`.
            TypeError: `fn` is not callable.
        """
        if inspect.ismethod(fn):
            return _filled(cls.of(fn.__func__), lambda inner: MethodType(inner, fn.__self__))
        if isinstance(fn, partial):
            return _filled(cls.of(fn.func), lambda inner: partial(inner, *fn.args, **fn.keywords))
        prompt = getattr(fn, PROMPT_ATTRIBUTE, None)
        if not isinstance(prompt, Prompt):
            return cls(fn=fn, signature=inspect_function(fn))
        if getattr(fn, "__wrapped__", None) is prompt.fn:
            return prompt
        # The attribute came here as a copy, by another decorator's `functools.wraps`.
        if prompt.signature.has_empty_body:
            return cls(fn=fn, signature=inspect_function(fn), metadata=prompt.metadata)
        raise PromptError(
            f"{prompt.signature.name}(): another decorator stands above @prompt_template or"
            " @metadata, where it would lose what the function's body returns; put it below them,"
            " next to the function, or above the call decorator"
        )

    @property
    def is_async(self) -> bool:
        """Whether what `fn` gives has to be awaited."""
        return self.signature.is_async

    @property
    def has_body(self) -> bool:
        """Whether `fn` may do anything: `False` only if it certainly returns nothing."""
        return not self.signature.has_empty_body

    def bind(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments of a call by name; see `FunctionSignature.bind`.

        Raises:
            TypeError: The call does not fit the function.
        """
        return self.signature.bind(args, kwargs)

    def rendered(self, arguments: Mapping[str, Any], returned: Any) -> RenderedPrompt:
        """The messages and the configuration of one call.

        Args:
            arguments: The call's arguments by name, as `signature.bind` gives them.
            returned: What the function's body returned, awaited if it is asynchronous.

        Raises:
            PromptError: There is no prompt, a value does not fit the template, or `returned` is
                nothing a prompt function may return.
        """
        try:
            return self._rendered(arguments, returned)
        except PromptError as error:
            error.add_note(f"in the prompt of {self.signature.name}()")
            raise

    def _rendered(self, arguments: Mapping[str, Any], returned: Any) -> RenderedPrompt:
        # The classes of messages load with the first call.
        from ._returned import messages_of, refuse_answer

        refuse_answer(returned)
        if inspect.isawaitable(returned):
            raise PromptError(self._awaitable(returned))
        config: dict[str, Any] = {}
        messages: list[Any] | None = None
        if is_mapping(returned) and "role" not in returned:
            config = _checked(returned)
            if config.get("messages") is not None:
                messages = messages_of(config["messages"])
        elif returned is not None and returned is not ...:
            messages = messages_of(returned)
        if messages is None:
            if self.template is None:
                raise PromptError(_NO_PROMPT)
            computed = config.get("computed_fields")
            messages = self.template.render({**arguments, **computed} if computed else arguments)
        metadata = config.get("metadata")
        return RenderedPrompt(
            messages=messages,
            config=config,
            metadata=metadata if metadata is not None else _copied(self.metadata),
        )

    def _awaitable(self, returned: Any) -> str:
        if inspect.iscoroutine(returned):
            returned.close()
        what = f"returned an awaitable ({type(returned).__name__})"
        if self.is_async:
            return f"the function {what}: await it in the function"
        return f"the function is a plain def, but it {what}; make it an async def and await in it"


def _filled(prompt: Prompt, fill: Callable[[Any], Callable[..., Any]]) -> Prompt:
    fn = fill(prompt.fn)
    return prompt.replaced(fn=fn, signature=inspect_function(fn))


def _checked(returned: Mapping[Any, Any]) -> dict[str, Any]:
    unknown = sorted(repr(key) for key in returned if key not in _CONFIG_KEYS)
    if unknown:
        raise PromptError(
            f"the function returned a dynamic configuration with {', '.join(unknown)}; its keys"
            f" are {', '.join(sorted(_CONFIG_KEYS))}"
        )
    for key in ("computed_fields", "metadata"):
        value = returned.get(key)
        if value is not None and not is_mapping(value):
            raise PromptError(
                f"{key!r} of the dynamic configuration takes a dictionary, got {value!r}"
            )
    return {key: _copied(value) for key, value in returned.items()}


def _copied(value: Any) -> Any:
    # Configuration is plain containers; what they hold (clients, tools, responses) stays itself.
    if is_mapping(value):
        return {**value}
    return [*value] if is_list(value) else value
