"""Records: frozen values whose fields are the annotations of their class."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable

import pytest

from mirascope.core.base._record import Record


def double(value: int) -> int:
    """A default that is a function."""
    return 2 * value


class Point(Record):
    """A record."""

    x: int
    y: int = 7
    change: Callable[[int], int] = double


def test_fields_by_name_and_in_order():
    """Fields are given by name or in their order; what is left out has its default."""
    for point in (Point(1), Point(x=1), Point(1, y=7), Point(1, 7, double)):
        assert (1, 7, 14) == (point.x, point.y, point.change(7))


@pytest.mark.parametrize(
    ("values", "fields", "odd"),
    [
        ((), {}, "x"),
        ((), {"y": 1}, "x"),
        ((1,), {"z": 1}, "z"),
        ((1, 2, double, 4), {}, "too many"),
        ((1,), {"x": 1}, "x"),
    ],
)
def test_fields_that_do_not_fit(values, fields, odd):
    """What is missing, unknown, too much or given twice is named."""
    with pytest.raises(TypeError, match=f"Point: .*{odd}"):
        Point(*values, **fields)


def test_frozen():
    """A record does not change."""
    point = Point(1)

    with pytest.raises(AttributeError, match="frozen: x"):
        point.x = 2
    with pytest.raises(AttributeError, match="frozen: x"):
        del point.x
    assert 1 == point.x


def test_replaced():
    """A changed record is another one."""
    point = Point(1)
    other = point.replaced(y=2)

    assert (1, 2) == (other.x, other.y)
    assert (1, 7) == (point.x, point.y)
    with pytest.raises(TypeError, match="z"):
        point.replaced(z=1)


def test_what_it_holds_is_not_shown():
    """The text of a record says nothing of its fields, which may be credentials."""
    assert "secret" not in repr(Point(1, change="secret"))
    assert Point(1) != Point(1)


def test_copies():
    """Records survive pickling and copying."""
    for again in (
        pickle.loads(pickle.dumps(Point(1))),
        copy.deepcopy(Point(1)),
        copy.copy(Point(1)),
    ):
        assert (1, 7) == (again.x, again.y)
