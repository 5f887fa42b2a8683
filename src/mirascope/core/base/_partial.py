"""The value a JSON text describes while it is still arriving: typed, growing, never wrong.

Strategy: the tree is told what the text holds by a `JsonReader` and builds each value where it
belongs, once. An object becomes an instance of its class's twin at its opening brace; a string
that may be shown grows in place; everything else is placed when it is complete and fits its type.
What cannot be shown yet (a date, a tuple, an object that may still be either of two classes) is
built aside, as plain data, and is placed when its type is known or its end is reached.

Rules: a value is absent rather than wrong. Nothing is validated twice, and nothing before it is
complete. A snapshot copies the open containers only, which is the way to the place that grows,
and shares everything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ._absent import ABSENT
from ._json_data import tell_fields
from ._partial_plan import HIDDEN, UNTYPED, Fields, Plan
from ._partial_twin import Growing

__all__ = ["PartialTree"]


class _Open:
    """A container that is not complete.

    Attributes:
        growing: The container, and where it keeps what it holds.
        storage: The same as `growing.storage`.
        fields: How to build what it holds; `None` for a list or a dictionary.
        item: How to build each value of a list or a dictionary.
        choices: The classes this object may be of, while there are several.
        hides: Whether it is built aside, and everything in it.
        target: Where it belongs: the dictionary or list.
        slot: Its name there; `None` at the end of a list.
        plan: How it is built.
    """

    __slots__ = (
        "choices",
        "fields",
        "growing",
        "hides",
        "item",
        "plan",
        "slot",
        "storage",
        "target",
    )

    def __init__(
        self, growing: Growing, *, fields: Fields | None = None, item: Plan = UNTYPED
    ) -> None:
        self.growing = growing
        self.storage: Any = growing.storage
        self.fields = fields
        self.item = item
        self.choices: tuple[Fields, ...] = ()
        self.hides = False
        self.target: Any = None
        self.slot: str | None = None
        self.plan = UNTYPED

    def copied(self) -> Growing:
        """A copy of the container, with the same things in it."""
        if self.fields is None:
            copied = self.storage.copy()
            return Growing(copied, copied)
        growing = self.growing
        copy = self.fields.blank(growing.value)
        copy.storage.update(self.storage)
        if copy.present is not None:
            copy.present.update(growing.present or ())
        if copy.extra is not None:
            copy.extra.update(growing.extra or {})
        return copy


class PartialTree:
    """Builds the partial value of one text.

    Args:
        plan: How to build the text's object.
        preset: Fields of that object which do not come from the text.
    """

    __slots__ = (
        "_at",
        "_pieces",
        "_plan",
        "_preset",
        "_root",
        "_root_plan",
        "_shown",
        "_slot",
        "_stack",
        "_target",
        "changed",
    )

    def __init__(self, plan: Plan, preset: Mapping[str, Any] | None = None) -> None:
        self._root_plan = plan
        self._preset = preset
        self.changed: bool = False
        """Whether anything that is shown has changed; set back by whoever has looked."""
        self.restart()

    def restart(self) -> None:
        """Begin anew: what was told so far was no JSON."""
        self._root: list[Any] = []
        self._stack: list[_Open] = []
        self._shown = True
        self._target: Any = self._root
        self._slot: str | None = None
        self._at: Any = -1
        self._plan = self._root_plan
        self._pieces: list[str] | None = None

    @property
    def live(self) -> Any:
        """The value itself, which goes on growing; `ABSENT` while there is none."""
        return self._root[0] if self._root else ABSENT

    def snapshot(self) -> Any:
        """The value as it is now, in an object of its own; `ABSENT` while there is none."""
        root, above, above_copy = self.live, None, None
        for opened in self._stack:
            if opened.hides:
                break
            copy = opened.copied()
            if above is None or above_copy is None:
                root = copy.value
            else:
                is_extra = opened.target is above.growing.extra
                target: Any = above_copy.extra if is_extra else above_copy.storage
                target[-1 if opened.slot is None else opened.slot] = copy.value
            above, above_copy = opened, copy
        return root

    # What the reader tells.

    def begin(self, *, is_object: bool) -> None:
        """A container begins."""
        opened = self._opened(is_object=is_object)
        opened.target, opened.slot, opened.plan = self._target, self._slot, self._plan
        if opened.hides:
            self._shown = False
        else:
            self._place(opened.growing.value)
        self._stack.append(opened)
        self._target, self._slot, self._plan = opened.storage, None, opened.item

    def _opened(self, *, is_object: bool) -> _Open:
        plan = self._plan
        if is_object and len(plan.objects) == 1:
            fields = plan.objects[0]
            growing = fields.blank(None)
            if self._preset and not self._stack:
                growing.storage.update(self._preset)
                if growing.present is not None:
                    growing.present.update(self._preset)
            return _Open(growing, fields=fields)
        item = plan.values if is_object else plan.items
        values: Any = {} if is_object else []
        opened = _Open(Growing(values, values), item=item or UNTYPED)
        if item is None:
            opened.hides = True
            opened.choices = plan.objects if is_object else ()
        return opened

    def end(self) -> None:
        """The innermost container is complete."""
        ended = self._stack.pop()
        self._target, self._slot, self._plan = ended.target, ended.slot, ended.plan
        if ended.hides:
            self._shown = True
            self._place_complete(ended.storage)

    def key(self, name: str) -> None:
        """The next value stands under this name."""
        top = self._stack[-1]
        if top.choices:
            self._narrow(top, [each for each in top.choices if name in each.names])
            top = self._stack[-1]
        fields = top.fields
        if fields is None:
            self._slot = name
            return
        field = fields.names.get(name)
        if field is not None:
            self._target, self._slot, self._plan = top.storage, field[0], field[1]
        elif top.growing.extra is not None:
            self._target, self._slot, self._plan = top.growing.extra, name, UNTYPED
        else:
            self._slot, self._plan = name, HIDDEN

    def begin_text(self) -> None:
        """A string begins."""
        if not self._plan.grows:
            self._pieces = []
            return
        self._at = -1 if self._slot is None else self._slot
        self._place("")

    def grow(self, piece: str) -> None:
        """The string goes on."""
        pieces = self._pieces
        if pieces is not None:
            pieces.append(piece)
            return
        target, at = self._target, self._at
        text = target[at]
        # Nobody else may hold the string while it grows, or it would be copied each time.
        target[at] = None
        text += piece
        target[at] = text
        if self._shown:
            self.changed = True

    def end_text(self) -> None:
        """The string is complete."""
        pieces = self._pieces
        if pieces is not None:
            self._pieces = None
            self._place_complete("".join(pieces))
        elif self._stack[-1].choices:
            self._narrow_by_value(self._target[self._at])

    def scalar(self, value: Any) -> None:
        """A number, a truth value or null."""
        self._place_complete(value)
        if self._stack[-1].choices:
            self._narrow_by_value(value)

    # Where values go.

    def _place_complete(self, value: Any) -> None:
        fit = self._plan.fit
        shown = value if fit is None else fit(value)
        if shown is not ABSENT:
            self._place(shown)

    def _place(self, value: Any) -> None:
        slot = self._slot
        if slot is None:
            self._target.append(value)
        else:
            self._target[slot] = value
            top = self._stack[-1]
            present = top.growing.present
            if present is not None and self._target is top.storage:
                present.add(slot)
        if self._shown:
            self.changed = True

    # Which class an object is of.

    def _narrow_by_value(self, value: Any) -> None:
        top, name = self._stack[-1], self._slot
        self._narrow(top, [each for each in top.choices if each.may_have(name, value)])

    def _narrow(self, top: _Open, left: Sequence[Fields]) -> None:
        """Keep the classes that are left; what none of them explains rules none of them out."""
        top.choices = tuple(left) or top.choices
        first, *others = top.choices
        if others:
            return
        self._stack.pop()
        self._target, self._slot = top.target, top.slot
        self._plan = Plan(objects=(first,))
        self._shown = True
        self.begin(is_object=True)
        self._stack[-1].plan = top.plan
        tell_fields(self, top.storage)
