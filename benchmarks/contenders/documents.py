"""The structured answer that is streamed: its model, and documents of any size."""

from __future__ import annotations

import json
import random
from typing import Any

from pydantic import BaseModel

__all__ = ["Document", "Record", "document", "looked", "seen"]

_WORDS = ("alpha", "beta", "gamma", "délta", "the", "of", '"so"', "line\n")


class Record(BaseModel):
    """One entry of a document."""

    name: str
    description: str
    price: float
    quantity: int
    added: str
    tags: list[str]


class Document(BaseModel):
    """What the model answers with."""

    title: str
    body: str
    records: list[Record]


def document(kind: str, size: int) -> str:
    """Give a document of about a size: of many `records`, or an `essay` of one long text."""
    dice = random.Random(2)

    def words(count: int) -> str:
        return " ".join(dice.choice(_WORDS) for _ in range(count))

    body = words(size // 6 if kind == "essay" else 10)
    records: list[dict[str, Any]] = []
    while kind == "records" and len(records) * 255 < size:
        record = {"name": words(3), "description": words(18), "price": dice.random() * 100}
        record |= {"quantity": dice.randint(1, 9), "added": f"2026-01-{dice.randint(10, 28)}"}
        records.append({**record, "tags": [words(1) for _ in range(3)]})
    return json.dumps({"title": words(4), "body": body, "records": records}, ensure_ascii=False)


def looked(partials: Any) -> list[int]:
    """Look at all partial documents; gives how many there were, and the records of the last."""
    count = records = 0
    for partial in partials:
        count += 1
        records = seen(partial)
    return [count, records]


def seen(partial: Any) -> int:
    """Look at a partial document, as data or as an object; gives how many records it has."""
    if isinstance(partial, dict):
        title, records = partial.get("title"), partial.get("records")
    else:
        title, records = partial.title, partial.records
    return len(records) if title and records else 0
