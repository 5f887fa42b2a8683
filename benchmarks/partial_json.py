"""What partial values cost: a JSON document in 8-character deltas, with a look after each.

    python -m benchmarks.partial_json [records|essay ...]

CPU seconds for the whole document, best of three: `reader` tells nobody, `live` grows one typed
object, `snapshots` makes a new one for every delta that changed something, `items` validates each
record when it is complete. `per kB` is the cost of `live` per kilobyte; if it stays the same, the
cost is linear. `once` is pydantic's validation of the whole text, for comparison.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from mirascope.core.base._json import JsonReader
from mirascope.core.base._partial import PartialTree
from mirascope.core.base._partial_plan import HIDDEN
from mirascope.core.base._partial_types import PlanReader
from mirascope.core.base._response_type import ResponseType

from .contenders.documents import Document, Record, document

SIZES = (2_000, 20_000, 200_000, 1_000_000)
DELTA = 8


def reader(deltas: list[str]) -> None:
    """Find the object and its values, and keep none of them."""
    reading = JsonReader(PartialTree(HIDDEN))
    for delta in deltas:
        reading.feed(delta)


def typed(deltas: list[str], look: Callable[[PartialTree], Document]) -> PartialTree:
    """Build the partial document, and look at it whenever it has changed."""
    tree = PartialTree(PlanReader().read(Document))
    reading = JsonReader(tree)
    for delta in deltas:
        reading.feed(delta)
        if tree.changed:
            tree.changed = False
            partial = look(tree)
            _ = (partial.title, partial.records and partial.records[-1].name)
    return tree


def items(text: str) -> None:
    """Validate the records of a list one by one."""
    wrapped = f'{{"value": {json.dumps(json.loads(text)["records"], ensure_ascii=False)}}}'
    tree = ResponseType(list[Record]).items()
    reading = JsonReader(tree)
    for at in range(0, len(wrapped), DELTA):
        reading.feed(wrapped[at : at + DELTA])


def seconds(run: Callable[[], Any]) -> float:
    """CPU seconds of the best of three runs."""
    best = float("inf")
    for _ in range(3):
        gc.collect()
        began = time.process_time()
        run()
        best = min(best, time.process_time() - began)
    return best


def row(text: str) -> list[float]:
    """The times of one document."""
    deltas = [text[at : at + DELTA] for at in range(0, len(text), DELTA)]
    tree = typed(deltas, lambda tree: tree.live)
    assert tree.live.model_dump() == Document.model_validate_json(text).model_dump()
    return [
        seconds(lambda: reader(deltas)),
        seconds(lambda: typed(deltas, lambda tree: tree.live)),
        seconds(lambda: typed(deltas, lambda tree: tree.snapshot())),
        seconds(lambda: items(text)),
        seconds(lambda: Document.model_validate_json(text)),
    ]


def measure(kind: str) -> None:
    """Print the table of one kind of document."""
    names = ("reader", "live", "snapshots", "items", "once")
    print(f"{kind}\n{'characters':>10}", *(f"{name:>10}" for name in names), "  live per kB")
    for size in SIZES:
        text = document(kind, size)
        times = row(text)
        shown = (f"{each:>10.4f}" for each in times)
        print(f"{len(text):>10,}", *shown, f"{times[1] / len(text) * 1e9:>9.0f} us")


if __name__ == "__main__":
    for each in sys.argv[1:] or ("records", "essay"):
        measure(each)
