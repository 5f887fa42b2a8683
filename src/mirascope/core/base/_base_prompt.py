"""`BasePrompt`: a prompt as a pydantic class; its fields and properties are the variables."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from functools import lru_cache
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeVar

from pydantic import BaseModel

from ..errors import PromptError
from ._narrow import is_mapping
from ._prompt import CALL_ATTRIBUTE, Prompt, RenderedPrompt
from ._prompt_function import constant_function, prompt_function
from ._signature import inspect_function
from ._template import Template, compile_template
from .message_param import BaseMessageParam, TextPart

__all__ = ["BasePrompt"]

if TYPE_CHECKING:
    from ._decorator import CallDecorator

_R = TypeVar("_R")
_AsyncPrompt: TypeAlias = Callable[[], Coroutine[Any, Any, None]]
_compiled = lru_cache(maxsize=512)(compile_template)


class BasePrompt(BaseModel):
    """A prompt whose variables are the fields, computed fields and properties of a class.

    ::

        @prompt_template("Recommend a {genre} book")
        class Recommendation(BasePrompt):
            genre: str

        stream = Recommendation(genre="fantasy").run(openai.call("gpt-4o-mini", stream=True))

    Attributes:
        prompt_template: The template, set by the decorator of that name or in the class body.
        prompt_metadata: Metadata of every call, set by the `metadata` decorator.
    """

    prompt_template: ClassVar[str] = ""
    prompt_metadata: ClassVar[Mapping[str, Any] | None] = None

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Check the template as soon as the class is there.

        Raises:
            PromptError: The template is malformed or names what the class does not have.
        """
        super().__pydantic_init_subclass__(**kwargs)
        cls.check_template(cls.prompt_template)

    @classmethod
    def check_template(cls, text: str) -> None:
        """Check that a template is well formed and names only what the class has.

        Names are left alone where a value may still come from elsewhere: from `dynamic_config`, or
        from fields that the class allows without declaring them.

        Args:
            text: The template; empty for none.

        Raises:
            PromptError: It is not, or does not.
        """
        template = _compiled(text)
        overridden = cls.dynamic_config is not BasePrompt.dynamic_config
        if overridden or cls.model_config.get("extra") == "allow":
            return
        names = cls._variable_names()
        if unknown := template.variables - names:
            raise PromptError(
                f"{cls.__name__}: the template names {', '.join(sorted(unknown))}, but the class"
                f" has {', '.join(sorted(names - {'self'})) or 'no fields'}"
            )

    def dynamic_config(self) -> Mapping[str, Any] | None:
        """A dynamic configuration for the calls of this prompt: a hook to override.

        Returns:
            The same keys a prompt function may return, or `None`.
        """
        return None

    def message_params(self) -> list[Any]:
        """The messages.

        Raises:
            PromptError: There is no template, or a value does not fit it.
        """
        return self._rendered().messages

    def __str__(self) -> str:
        messages = self.message_params()
        only = messages[0] if len(messages) == 1 else None
        if isinstance(only, BaseMessageParam) and only.role == "user":
            return _content_text(only.content)
        return "\n\n".join(map(_message_text, messages))

    def dump(self) -> dict[str, Any]:
        """The prompt as plain data.

        Returns:
            `metadata`, `prompt` (the rendered text), `template` (`None` without one) and `inputs`
            (the fields).
        """
        return {
            "metadata": self._rendered().metadata or {},
            "prompt": str(self),
            "template": self.prompt_template or None,
            "inputs": self.model_dump(),
        }

    def run(
        self,
        decorator: CallDecorator[object, _R, object]
        | Callable[[Callable[[], None]], Callable[[], _R]],
        /,
        *more: Callable[[Callable[[], _R]], Callable[[], _R]],
    ) -> _R:
        """Call a model with this prompt.

        Args:
            decorator: A call decorator: `openai.call("gpt-4o-mini", stream=True)`.
            *more: Further decorators, each around what those before it made.

        Returns:
            What the decorated function gives: a response, a stream, ...
        """
        result: _R = self._run(decorator, more, is_async=False)
        return result

    def run_async(
        self,
        decorator: CallDecorator[object, object, _R] | Callable[[_AsyncPrompt], Callable[[], _R]],
        /,
        *more: Callable[[Callable[[], _R]], Callable[[], _R]],
    ) -> _R:
        """Call a model with this prompt, asynchronously.

        Args:
            decorator: A call decorator: `openai.call("gpt-4o-mini", stream=True)`.
            *more: Further decorators, each around what those before it made.

        Returns:
            What the decorated `async def` gives: an awaitable, or an asynchronous stream.
        """
        result: _R = self._run(decorator, more, is_async=True)
        return result

    def _run(
        self,
        decorator: Any,
        more: tuple[Callable[[Any], Any], ...],
        *,
        is_async: bool,
    ) -> Any:
        if hasattr(decorator, CALL_ATTRIBUTE):
            raise TypeError(
                'A prompt is run with a call decorator, as in `prompt.run(openai.call("a-model"))`;'
                f" {decorator.__qualname__}() is a call of a prompt of its own."
            )
        function = decorator(prompt_function(self._prompt(is_async=is_async)))
        for further in more:
            function = further(function)
        return function()

    def _prompt(self, *, is_async: bool = False) -> Prompt:
        fn = constant_function(type(self).__name__, self._config, is_async=is_async)
        return Prompt(
            fn=fn,
            signature=inspect_function(fn),
            template=self._template(),
            metadata=self.prompt_metadata,
            renders=True,
        )

    def _rendered(self) -> RenderedPrompt:
        return self._prompt().rendered({}, self._config())

    def _config(self) -> dict[str, Any]:
        config = dict(self.dynamic_config() or {})
        template = self._template()
        needed = template.variables if template else frozenset[str]()
        computed: Mapping[str, Any] = config.get("computed_fields") or {}
        names = (self._variable_names() | (self.model_extra or {}).keys()) - computed.keys()
        values = {name: self if name == "self" else getattr(self, name) for name in needed & names}
        return {**config, "computed_fields": {**values, **computed}}

    @classmethod
    def _template(cls) -> Template | None:
        return _compiled(cls.prompt_template) if cls.prompt_template else None

    @classmethod
    def _variable_names(cls) -> frozenset[str]:
        names = {"self", *cls.model_fields}
        for owner in cls.__mro__:
            if owner not in BasePrompt.__mro__:
                names.update(name for name, value in vars(owner).items() if _is_value(name, value))
        return frozenset(names)


def _is_value(name: str, value: Any) -> bool:
    is_method = isinstance(value, (FunctionType, classmethod, staticmethod))
    # What every prompt has (`model_config`, `prompt_template`, ...) is about the class.
    return not (name.startswith("_") or is_method or hasattr(BasePrompt, name))


def _message_text(message: Any) -> str:
    if isinstance(message, BaseMessageParam):
        return f"{message.role.upper()}: {_content_text(message.content)}"
    if is_mapping(message):
        return f"{str(message.get('role', 'message')).upper()}: {message.get('content', '')}"
    return str(message)


def _content_text(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(
        part.text if isinstance(part, TextPart) else f"[{part.type}]" for part in content
    )
