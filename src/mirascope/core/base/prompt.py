"""`prompt_template`: gives a prompt function or a `BasePrompt` class its template."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, overload

from pydantic import BaseModel
from typing_extensions import ParamSpec, TypeVar

from ..errors import PromptError
from ._prompt import Prompt, RenderedPrompt
from ._prompt_function import decorated_prompt, prompt_function

if TYPE_CHECKING:
    from ._base_prompt import BasePrompt
    from ._template import Template
    from .message_param import BaseMessageParam
    from .stream import BaseStream

__all__ = [
    "Prompt",
    "PromptDecorator",
    "PromptReturn",
    "RenderedPrompt",
    "prompt_template",
]

P = ParamSpec("P")
BasePromptT = TypeVar("BasePromptT", bound="BasePrompt")

PromptReturn: TypeAlias = (
    "str | Sequence[Any] | Mapping[str, object] | BaseModel | BaseStream[Any, Any, Any] | None"
)
"""What a `def` with a prompt may return, or be annotated with.

Nothing, the prompt, a dynamic configuration, or, with a body of `...`, what the call gives.
"""

# Solved to the coroutine of an `async def`, else left to its default; the default is what makes a
# function without a return annotation exact in every type checker.
PromptT = TypeVar(
    "PromptT", bound="list[BaseMessageParam] | Awaitable[Any]", default="list[BaseMessageParam]"
)


class PromptDecorator:
    """Puts a template on a prompt function or on a `BasePrompt` class.

    Attributes:
        template: The template's text; `None` if the function's return value is the prompt.
    """

    __slots__ = ("_compiled", "template")

    def __init__(self, template: str | None) -> None:
        self.template: str | None = template
        self._compiled: Template | None = None
        if template is not None:
            from ._template import compile_template

            self._compiled = compile_template(template)

    @overload
    def __call__(  # type: ignore[overload-overlap]  # pyright: ignore[reportOverlappingOverload]  # a class is callable too
        self, prompt: type[BasePromptT], /
    ) -> type[BasePromptT]: ...
    @overload
    def __call__(self, prompt: Callable[P, PromptReturn | PromptT], /) -> Callable[P, PromptT]: ...
    def __call__(self, prompt: Any, /) -> Any:
        """Decorate `prompt`.

        Returns:
            The class itself, or a function that gives the messages (a coroutine of them if it is
            an `async def`) and that a call decorator takes.

        Raises:
            PromptError: The template names what is not there, the function has a template already,
                or it is a call of a model.
            TypeError: `prompt` is neither a function nor a `BasePrompt` class.
        """
        if isinstance(prompt, type):
            return self._on_class(prompt)
        below = decorated_prompt(prompt, "prompt_template")
        if below.renders:
            raise PromptError(f"{below.signature.name}() has a prompt template already")
        return prompt_function(below.replaced(template=self._compiled, renders=True))

    def _on_class(self, prompt: type[Any]) -> type[Any]:
        from ._base_prompt import BasePrompt

        if not issubclass(prompt, BasePrompt):
            raise TypeError(f"@prompt_template takes a BasePrompt class, got {prompt.__name__}")
        text = prompt.prompt_template if self.template is None else self.template
        prompt.check_template(text)
        prompt.prompt_template = text
        return prompt


def prompt_template(template: str | None = None) -> PromptDecorator:
    """Attach a prompt template to a function or a `BasePrompt` class.

    At the start of a line, `SYSTEM:`, `USER:` and `ASSISTANT:` open a message, and
    `MESSAGES: {name}` splices a list of messages in.  `{name}`, `{name.attribute}` and
    `{name[key]}` stand for values, with the conversions and format specifications of `str.format`.
    Further specifications are `list`, `lists`, `text`, `part`, `image`, `audio`, `document` and
    their plurals.  Literal braces are doubled.

    Args:
        template: The template.  Without one, the function's return value is the prompt.

    Raises:
        PromptError: The template is malformed.
        TypeError: The decorator was written without parentheses.
    """
    if template is not None and not isinstance(template, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # `@prompt_template` without parentheses
        raise TypeError(
            f"prompt_template takes the template's text, got {type(template).__name__};"
            ' write @prompt_template("...") above the function'
        )
    return PromptDecorator(template)
