"""A response model: what the model is asked for, and how its answer becomes a value.

Rules: the answer is a call of a tool made for it, or JSON in the text; a model that was to call
the tool and wrote JSON instead is understood as well. The whole answer is validated by pydantic
from its JSON. What does not fit is a `ValidationError` with the response on its `_response`, so
that the model can be shown what it said and asked again.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from typing import Any, cast, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, create_model
from pydantic.errors import PydanticUserError
from pydantic.fields import FieldInfo
from pydantic_core import from_json, to_json

from ._absent import ABSENT
from ._answer import answer_text, arguments_text, carry, json_in, missing_answer
from ._partial import PartialTree
from ._partial_plan import Plan
from ._partial_types import PlanReader
from ._response_schema import (
    VALUE,
    documentation_of,
    field_hints,
    is_from_call,
    is_object_type,
    name_of,
    nested_from_call,
    schema_of,
)
from ._tool_build import object_in, validate_json
from ._tool_schema import keep_schema
from ._type_fields import wire_name
from .tool import BaseTool, Origin, offered_name, tool_name

__all__ = ["ResponseType"]


class ResponseType:
    """A type that a model's answer is to be of.

    Args:
        annotation: The type.

    Attributes:
        annotation: The type.
        name: What the answer is called.
        description: What the model is told about it.
        strict: Whether the provider is to keep to the schema exactly; `None` if nobody says.
        from_call: The fields that are arguments of the call, with their names on the wire.

    Raises:
        TypeError: The type has no JSON schema, or a field within one of its fields is to be filled
            from the call.
    """

    __slots__ = (
        "_adapter",
        "_is_wrapped",
        "_plan",
        "_schema",
        "_tools",
        "annotation",
        "description",
        "from_call",
        "name",
        "strict",
    )

    def __init__(self, annotation: Any) -> None:
        self.annotation: Any = annotation
        self.name: str = name_of(annotation)
        self.from_call: dict[str, str] = _from_call(annotation)
        self.strict: bool | None = _strict(annotation)
        self._is_wrapped = not is_object_type(annotation)
        self._adapter = _adapter_of(annotation, self.name if self._is_wrapped else None)
        documentation = documentation_of(annotation)
        self.description: str = documentation.description
        without = frozenset(self.from_call.values())
        self._schema = to_json(schema_of(self._adapter, documentation, without))
        self._plan: Plan | None = None
        self._tools: dict[type[BaseTool], type[BaseTool]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return ResponseType, (self.annotation,)

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema; the caller owns it."""
        return cast("dict[str, Any]", from_json(self._schema))

    def tool(self, base: type[BaseTool]) -> type[BaseTool]:
        """The tool that the model calls with the answer.

        Args:
            base: The provider's tool class.
        """
        made = self._tools.get(base)
        if made is None:
            made = self._tools[base] = self._make_tool(base)
        return made

    def _make_tool(self, base: type[BaseTool]) -> type[BaseTool]:
        namespace: dict[str, Any] = {
            "__module__": __name__,
            "__doc__": self.description,
            # The arguments are validated as the answer, not as a tool's.
            "model_config": ConfigDict(extra="allow"),
            "__tool_origin__": Origin(self, base),
        }
        if self.strict:
            namespace["tool_config"] = {**base.tool_config, "strict": True}
        made = types.new_class(self.name, (base,), exec_body=lambda n: n.update(namespace))
        keep_schema(made, self.schema)
        return made

    # The value while it is arriving.

    def growing(self, arguments: Mapping[str, Any]) -> PartialTree:
        """A new partial value.

        Args:
            arguments: The call's arguments.
        """
        preset = {name: arguments[name] for name in self.from_call if name in arguments}
        return PartialTree(self.plan, preset)

    @property
    def plan(self) -> Plan:
        """How its partial values are built; made when it is first asked for."""
        if self._plan is None:
            plans = PlanReader(is_from_call)
            plan = plans.read(self.annotation)
            if self._is_wrapped:
                wrapper = Plan()
                wrapper.values = plan
                plan = wrapper
            self._plan = plan
        return self._plan

    def partial(self, tree: PartialTree, *, live: bool) -> Any:
        """The partial value as it is now; `ABSENT` while there is none.

        Args:
            tree: What `growing` gave.
            live: Whether the value goes on growing, instead of being an object of its own.
        """
        value: Any = tree.live if live else tree.snapshot()
        return value.get(VALUE, ABSENT) if self._is_wrapped and value is not ABSENT else value

    def items(self) -> PartialTree:
        """A new list of which each item is there, validated, when it is complete.

        Raises:
            TypeError: The type is no list.
        """
        source, args = get_origin(self.annotation) or self.annotation, get_args(self.annotation)
        if source is not list:
            raise TypeError(
                f"Only a list has items, and the response model is {self.annotation!r}: make it "
                "a `list[...]`."
            )
        adapter: TypeAdapter[Any] = TypeAdapter(args[0] if args else Any)

        def fit(item: Any) -> Any:
            return validate_json(adapter.validate_json, to_json(item))

        plan = Plan()
        plan.values = Plan()
        plan.values.items = Plan(fit=fit)
        return PartialTree(plan)

    # The value of a complete answer.

    def value(self, response: Any) -> Any:
        """The value of an answer; `ABSENT` if the model called a tool of the user's instead.

        Args:
            response: The call response.

        Raises:
            ValidationError: The answer does not fit the type; `_response` is the response.
        """
        tools: list[BaseTool] = response.tools or []
        answers = [tool for tool in tools if tool_name(tool) == self.name]
        others = [each for each in response.tool_types or () if offered_name(each) != self.name]
        if tools and others and not answers:
            return ABSENT
        try:
            text = arguments_text(answers[0]) if answers else json_in(answer_text(response))
            if text is None:
                raise missing_answer(self.name, response)
            value = validate_json(self._validator(response.fn_args), text)
        except ValidationError as error:
            carry(error, response)
            if response.common_finish_reasons == ["length"]:
                error.add_note("The answer was cut off: it reached the limit on output tokens.")
            raise
        value = value.value if self._is_wrapped else value
        if isinstance(value, BaseModel) or (is_dataclass(value) and hasattr(value, "__dict__")):
            carry(value, response)
        return value

    def _validator(self, arguments: Mapping[str, Any]) -> Callable[[str | bytes], Any]:
        adapter = self._adapter
        filled = {wire: arguments[name] for name, wire in self.from_call.items()}
        if not filled:
            return adapter.validate_json

        def validate(text: str | bytes) -> Any:
            data = object_in(text)
            # Text that is no object is for pydantic to complain about.
            if data is None:
                return adapter.validate_json(text)
            return adapter.validate_python({**data, **filled})

        return validate


def _adapter_of(annotation: Any, wrapper: str | None) -> TypeAdapter[Any]:
    field: dict[str, Any] = {VALUE: (annotation, ...)}
    try:
        return TypeAdapter(annotation if wrapper is None else create_model(wrapper, **field))
    except PydanticUserError as error:
        why = error.message
        if error.code == "schema-for-unknown-type":
            # pydantic's own words are for whoever writes the class.
            why = "make each class in it a pydantic model, a dataclass or a `TypedDict`."
        raise TypeError(f"{annotation!r} cannot be a response model: {why}") from error


def _from_call(annotation: Any) -> dict[str, str]:
    nested = nested_from_call(annotation)
    if nested is not None:
        raise TypeError(
            f"The field {nested!r} is marked with `FromCallArgs` within {annotation!r}, and only "
            "fields of the response model itself are filled from the call's arguments."
        )
    source = get_origin(annotation) or annotation
    infos: Mapping[str, FieldInfo] = getattr(source, "model_fields", {})
    hints = field_hints(annotation)
    return {
        name: wire_name(name, infos.get(name)) for name, hint in hints.items() if is_from_call(hint)
    }


def _strict(annotation: Any) -> bool | None:
    source = get_origin(annotation) or annotation
    config: Mapping[str, Any] = getattr(source, "model_config", {})
    return config.get("strict")
